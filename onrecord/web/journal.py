"""The log: one line of JSON on stderr for each request, and for whatever goes wrong."""

import json
import logging
import traceback
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final
from wsgiref.types import WSGIEnvironment

from flask import has_request_context, request

from onrecord.settings import Settings
from onrecord.web.account import Account, account

_log: Final = logging.getLogger("onrecord.access")
_LEVELS: Final = {"off": logging.WARNING, "info": logging.INFO, "debug": logging.DEBUG}
_MOST: Final = {"method": 20, "path": 1_000, "query": 10_000}  # characters
_TOLD: Final = "told"


def begin(settings: Settings) -> None:
    """Let this process log to stderr, but not each time that a request has to wait."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Lines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    _log.setLevel(_LEVELS[settings.log])
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # /metrics tells the depth


def entered(environ: WSGIEnvironment, found: Account) -> None:
    """Log a request that was answered."""
    if _log.isEnabledFor(logging.INFO):
        # `info` would look for its caller, which costs as much as all the rest
        told = {_TOLD: _entry(environ, found)}
        said = _log.name, logging.INFO, "", 0, "request", (), None
        _log.handle(_log.makeRecord(*said, extra=told))


def _entry(environ: WSGIEnvironment, found: Account) -> dict[str, Any]:
    path = environ.get("PATH_INFO", "").encode("latin-1", "replace").decode("utf-8", "replace")
    entry = {
        "request": found.number,
        "method": environ.get("REQUEST_METHOD", "")[: _MOST["method"]],
        "path": path[: _MOST["path"]],
        "status": found.status,
        "bytes": found.size,
        "ms": round(found.took * 1000, 1),
        "client": environ.get("REMOTE_ADDR", ""),
        "token": found.token,
        "reader_seconds": round(found.worked, 4),
        "query_hash": _hash(found.query),
    }
    if found.is_kept:
        entry["kept"] = True
    if found.is_broken:
        entry["broken_off"] = True
    if found.query and _log.isEnabledFor(logging.DEBUG):
        entry["query"] = found.query[: _MOST["query"]]
    return entry


def _hash(query: str) -> str:
    return sha256(query.encode("utf-8", "surrogatepass")).hexdigest()[:12] if query else ""


class _Lines(logging.Formatter):
    """A line of ASCII for each record: what a client sends cannot begin another one."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said: dict[str, Any] = {"time": at, "level": record.levelname.lower()}
        if told := getattr(record, _TOLD, None):
            said |= told
        else:
            said |= {"logger": record.name, "message": record.getMessage()}
            if has_request_context():
                said["request"] = account(request).number
        if record.exc_info:
            said["trace"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(said)
