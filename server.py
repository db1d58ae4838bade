"""The HTTP application: its routes, and its errors. No SPARQL, no triple is written here."""

from typing import Final

from flask import Flask, Response, redirect, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from onrecord.errors import (
    AuditFinding,
    BadInput,
    BadParameter,
    BadQuery,
    Forbidden,
    LimitReached,
    NoGeneration,
    NotAcceptable,
    OnRecordError,
    ShapeViolation,
    Stale,
    StoreBusy,
    StoreFull,
    TooDeep,
    TooLarge,
    TooSlow,
    Unauthorised,
    UnknownQuestion,
    UnknownThing,
    Unreachable,
)
from onrecord.settings import Settings
from onrecord.tokens import Tokens
from onrecord.web import access, openapi, problems
from onrecord.web.operations import operate
from onrecord.web.protocol import is_update, refuse_illegible
from onrecord.web.quick import quicken
from onrecord.web.replies import PLAIN, guarded, reply
from onrecord.web.views import Views
from onrecord.web.writes import Writes

STATUS: Final[dict[type[OnRecordError], int]] = {
    BadParameter: 400,
    BadInput: 400,
    BadQuery: 400,
    Unauthorised: 401,
    Forbidden: 403,
    UnknownQuestion: 404,
    UnknownThing: 404,
    NotAcceptable: 406,
    Stale: 412,
    TooLarge: 413,
    AuditFinding: 422,
    ShapeViolation: 422,
    TooDeep: 400,
    TooSlow: 504,
    LimitReached: 503,
    Unreachable: 502,
    NoGeneration: 503,
    StoreBusy: 503,
    StoreFull: 507,
}
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
READERS: Final = "onrecord.readers"  # where the application keeps its pool


def create_app(settings: Settings) -> Flask:
    """Build the application around the store of a data folder."""
    app = Flask("onrecord.web")
    app.config["MAX_CONTENT_LENGTH"] = settings.limits.body_bytes
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.limits.body_bytes  # queries have their own
    app.config[PLAIN] = settings.is_plain
    app.url_map.strict_slashes = False
    access.open_to(app, Tokens(settings.data))
    views, writes = Views(settings), Writes(settings)
    app.extensions[READERS] = views.pool
    if not settings.rate:  # only Flask counts how often a client asks
        quicken(app, views)
    operate(app, settings, {"readers": views.pool, "writers": writes.pool}, views.cache)
    _protocols(app, settings, views, writes)
    if settings.is_plain:
        app.add_url_rule("/", view_func=lambda: redirect("/sparql"))
    else:
        _answer(app, views)
    _refuse(app)

    @app.before_request
    def read() -> None:
        refuse_illegible(request)

    @app.after_request
    def guard(response: Response) -> Response:
        return guarded(response, request)

    return app


def _protocols(app: Flask, settings: Settings, views: Views, writes: Writes) -> None:
    @app.route("/sparql", methods=["GET", "POST"])
    def sparql() -> Response:
        return writes.update(request) if is_update(request) else views.query(request)

    @app.route("/update", methods=METHODS, provide_automatic_options=False)
    def update() -> Response:
        if request.method == "POST":
            return writes.update(request)
        if request.method == "OPTIONS":
            return Response(headers={"Allow": "OPTIONS, POST"})
        raise MethodNotAllowed(["OPTIONS", "POST"], description="an update is sent by POST")

    @app.get("/graphs", defaults={"path": ""})
    @app.get("/graphs/<path:path>")
    def graph(path: str) -> Response:
        return views.graph(request, path)

    @app.route("/graphs", defaults={"path": ""}, methods=["PUT", "POST", "DELETE"])
    @app.route("/graphs/<path:path>", methods=["PUT", "POST", "DELETE"])
    def changed_graph(path: str) -> Response:
        return writes.graph(request, path)

    @app.get("/openapi.json")
    def description() -> Response:
        return reply(openapi.described(settings.is_plain), "application/json")

    @app.get("/api")
    def api() -> Response:
        response = reply(openapi.page(settings.is_plain), "text/html; charset=utf-8")
        response.headers["Content-Security-Policy"] = openapi.POLICY
        return response

    @app.get("/health")
    def health() -> Response:
        return views.health()


def _answer(app: Flask, views: Views) -> None:
    @app.get("/")
    def index() -> Response:
        return views.index(request)

    @app.get("/ask/")
    def questions() -> Response:
        return views.questions(request)

    @app.get("/ask/<name>")
    def ask(name: str) -> Response:
        return views.ask(request, name)

    @app.get("/explain")
    def explain() -> Response:
        return views.explain(request)

    @app.get("/<path:path>")
    def dereference(path: str) -> Response:
        return views.dereference(request, path)


def _refuse(app: Flask) -> None:
    @app.errorhandler(OnRecordError)
    def refused(error: OnRecordError) -> Response:
        return problems.told(request, _status(error), str(error))

    @app.errorhandler(HTTPException)
    def misfit(error: HTTPException) -> Response:
        return problems.of_http(request, error)


def _status(error: OnRecordError) -> int:
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)
