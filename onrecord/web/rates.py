"""How often one client may ask."""

import math
import time
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network
from typing import Final

from flask import Flask, Response, request
from flask_limiter import Limiter, RequestLimit
from limits import parse_many

from onrecord.errors import BadParameter
from onrecord.web.problems import told

_FREE: Final = ("health", "ready", "static")  # what keeps the server in service, and its looks
_HOUSEHOLD: Final = 64  # bits of an IPv6 address that one client has


def restrain(app: Flask, rate: str) -> None:
    """Refuse clients that ask more often than a rate, such as `120 per minute`; "" is none.

    Raises BadParameter.
    """
    if not rate:
        return
    try:
        parse_many(rate)
    except ValueError as error:
        message = f"ONRECORD_RATE={rate!r}: has to be a rate, for instance 120 per minute"
        raise BadParameter(message) from error
    limiter = Limiter(
        _client,
        app=app,
        application_limits=[rate],
        storage_uri="memory://",
        strategy="sliding-window-counter",  # so much memory for a client, however many hits
        on_breach=_refused,
    )
    limiter.request_filter(lambda: request.endpoint in _FREE)


def _refused(breached: RequestLimit) -> Response:
    left = max(1, math.ceil(breached.reset_at - time.time()))
    detail = f"one client may ask {breached.limit}; come back in {left} s"
    response = told(request, 429, detail)
    response.headers["Retry-After"] = str(left)
    return response


def _client() -> str:
    """Return by what a client is known: a household of IPv6 has more addresses than anybody."""
    address = request.remote_addr or ""
    try:
        return str(IPv4Address(address))
    except AddressValueError:
        pass
    try:
        whole = IPv6Address(address.partition("%")[0])
    except AddressValueError:
        return address
    return str(whole.ipv4_mapped or IPv6Network((whole, _HOUSEHOLD), strict=False))
