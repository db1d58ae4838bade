"""Reports how long each stage of an answer took (Server-Timing)."""

from typing import Final

from flask import Response

from onrecord.web.account import Account

_STAGES: Final = ("queue", "parse", "evaluate", "serialize")


def timed(response: Response, found: Account) -> Response:
    """Add the milliseconds of each stage to a whole answer; of a stream they are not known."""
    if (found.is_kept or response.is_sequence) and (timing := spent(found)):
        response.headers["Server-Timing"] = timing
    return response


def spent(found: Account) -> str:
    """Return the milliseconds of each stage, empty where no reader was asked."""
    if found.is_kept:
        return "cache;desc=hit"
    took = found.seconds or {}
    return ", ".join(
        f"{stage};dur={1000 * took[stage]:.3f}" for stage in _STAGES if stage in took
    )
