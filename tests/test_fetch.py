"""Fetching from other hosts: what the operator allows, checked, pinned and bounded."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from urllib.parse import unquote

import pytest

from onrecord.errors import Forbidden, Unreachable
from onrecord.fetch import Fetcher, _is_public


class _Host(BaseHTTPRequestHandler):
    """A host that answers well, redirects, trickles, or goes on for ever."""

    calls: list[str] = []  # noqa: RUF012 (shared on purpose: the test reads it)

    def do_GET(self) -> None:
        self.calls.append(self.path)
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        self.send_response({"/missing": 404, "/nowhere": 302}.get(self.path, 200))
        self.send_header("Content-Type", "text/turtle; charset=utf-8")
        if self.path.startswith("/packed/"):
            encoding = self.path.removeprefix("/packed/").partition("/")[0]
            self.send_header("Content-Encoding", unquote(encoding))
        if self.path == "/short":
            self.send_header("Content-Length", "1000")
        if self.path == "/pieces":
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            if self.path == "/trickle":
                for _ in range(100):
                    self.wfile.write(b"#")
                    time.sleep(0.1)
            elif self.path == "/long":
                for _ in range(100):
                    self.wfile.write(b"#" * 100_000)
            elif self.path == "/pieces":
                self.wfile.write(b"3e8\r\n# ")  # of a thousand bytes that were announced
            else:
                self.wfile.write(f"# {self.headers['Host']}".encode())
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Host) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _Host.calls.clear()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_what_is_packed_unasked_is_not_taken_for_what_it_packs(host: str) -> None:
    with pytest.raises(Unreachable, match=r"answers packed \(gzip\), which was not asked for"):
        Fetcher([f"{host}/"]).fetch(f"{host}/packed/gzip", "*/*")
    with pytest.raises(Unreachable, match="answers packed"):
        Fetcher([f"{host}/"]).fetch(f"{host}/packed/gzip,%20identity", "*/*")
    with pytest.raises(Unreachable, match="answers packed"):
        Fetcher([f"{host}/"]).fetch(f"{host}/packed/zstd/tweets.csv.gz", "*/*")
    assert Fetcher([f"{host}/"]).fetch(f"{host}/packed/utf-8", "*/*").body


def test_a_redirect_to_nowhere_is_told(host: str) -> None:
    with pytest.raises(Unreachable, match="answered 302"):
        Fetcher([f"{host}/"]).fetch(f"{host}/nowhere", "*/*")


@pytest.mark.parametrize("path", ["/packed/gzip/a", "/to/https://files.example/"])
def test_what_went_wrong_is_told_without_what_is_secret(host: str, path: str) -> None:
    with pytest.raises((Forbidden, Unreachable), match=r"^(?!.*quay7).*token=REDACTED"):
        Fetcher([f"{host}/"]).fetch(f"{host}{path}?token=quay7", "*/*")


def test_a_packed_file_is_fetched_from_a_server_that_says_so(host: str) -> None:
    assert Fetcher([f"{host}/"]).fetch(f"{host}/packed/gzip/tweets.csv.gz", "*/*").body


def test_what_is_allowed_is_fetched(host: str) -> None:
    found = Fetcher([f"{host}/"]).fetch(f"{host}/data?x=1", "text/turtle")
    assert (found.media_type, found.body) == ("text/turtle", b"# " + host[7:].encode())


def test_an_iri_is_asked_for_as_a_uri(host: str) -> None:
    Fetcher([f"{host}/"]).fetch(f"{host}/Orte/Zürich?q=ü%20&x=['1']", "*/*")
    assert _Host.calls == ["/Orte/Z%C3%BCrich?q=%C3%BC%20&x=['1']"]


@pytest.mark.parametrize(
    "allowed",
    [[], ["https://example.org/"], ["http://127.0.0.1:1/"], ["http://127.0.0.1/"]],
)
def test_nothing_else_is_fetched(host: str, allowed: list[str]) -> None:
    with pytest.raises(Forbidden, match="ONRECORD_ALLOW"):
        Fetcher(allowed).fetch(f"{host}/data", "*/*")
    assert _Host.calls == []


@pytest.mark.parametrize(
    "path",
    [
        "/other", "/datax", "/data/%0d%0aX", "/data /x",
        "/data/../other", "/data/..", "/data\\..\\x", "/data/%2e%2E/x", "/data/.%2e/x",
        "/data/..%2fx", "/data/..%5cx", "/data/..;/x", "/data/%2e%2e;a=b/x",
    ],
)  # fmt: skip
def test_a_prefix_ends_at_a_step_of_the_path(host: str, path: str) -> None:
    if path == "/data/%0d%0aX":
        assert Fetcher([f"{host}/data"]).fetch(f"{host}{path}", "*/*").body
        return
    with pytest.raises(Forbidden):
        Fetcher([f"{host}/data"]).fetch(f"{host}{path}", "*/*")


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "//example.org/", "http://", "http://x:y/"],
)
def test_only_the_web_is_fetched(url: str) -> None:
    with pytest.raises(Forbidden):
        Fetcher(["http://example.org/"]).fetch(url, "*/*")


def test_a_user_in_the_address_is_refused(host: str) -> None:
    with pytest.raises(Forbidden, match="no user"):
        Fetcher([host]).fetch(host.replace("//", "//allowed.example@"), "*/*")


def test_a_redirect_is_checked_like_any_address(host: str) -> None:
    fetcher = Fetcher([f"{host}/"])
    assert fetcher.fetch(f"{host}/to//data", "*/*").url == f"{host}/data"
    with pytest.raises(Forbidden, match=rf"169\.254.*; {host}/to/http.* led there"):
        fetcher.fetch(f"{host}/to/http://169.254.169.254/latest", "*/*")
    with pytest.raises(Forbidden):
        fetcher.fetch(f"{host}/to/file:///etc/passwd", "*/*")
    with pytest.raises(Unreachable, match="redirects"):
        fetcher.fetch(f"{host}/to//to//to//to//to//data", "*/*")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/missing", "404"),
        ("/long", "more than 1,000,000"),
        ("/trickle", "longer than 0.5 s"),
        ("/short", "bytes too early"),
        ("/pieces", "ended too early"),
        ("/to/http://[/", "redirects to"),
    ],
)
def test_what_does_not_end_well_is_told(host: str, path: str, said: str) -> None:
    fetcher = Fetcher([f"{host}/"], seconds=0.5, most=1_000_000)
    with pytest.raises(Unreachable, match=said):
        fetcher.fetch(f"{host}{path}", "*/*")


def test_a_name_that_leads_home_is_refused() -> None:
    # an operator who allows a name does not thereby allow what its owner lets it lead to
    with pytest.raises((Forbidden, Unreachable)):
        Fetcher(["http://localhost.localdomain/"]).fetch("http://localhost.localdomain/", "*/*")


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("10.0.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:53aa:64c:0:0:80ff:fffe", False),
        ("192.0.0.8", False),
        ("192.88.99.1", False),
        ("fec0::1", False),
        ("64:ff9b:1::1", False),
        ("3fff::1", False),
    ],
)
def test_only_the_public_internet_is_public(address: str, is_public: bool) -> None:
    assert _is_public(ip_address(address)) is is_public
