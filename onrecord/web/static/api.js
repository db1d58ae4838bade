"use strict";
// Swagger UI is dark by a class, as pages are by what their reader prefers.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const paint = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", paint);
paint();

// The list of operations stands in the page; where the files of Swagger UI are there, they show it.
window.addEventListener("load", () => {
  if (window.SwaggerUIBundle) {
    document.getElementById("operations").hidden = true;
    window.SwaggerUIBundle({ url: "/openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null });
  }
});
