"""Tricks with lines, headers, encodings, methods and bodies."""

import gzip
from typing import Final
from urllib.parse import quote

from tests.hostile.attack import Attack, get, posted, request

_EASY: Final = "/sparql?query=ASK%7B%7D"
_HOST: Final = b"Host: onrecord\r\n"
_QUERY: Final = "application/sparql-query"
_FORM: Final = "application/x-www-form-urlencoded"
_BOMB: Final = gzip.compress(b"#" * 10_000_000, 9) * 20  # a file of 20 members (RFC 1952)


def _raw(name: str, sent: bytes, outcome: str, told: str = "", what: str = "") -> Attack:
    return Attack(name, sent, outcome, told, what=what)


def _headed(name: str, fields: bytes, outcome: str, told: str = "") -> Attack:
    sent = f"GET {_EASY} HTTP/1.1\r\n".encode() + _HOST + fields + b"\r\n\r\n"
    return Attack(name, sent, outcome, told)


def _accepting(name: str, accept: str, outcome: str) -> Attack:
    return Attack(name, get(_EASY, {"Accept": accept}), outcome)


def _bodied(name: str, fields: bytes, body: bytes, outcome: str, told: str = "") -> Attack:
    head = b"POST /sparql HTTP/1.1\r\n" + _HOST + f"Content-Type: {_QUERY}\r\n".encode()
    what = "POST /sparql " + " ".join(fields.decode("latin-1").split("\r\n"))[:60]
    return Attack(name, head + fields + b"\r\n\r\n" + body, outcome, told, what=what)


