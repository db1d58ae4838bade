"""The description of the endpoint for programs: OpenAPI 3.1, with every stored question."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import yaml

import queries
from onrecord import __version__
from onrecord.web import vendor
from onrecord.web.rendering import render
from queries import Parameter, Question
from queries.stored import TRUST

# the one page with scripts; Swagger UI draws icons from data: addresses
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_OF_A_RECORD: Final = ("/ask/", "/explain")
_FILE: Final = Path(__file__).parent / "openapi.yaml"


@cache
def described(is_plain: bool) -> str:
    """Return the description as JSON; a plain store has no questions, and traces nothing."""
    document = cast(dict[str, Any], yaml.safe_load(_FILE.read_text(encoding="utf-8")))
    document["info"]["version"] = __version__
    for path in _OF_A_RECORD if is_plain else ():
        del document["paths"][path]
    for question in () if is_plain else queries.catalogue().values():
        document["paths"][f"/ask/{question.name}"] = {"get": _operation(question)}
    return json.dumps(document, ensure_ascii=False, indent=1)


def page(is_plain: bool) -> str:
    """Return the page that lists the operations, and shows them where Swagger UI is there."""
    paths = cast(dict[str, dict[str, Any]], json.loads(described(is_plain))["paths"])
    rows = [
        (method.upper(), path, found["summary"])
        for path, item in paths.items()
        for method, found in item.items()
        if method != "parameters"
    ]
    is_vendored = vendor.has("swagger-ui-dist")
    return render("api.html", rows=rows, is_vendored=is_vendored, is_plain=is_plain)


def _operation(question: Question) -> dict[str, object]:
    return {
        "tags": ["ask"],
        "operationId": f"ask_{question.name}",
        "summary": question.summary,
        "description": question.shows,
        "parameters": list(_parameters(question)),
        "responses": {
            "200": {"$ref": "#/components/responses/answer"},
            "304": {"description": "The client has this answer already."},
            "default": {"$ref": "#/components/responses/problem"},
        },
    }


def _parameters(question: Question) -> Iterable[dict[str, object]]:
    for parameter in question.parameters:
        yield _parameter(parameter)
    if question.trust:
        yield {
            "name": "trust",
            "in": "query",
            "description": "Believe only plain triples of this status.",
            "schema": {"type": "string", "enum": list(TRUST), "default": question.trust},
        }


def _parameter(parameter: Parameter) -> dict[str, object]:
    found: dict[str, object] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.description,
        "schema": {"type": "string", "minLength": 1},
    }
    if parameter.example:
        found["example"] = str(parameter.example)
    return found
