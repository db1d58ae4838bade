"""Paths that would leave the folder, parameters that would leave the question."""

from typing import Final
from urllib.parse import quote

from tests.hostile.attack import Attack, get

_SECRETS: Final = ("root:", "PRIVATE KEY", "import ", "[project]")
_INJECTED: Final = (
    "' } DROP ALL #",
    '" . ?s ?p ?o . } #',
    "> } SELECT * { ?s ?p ?o } #",
    "\\u0022 } #",
    "2019-04-01' OR '1'='1",
    "{{ 7 * 191 }}",
    "${jndi:ldap://127.0.0.1/}",
    "\x00",
    "a" * 100_000,
)
_TRAVERSING: Final = (
    "/../../etc/passwd",
    "/static/../../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/static/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/static/..%5c..%5cserver.py",
    "/static//etc/passwd",
    "/static/%00",
    "/static/style.css%00.html",
    "/static/",
    "/texts/",
    "/generations/000001/generation.json",
    "/doc/%2e%2e/%2e%2e/etc/passwd",
    "/doc/..%2f..%2fpyproject.toml",
    "/.git/config",
    "/org/%00",
    "/org/%ff%fe",
    "/org/" + "a" * 100_000,
    "/" + "a/" * 50_000,
    "/ask/../../etc/passwd",
    "/ask/..%2fqueries%2faudits",
    "/ask/%00",
    "/ask/__init__",
    "/ask/" + "a" * 100_000,
)
_HOSTILE_IRIS: Final = (
    "http://x/> } SELECT * { ?s ?p ?o } #",
    "http://x/ y",
    "http://x/<script>alert(1)</script>",
    "http://x/\n\r",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "//",
    "rec:",
    ":",
)


def _shown(said: str) -> str:
    return ascii(said[:30])[1:-1].replace("\\\\", "\\") + ("…" if len(said) > 30 else "")


ATTACKS: Final = (
    *(
        Attack(f"the path {_shown(path)}", get(path), "400 or 404", never=_SECRETS)
        for path in _TRAVERSING
    ),
    *(
        Attack(
            f"a document called {_shown(said)}",
            get(f"/ask/known_and_true?known_on=2020-01-01&document={quote(said, safe='')}"),
            "200 or 400",
        )
        for said in _INJECTED
    ),
    *(
        Attack(
            f"a day called {_shown(said)}",
            get(f"/ask/known_and_true?known_on={quote(said, safe='')}&document=doc/x"),
            "400",
        )
        for said in _INJECTED
    ),
    Attack("a trust that is none", get("/ask/attribution_wordings?trust=%3E%20%7D"), "400"),
    Attack("a parameter that is none", get("/ask/attribution_wordings?x=%27"), "400"),
    *(
        Attack(
            f"an explanation of {_shown(said)}",
            get(f"/explain?iri={quote(said, safe='')}", {"Accept": "text/html"}),
            "400 or 404",
            never=("<script>",),
        )
        for said in _HOSTILE_IRIS
    ),
)
