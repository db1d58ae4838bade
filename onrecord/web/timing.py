"""Where the time of an answer went, for whoever waits for it (Server-Timing)."""

from typing import Final

from flask import Response

from onrecord.web.account import Account

_STAGES: Final = ("queue", "parse", "evaluate", "serialize")


def timed(response: Response, found: Account) -> Response:
    """Add the milliseconds of each stage to a whole answer; of a stream they are not known."""
    if found.is_kept:
        response.headers["Server-Timing"] = "cache;desc=hit"
    elif found.seconds and response.is_sequence:
        spent = ((stage, found.seconds.get(stage)) for stage in _STAGES)
        parts = [f"{stage};dur={1000 * took:.3f}" for stage, took in spent if took is not None]
        response.headers["Server-Timing"] = ", ".join(parts)
    return response