_LINES: Final = (
    _raw("no words", b"\r\n\r\n\r\n\r\n" + request("GET", _EASY), "200"),
    _raw("garbage", b"\x00\xff\xfe" * 50 + b"\r\n\r\n", "400"),
    _raw("the greeting of TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "400"),
    _raw("a preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400 or 405 or 505"),
    _raw(
        "HTTP of another age",
        b"GET /sparql HTTP/9.9\r\n" + _HOST + b"\r\n",
        "200 or 400 or 505",
    ),
    _raw("no version", b"GET /health\r\n\r\n", "200 or 400"),
    _raw("no host", f"GET {_EASY} HTTP/1.1\r\n\r\n".encode(), "400", "Host"),
    _raw("a host without a name", f"GET {_EASY} HTTP/1.1\r\nHost:\r\n\r\n".encode(), "400"),
    _raw(
        "a host that is code",
        f"GET {_EASY} HTTP/1.1\r\nHost: <script>\r\n\r\n".encode(),
        "400",
        "Host",
    ),
    *(
        _raw(
            f"the host {host[:20]}",
            f"GET {_EASY}&x= HTTP/1.1\r\nHost: {host}\r\n\r\n".encode(),
            "400",
            "Host",
        )
        for host in (
            "xn--a",
            "[1:2:3:4:5:6:7:8:9]",
            ".",
            "a..b",
            "b" * 64,
            "c." * 200,
            "d:99999",
        )
    ),
    _raw(
        "a host within a host",
        f"GET {_EASY} HTTP/1.1\r\nHost: a@evil/x\r\n\r\n".encode(),
        "400",
        "Host",
    ),
    _raw(
        "a line that never ends",
        b"GET /" + b"a" * 500_000,
        "431",
        "too long",
        "GET /aaa… (500,000 bytes)",
    ),
    _raw("blanks in the line", b"GET  /health  HTTP/1.1\r\n" + _HOST + b"\r\n", "400"),
    _raw("a bare line feed", b"GET /health HTTP/1.1\nHost: onrecord\n\n", "408"),
    _raw("a bare carriage return", b"GET /health HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", "400"),
    _raw(
        "letters that are not ASCII",
        "GET /org/ü HTTP/1.1\r\n".encode() + _HOST + b"\r\n",
        "404 or 400",
    ),
    _raw("an address of many signs", get("/sparql?query=" + "a" * 300_000), "431"),
    _raw("20,000 parameters", get("/sparql?" + "a=b&" * 20_000 + "query=ASK%7B%7D"), "400"),
    _raw("escapes that are none", get("/sparql?query=%zz%1%"), "400"),
    _raw("an overlong slash", get("/static/%c0%af%c0%ae"), "404"),
    _raw("bytes that are not UTF-8", get("/sparql?query=ASK%7B%7D%ff"), "400"),
    _raw("half a surrogate", get("/sparql?query=%ed%a0%80"), "400"),
)
_HEADERS: Final = (
    _headed("a folded header", b"X: a\r\n b", "200 or 400"),
    _headed("a header without a colon", b"nonsense", "400"),
    _headed("a header without a name", b": x", "400"),
    _headed("a blank before the colon", b"Content-Length : 5", "400"),
    _headed("a header with a zero byte", b"X: a\x00b", "400"),
    _headed("an answer within a header", b"X: a\r\n\r\nHTTP/1.1 200 OK", "200"),
    _headed("a header of 300,000 bytes", b"X: " + b"a" * 300_000, "431"),
    _headed("10,000 headers", b"\r\n".join(b"X%d: a" % n for n in range(10_000)), "200 or 431"),
    _headed("20 hosts", b"Host: evil\r\n" * 19 + b"Host: evil", "400", "Host"),
    _headed("a tag that is garbage", b'If-None-Match: "x", W/"\xff", *x', "200"),
    _headed("a tag of 200,000 bytes", b'If-None-Match: "' + b"a" * 200_000 + b'"', "200"),
    _headed("50,000 tags", b"If-None-Match: " + b'"a",' * 50_000, "200"),
    _headed("a date that is none", b"If-Modified-Since: never", "200"),
    _headed("ranges", b"Range: bytes=" + b"0-1," * 20_000 + b"0-1", "200"),
    _headed("a method in a header", b"X-HTTP-Method-Override: DELETE", "200"),
    _headed("a path in a header", b"X-Original-URL: /admin\r\nX-Rewrite-URL: /admin", "200"),
    _headed("a forged address", b"X-Forwarded-For: 10.0.0.1\r\nForwarded: for=10.0.0.1", "200"),
    _headed("a credential that is none", b"Authorization: Bearer \xff\xfe", "200"),
    _bodied(
        "a password that is none, and a long body",
        b"Authorization: Basic \xff\r\nContent-Length: 4000000",
        b"",
        "413",
    ),
    _headed("a credential of 200,000 bytes", b"Authorization: Basic " + b"A" * 200_000, "200"),
    _headed("a cookie of 200,000 bytes", b"Cookie: a=" + b"b" * 200_000, "200"),
    _headed("an expectation", b"Expect: the unexpected", "200 or 417"),
    _headed("an upgrade", b"Connection: Upgrade\r\nUpgrade: h2c", "200"),
    _accepting("10,000 ranges", ",".join(f"a/b{n}" for n in range(20_000)), "406"),
    _accepting("100,000 commas", "," * 100_000, "200"),
    _accepting("100,000 semicolons", "a/b" + ";" * 100_000, "406"),
    _accepting("a weight that is no number", "text/html;q=NaN, */*;q=0.1", "200"),
    _accepting("a weight without end", "text/html;q=inf", "406"),
    _accepting("a weight below nothing", "text/html;q=-1", "406"),
    _accepting("a weight of many digits", "*/*;q=0." + "9" * 100_000, "200"),
    _accepting("a type that is none", "/;/;q=;,,;", "406"),
    _accepting("letters that are no type", "text/hätml", "406"),
)
_METHODS: Final = tuple(
    Attack(f"the method {method}", request(method, path), outcome)
    for method, path, outcome in (
        ("TRACE", "/sparql", "405"),
        ("CONNECT", "127.0.0.1:80", "400 or 404 or 405"),
        ("PATCH", "/sparql", "405"),
        ("DELETE", "/org/ispr", "401 or 404 or 405"),
        ("PROPFIND", "/", "405"),
        ("get", "/health", "400"),
        ("G" * 1_000, "/health", "400 or 405"),
        ("OPTIONS", "*", "200 or 404"),
        ("HEAD", "/sparql?query=ASK%7B%7D", "200"),
    )
)
_BODIES: Final = (
    _bodied("two lengths", b"Content-Length: 6\r\nContent-Length: 60", b"ASK {}", "400"),
    _bodied(
        "a length and chunks",
        b"Content-Length: 6\r\nTransfer-Encoding: chunked",
        b"6\r\nASK {}\r\n0\r\n\r\n",
        "400",
        "Transfer-Encoding",
    ),
    Attack(
        "chunks in HTTP/1.0",
        b"POST /sparql HTTP/1.0\r\nConnection: keep-alive\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n0\r\n\r\n",
        "400",
        "Transfer-Encoding",
    ),
    _bodied("a length that is none", b"Content-Length: six", b"ASK {}", "400"),
    _bodied("a length below nothing", b"Content-Length: -6", b"ASK {}", "400"),
    _bodied("a length with a plus", b"Content-Length: +6", b"ASK {}", "400"),
    _bodied("a length of many digits", b"Content-Length: " + b"9" * 4_000, b"ASK {}", "413"),
    _bodied("a length beyond the limit", b"Content-Length: 99999999999", b"ASK {}", "413"),
    _bodied(
        "chunks that are none",
        b"Transfer-Encoding: chunked",
        b"zz\r\nASK {}\r\n0\r\n\r\n",
        "400",
    ),
    _bodied(
        "a chunk below nothing",
        b"Transfer-Encoding: chunked",
        b"-6\r\nASK {}\r\n0\r\n\r\n",
        "400",
    ),
    _bodied(
        "a chunk with an extension",
        b"Transfer-Encoding: chunked",
        b"6;a=b\r\nASK {}\r\n0\r\n\r\n",
        "200 or 400",
    ),
    _bodied(
        "chunks in chunks", b"Transfer-Encoding: chunked, chunked", b"0\r\n\r\n", "400 or 501"
    ),
    _bodied("another coding", b"Transfer-Encoding: xchunked", b"0\r\n\r\n", "400 or 501"),
    _bodied("coding of a tab", b"Transfer-Encoding:\x0bchunked", b"0\r\n\r\n", "400 or 501"),
    Attack("a body that is not UTF-8", posted(b"ASK {} #\xff"), "400", "UTF-8"),
    Attack("an overlong brace", posted(b"ASK \xc1\xbb}"), "400", "UTF-8"),
    Attack("a byte order mark", posted("\ufeffASK {}"), "200 or 400"),
    Attack("a zero byte", posted("ASK {} \0"), "400"),
    Attack("a body in UTF-16", posted("ASK {}".encode("utf-16")), "400"),
    Attack("another character set", posted("ASK {}", f"{_QUERY}; charset=utf-7"), "200 or 415"),
    Attack("no type", request("POST", "/sparql", {}, b"ASK {}"), "415"),
    Attack("a type of many signs", posted("ASK {}", "a/" + "b" * 100_000), "415"),
    Attack(
        "a form of a million fields", posted("a=b&" * 700_000, _FORM), "400", "10,000 at most"
    ),
    Attack(
        "a form of one long field",
        posted("query=" + "%20" * 300_000 + "ASK%7B%7D", _FORM),
        "200",
    ),
    Attack(
        "a form of parts",
        posted(b"--x\r\n" * 100_000, "multipart/form-data; boundary=x"),
        "415",
    ),
    Attack(
        "a form without end", posted("query=" + quote("{" * 300_000), _FORM), "400", "brackets"
    ),
    Attack(
        "two queries", posted("query=ASK%7B%7D&query=ASK%7B%7D", _FORM), "400", "exactly one"
    ),
    Attack(
        "a bomb of gzip",
        request("POST", "/sparql", {"Content-Type": _QUERY, "Content-Encoding": "gzip"}, _BOMB),
        "415",
        what="gzip of 200 MB of #",
    ),
    Attack(
        "a coding that is none",
        request(
            "POST", "/sparql", {"Content-Type": _QUERY, "Content-Encoding": "x"}, b"ASK {}"
        ),
        "415",
    ),
    Attack("100 MB", posted(b"#" * 100_000_001), "413", what="POST of 100 MB of #"),
)

ATTACKS: Final = (*_LINES, *_HEADERS, *_METHODS, *_BODIES)
