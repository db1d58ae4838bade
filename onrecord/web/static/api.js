"use strict";
// The list of operations stands in the page; where the files of Swagger UI are there, they show it.
window.addEventListener("load", () => {
  if (window.SwaggerUIBundle) {
    document.getElementById("operations").hidden = true;
    window.SwaggerUIBundle({ url: "/openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null });
  }
});
