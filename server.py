"""The door: HTTP outside, the record inside. No SPARQL and no triple is written here."""

from typing import Final

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from onrecord.errors import (
    BadParameter,
    BadQuery,
    Forbidden,
    LimitReached,
    NoGeneration,
    NotAcceptable,
    OnRecordError,
    StoreBusy,
    TooDeep,
    TooLarge,
    TooSlow,
    Unauthorised,
    UnknownQuestion,
    UnknownThing,
)
from onrecord.settings import Settings
from onrecord.tokens import Tokens
from onrecord.web import access, problems
from onrecord.web.operations import operate
from onrecord.web.replies import guarded
from onrecord.web.views import Views

STATUS: Final[dict[type[OnRecordError], int]] = {
    BadParameter: 400,
    BadQuery: 400,
    Unauthorised: 401,
    Forbidden: 403,
    UnknownQuestion: 404,
    UnknownThing: 404,
    NotAcceptable: 406,
    TooLarge: 413,
    TooDeep: 400,
    TooSlow: 504,
    LimitReached: 503,
    NoGeneration: 503,
    StoreBusy: 503,
}


def create_app(settings: Settings) -> Flask:
    """Build the application around the store of a data folder."""
    app = Flask("onrecord.web")
    app.config["MAX_CONTENT_LENGTH"] = settings.limits.body_bytes
    app.url_map.strict_slashes = False
    access.open_to(app, Tokens(settings.data))
    views = Views(settings)
    operate(app, settings, {"readers": views.pool}, views.cache)
    _answer(app, views)
    _refuse(app)

    @app.after_request
    def guard(response: Response) -> Response:
        return guarded(response, request)

    return app


def _answer(app: Flask, views: Views) -> None:
    @app.get("/")
    def index() -> Response:
        return views.index(request)

    @app.route("/sparql", methods=["GET", "POST"])
    def sparql() -> Response:
        return views.query(request)

    @app.get("/ask/")
    def questions() -> Response:
        return views.questions(request)

    @app.get("/ask/<name>")
    def ask(name: str) -> Response:
        return views.ask(request, name)

    @app.get("/explain")
    def explain() -> Response:
        return views.explain(request)

    @app.get("/health")
    def health() -> Response:
        return views.health()

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
