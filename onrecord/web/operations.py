"""What runs around the views: accounts and log."""

from collections.abc import Mapping

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from onrecord.settings import Settings
from onrecord.web import journal
from onrecord.web.account import Accounting, account
from onrecord.web.kept import Cache
from onrecord.web.timing import timed
from onrecord.workers import Pool


def operate(app: Flask, settings: Settings, pools: Mapping[str, Pool], cache: Cache) -> None:
    """Let an application be watched; the first pool is the readers'."""
    counted = Accounting(app.wsgi_app, (journal.entered,), is_proxied=settings.proxies > 0)
    hops = settings.proxies
    inner = ProxyFix(counted, x_for=hops, x_proto=hops) if hops else counted
    app.wsgi_app = inner  # type: ignore[method-assign]

    @app.after_request
    def note(response: Response) -> Response:
        found = account(request)
        found.route = request.url_rule.rule if request.url_rule else ""
        return timed(response, found)
