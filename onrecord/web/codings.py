"""Answers made smaller where the client takes that (RFC 9110, section 8.4), streams too.

Each coding of an answer has an entity tag of its own, which ends in its name.
"""

import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Protocol

import brotli
from flask import Flask, Request, Response, request

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LEAST: Final = 1_000  # bytes, below which there is nothing to gain
_TEXTS: Final = re.compile(
    r"text/|image/svg|application/(?:.*\+(?:json|xml)|json|xml|n-triples|n-quads|trig|javascript)"
)
_CODED: Final = re.compile(r'-(gzip|br|zstd)"')
_IF_NONE_MATCH: Final = "HTTP_IF_NONE_MATCH"
_IF_MATCH: Final = "HTTP_IF_MATCH"
_ASKED: Final = "onrecord.if_none_match"


class _Coder(Protocol):
    """Makes pieces smaller; what it is given comes out at once, the end only in `end`."""

    def piece(self, data: bytes) -> bytes: ...

    def end(self) -> bytes: ...


class _Gzip:
    def __init__(self) -> None:
        self._coder = zlib.compressobj(level=4, wbits=31)

    def piece(self, data: bytes) -> bytes:
        return self._coder.compress(data) + self._coder.flush(zlib.Z_SYNC_FLUSH)

    def end(self) -> bytes:
        return self._coder.flush()


class _Brotli:
    def __init__(self) -> None:
        # a window of half a megabyte, since each stream has one
        self._coder = brotli.Compressor(mode=brotli.MODE_TEXT, quality=3, lgwin=19)

    def piece(self, data: bytes) -> bytes:
        return bytes(self._coder.process(data) + self._coder.flush())

    def end(self) -> bytes:
        return bytes(self._coder.finish())


class _Zstd:
    def __init__(self) -> None:
        self._coder = zstd.ZstdCompressor(level=3)

    def piece(self, data: bytes) -> bytes:
        return self._coder.compress(data, mode=zstd.ZstdCompressor.FLUSH_BLOCK)

    def end(self) -> bytes:
        return self._coder.flush()


# best first
CODERS: Final[dict[str, Callable[[], _Coder]]] = {"zstd": _Zstd, "br": _Brotli, "gzip": _Gzip}


def code(app: Flask) -> None:
    """Let an application answer in the codings that its clients take."""

    @app.before_request
    def understand() -> None:
        _understand(request)

    @app.after_request
    def smaller(response: Response) -> Response:
        return coded(response, request)


def chosen(request: Request) -> str:
    """Return the coding that a client likes best, empty where it takes none."""
    accepted = request.accept_encodings
    plain = accepted.quality("identity") if "identity" in accepted.values() else 0
    likes = {name: accepted.quality(name) for name in CODERS}
    best = max(CODERS, key=lambda name: likes[name])
    return best if likes[best] > 0 and likes[best] >= plain else ""


def _understand(request: Request) -> None:
    """Let the views see plain entity tags; of a coding that is not taken there is none."""
    taken = request.accept_encodings
    environ = request.environ
    if given := environ.get(_IF_NONE_MATCH):
        environ[_ASKED] = given
        environ[_IF_NONE_MATCH] = _CODED.sub(
            lambda found: '"' if taken.quality(found[1]) > 0 else found[0], given
        )
    if given := environ.get(_IF_MATCH):
        environ[_IF_MATCH] = _CODED.sub('"', given)


def coded(response: Response, request: Request) -> Response:
    """Return a response as small as its client takes it."""
    if response.status_code == 304:
        return _as_asked(response, request)
    if not _is_worth_it(response, request):
        return response
    response.vary.add("Accept-Encoding")
    coding = chosen(request)
    if not coding:
        return response
    coder = CODERS[coding]()
    if response.is_sequence:
        response.set_data(coder.piece(response.get_data()) + coder.end())
    else:
        response.response = _Coded(response.response, coder)
        response.headers.pop("Content-Length", None)
    response.headers["Content-Encoding"] = coding
    tag, is_weak = response.get_etag()
    if tag:
        response.set_etag(f"{tag}-{coding}", bool(is_weak))
    return response


def _is_worth_it(response: Response, request: Request) -> bool:
    if response.is_sequence and len(response.get_data()) < LEAST:
        return False
    is_part = response.status_code == 206
    if is_part or response.content_encoding or not _TEXTS.match(response.mimetype or ""):
        return False
    if response.is_sequence:
        return True
    # a client of HTTP/1.0 needs the length to tell a whole answer from one that was cut
    return request.environ.get("SERVER_PROTOCOL") != "HTTP/1.0"


def _as_asked(response: Response, request: Request) -> Response:
    """Return a 304 with the tag that the client asked about."""
    tag, is_weak = response.get_etag()
    asked = str(request.environ.get(_ASKED, ""))
    named = [name for name in CODERS if f'"{tag}-{name}"' in asked]
    if tag and named and f'"{tag}"' not in asked:
        response.set_etag(f"{tag}-{named[0]}", bool(is_weak))
    response.vary.add("Accept-Encoding")
    return response


class _Coded:
    """A stream made smaller; where it is broken off, so is this, without an end."""

    def __init__(self, body: Iterable[Any], coder: _Coder) -> None:
        self._body = body
        self._coder = coder

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._body:
            if smaller := self._coder.piece(piece):
                yield smaller
        yield self._coder.end()

    def close(self) -> None:
        if close := getattr(self._body, "close", None):
            close()
