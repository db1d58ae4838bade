"""What runs around the views: accounts, log, metrics, the operator's pages."""

from collections.abc import Mapping

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.middleware.proxy_fix import ProxyFix

from onrecord.settings import Settings
from onrecord.store import GenerationStore
from onrecord.web import journal
from onrecord.web.access import require
from onrecord.web.account import Accounting, account
from onrecord.web.codings import code
from onrecord.web.kept import Cache
from onrecord.web.metrics import Metrics
from onrecord.web.rates import restrain
from onrecord.web.timing import timed
from onrecord.web.watch import Watch
from onrecord.workers import Pool


def operate(app: Flask, settings: Settings, pools: Mapping[str, Pool], cache: Cache) -> None:
    """Let an application be watched and kept within bounds; the first pool is the readers'."""
    watch = Watch(GenerationStore(settings.data, settings.keep), pools, cache)
    metrics = Metrics(watch)
    code(app)
    restrain(app, settings.rate)
    _account(app, settings, metrics)
    _answer(app, settings, watch, metrics)


def _account(app: Flask, settings: Settings, metrics: Metrics) -> None:
    listeners = metrics.count, journal.entered
    counted = Accounting(app.wsgi_app, listeners, is_proxied=settings.proxies > 0)
    hops = settings.proxies
    inner = ProxyFix(counted, x_for=hops, x_proto=hops) if hops else counted
    app.wsgi_app = inner  # type: ignore[method-assign]

    @app.after_request
    def note(response: Response) -> Response:
        found = account(request)
        found.route = request.url_rule.rule if request.url_rule else ""
        return timed(response, found)


def _answer(app: Flask, settings: Settings, watch: Watch, metrics: Metrics) -> None:
    @app.get("/status")
    def status() -> Response:
        require(request, "admin")
        return watch.status(request)

    @app.delete("/status/<int:number>")
    @app.post("/status/<int:number>/stop")
    def stop(number: int) -> Response:
        require(request, "admin")
        return watch.stop(request, number)

    @app.get("/ready")
    def ready() -> Response:
        return watch.ready()

    @app.get("/metrics")
    def scrape() -> Response:
        if settings.metrics == "off":
            raise NotFound("/metrics is switched off here")
        if settings.metrics == "admin":
            require(request, "admin")
        return metrics.told(request)
