"""Smaller answers: negotiated, fresh by their own tags, and never whole when they were cut."""

import http.client
import sys
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest

from onrecord.web.codings import CODERS
from tests.endpoint import Endpoint, served

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

EVERYTHING = f"/sparql?query={quote('SELECT * { ?s ?p ?o }')}"
PAGE = "/org/ispr.ttl"

Inflate = Callable[[bytes], tuple[bytes, bool]]


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Endpoint]:
    with served(data, ONRECORD_HELD_BYTES="20000") as found:
        yield found


def gunzipped(body: bytes) -> tuple[bytes, bool]:
    """Return what a gzip holds as far as it goes, and whether it is whole."""
    coder = zlib.decompressobj(wbits=31)
    return coder.decompress(body), coder.eof


def unzstd(body: bytes) -> tuple[bytes, bool]:
    """Return what a Zstandard frame holds as far as it goes, and whether it is whole."""
    coder = zstd.ZstdDecompressor()
    return coder.decompress(body), coder.eof


def unbrotli(body: bytes) -> tuple[bytes, bool]:
    """Return what a Brotli stream holds as far as it goes, and whether it is whole."""
    coder = brotli.Decompressor()
    pieces = (body[place : place + 1_000] for place in range(0, len(body), 1_000))
    text = b"".join(map(coder.process, pieces))  # of a longer piece it keeps back the end
    return text, coder.is_finished()


CODINGS = pytest.mark.parametrize(
    ("coding", "inflate"), [("gzip", gunzipped), ("br", unbrotli), ("zstd", unzstd)]
)


@CODINGS
@pytest.mark.parametrize("path", [PAGE, EVERYTHING, "/ask/", "/static/style.css"])
def test_a_coded_answer_is_the_same_answer(
    server: Endpoint, coding: str, inflate: Inflate, path: str
) -> None:
    plain = server.send(path)
    coded = server.send(path, Accept_Encoding=coding)
    assert (coded.status, coded.headers["Content-Encoding"]) == (200, coding)
    assert inflate(coded.body) == (plain.body, True)
    assert len(coded.body) < len(plain.body) / 1.5
    assert coded.headers["Content-Type"] == plain.headers["Content-Type"]
    assert plain.headers["Content-Encoding"] is None
    for answer in (plain, coded):
        assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, zstd;q=0.5", "gzip"),
        ("GZIP;q=0.1", "gzip"),
        ("*", "zstd"),
        ("*, zstd;q=0", "br"),
        ("gzip, deflate, br", "br"),
        ("*, zstd;q=0, br;q=0", "gzip"),
        ("br;q=0.2, gzip;q=0.1", "br"),
        ("", None),
        ("deflate, compress", None),
        ("gzip;q=0", None),
        ("*;q=0", None),
        ("identity, gzip;q=0.5", None),
        ("identity;q=0.5, gzip", "gzip"),
        ("zstd;q=0, gzip;q=0, identity", None),
        ("gzip;q=nonsense, ;;, zstd;q=9", None),
    ],
)
def test_the_client_chooses_the_coding(
    server: Endpoint, accepted: str, coding: str | None
) -> None:
    answer = server.send(PAGE, Accept_Encoding=accepted)
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, coding)


@pytest.mark.parametrize("path", ["/health", f"/sparql?query={quote('ASK {}')}"])
def test_what_is_short_stays_as_it_is(server: Endpoint, path: str) -> None:
    assert server.send(path, Accept_Encoding="gzip").headers["Content-Encoding"] is None


@CODINGS
def test_each_coding_is_fresh_by_its_own_tag(
    server: Endpoint, coding: str, inflate: Inflate
) -> None:
    plain = server.send(PAGE).headers["ETag"]
    tag = server.send(PAGE, Accept_Encoding=coding).headers["ETag"]
    assert tag == f'{plain[:-1]}-{coding}"'
    for asked, accepted, status, told in (
        (tag, coding, 304, tag),
        (tag, "", 200, plain),
        (plain, coding, 304, plain),
        (plain, "", 304, plain),
        (f'"other", {tag}', f"deflate, {coding};q=0.1", 304, tag),
        ('"other"', coding, 200, tag),
    ):
        found = server.send(PAGE, If_None_Match=asked, Accept_Encoding=accepted)
        assert (found.status, found.headers["ETag"]) == (status, told), (asked, accepted)
        assert (found.body == b"") == (status == 304)


def test_a_head_tells_what_a_get_would(server: Endpoint) -> None:
    got = server.send(PAGE, Accept_Encoding="gzip")
    told = server.send(PAGE, "HEAD", Accept_Encoding="gzip")
    for name in ("Content-Encoding", "Content-Length", "ETag", "Vary"):
        assert told.headers[name] == got.headers[name]
    assert told.body == b""


@CODINGS
def test_what_was_sent_can_be_read_at_once(coding: str, inflate: Inflate) -> None:
    coder = CODERS[coding]()
    given = sent = b""
    for number in range(20):
        piece = b"".join(sha256(b"%d %d" % (number, row)).digest() for row in range(99))
        given += piece
        sent += coder.piece(piece)
        assert inflate(sent) == (given, False)
    assert inflate(sent + coder.end()) == (given, True)


@CODINGS
def test_a_coded_answer_that_is_cut_never_looks_whole(
    data: Path, server: Endpoint, coding: str, inflate: Inflate
) -> None:
    whole = server.send(EVERYTHING, Accept="text/csv").body
    assert len(whole) > 400_000
    with served(data, ONRECORD_HELD_BYTES="20000", ONRECORD_RESULT_BYTES="300000") as strict:
        connection = strict.connect()
        headers = {"Accept": "text/csv", "Accept-Encoding": coding}
        connection.request("GET", EVERYTHING, headers=headers)
        response = connection.getresponse()
        assert (response.status, response.headers["Content-Encoding"]) == (200, coding)
        with pytest.raises(http.client.IncompleteRead) as cut:
            response.read()
        connection.close()
    begun, is_whole = inflate(cut.value.partial)
    assert (whole.startswith(begun), len(begun) > 20_000, is_whole) == (True, True, False)


@CODINGS
def test_a_refusal_is_no_less_readable(server: Endpoint, coding: str, inflate: Inflate) -> None:
    long = f"/sparql?query={quote('SELECT ' + '?nonsense ' * 300)}"
    refused = server.send(long, Accept_Encoding=coding, Accept="text/html")
    assert (refused.status, refused.headers["Content-Encoding"]) == (400, coding)
    assert b"nonsense" in inflate(refused.body)[0]


def test_a_part_of_a_file_is_sent_as_it_is(server: Endpoint) -> None:
    part = server.send("/static/style.css", Range="bytes=0-9", Accept_Encoding="gzip")
    assert (part.status, len(part.body), part.headers["Content-Encoding"]) == (206, 10, None)
