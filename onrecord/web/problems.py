"""Refusals that name what to change: problem+json (RFC 9457), or a page for a reader."""

import json
from http import HTTPStatus
from typing import Final

from flask import Request, Response
from werkzeug.exceptions import HTTPException

from onrecord.web.access import CHALLENGE
from onrecord.web.account import account
from onrecord.web.negotiation import Format
from onrecord.web.replies import page, prefers_page, reply

_PROBLEM: Final = Format("problem", "application/problem+json", ("application/json",))
_LATER: Final = {503: "5", 429: "5"}
# for what HTTP itself refuses without a reason of ours
_WORDS: Final = {
    400: "this is no request that can be answered; its host, its form or its address is broken",
    404: "nothing stands at this address; /api lists what there is to ask",
    405: "{method} is not taken here; the header Allow lists what is",
    413: "more was sent than may be sent at once; send less, or in parts",
}


def told(request: Request, status: int, detail: str) -> Response:
    """Return a refusal in the form that a client can read."""
    title = HTTPStatus(status).phrase
    if prefers_page(request, _PROBLEM):
        sparql = request.values.get("query", "") if request.path == "/sparql" else None
        text = page("problem.html", status=status, title=title, detail=detail, sparql=sparql)
        response = reply(text, "text/html; charset=utf-8")
    else:
        problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        body = json.dumps(problem, ensure_ascii=False)
        response = reply(body, _PROBLEM.media_type)
    response.status_code = status
    if status == 401:
        response.headers["WWW-Authenticate"] = CHALLENGE
    if status in _LATER:
        response.headers["Retry-After"] = _LATER[status]
    return response


def of_http(request: Request, error: HTTPException) -> Response:
    """Return what HTTP itself refuses: methods, sizes, media types; and our own faults."""
    if isinstance(error.response, Response):
        return error.response
    response = told(request, error.code or 500, _detail(request, error))
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _detail(request: Request, error: HTTPException) -> str:
    if (error.code or 500) >= 500:
        number = account(request).number
        return f"The server failed; its log says why, under {number}. Nothing was changed."
    if error.description == type(error).description and error.code in _WORDS:
        return _WORDS[error.code].format(method=request.method)
    return error.description or error.name
