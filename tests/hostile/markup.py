"""Texts and IRIs that would like to be code on a page."""

from typing import Final
from urllib.parse import quote

from tests.hostile.attack import Attack, asked, get
from tests.hostile.ring import LINKS, MARKED, PREFIX, SCRIPT

_BROWSER: Final = {"Accept": "text/html"}
_NEVER: Final = (
    *(said for said in MARKED if "<" in said),
    "<script",
    "<svg onload",
    "<img src=x",
    *(f'href="{address}"' for address in LINKS),
    "href='javascript",
    'href="javascript',
    'href="data:',
    "'onmouseover='alert(1)\"",
    "1337",
)
_SELECTS: Final = {
    "texts on a page": "SELECT * { ?s :says ?o }",
    "IRIs on a page": "SELECT * { ?s :seeAlso ?o }",
    "a column of code": "SELECT (:says AS ?o) ('<script>' AS ?script) {}",
    "a text that is made": "SELECT (CONCAT('<scr', 'ipt>alert(1)</script>') AS ?o) {}",
    "an IRI that is made": "SELECT (IRI('javascript:alert(1)') AS ?o) {}",
    "an IRI with a blank before it": "SELECT (IRI('\\tjavascript:alert(1)') AS ?o) {}",
    "a tag in a language": "SELECT (STRLANG('<script>', 'en') AS ?o) {}",
    "a tag as datatype": "SELECT (STRDT('<script>', <http://x/<script>>) AS ?o) {}",
    "a query that is code": f"SELECT * {{ {SCRIPT} }}",
    "a query that closes its field": "</textarea><script>alert(1)</script>",
    "a template": "SELECT ('{{ 7 * 191 }}' AS ?o) {}",
}

ATTACKS: Final = (
    *(
        Attack(name, asked(PREFIX + said, _BROWSER), "200 or 400", never=_NEVER)
        for name, said in _SELECTS.items()
    ),
    *(
        Attack(
            f"code as {what}",
            get(path + quote(SCRIPT, safe=""), _BROWSER),
            "200 or 400 or 404",
            never=_NEVER,
        )
        for what, path in {
            "a path": "/org/",
            "a question": "/ask/",
            "a parameter": "/ask/known_and_true?document=",
            "a trust": "/ask/known_and_true?trust=",
            "an IRI": "/explain?iri=http://x/",
            "a graph": "/sparql?query=ASK%7B%7D&default-graph-uri=",
        }.items()
    ),
    Attack(
        "code as a method",
        b"<SCRIPT> / HTTP/1.1\r\nHost: onrecord\r\n\r\n",
        "400 or 405 or 501",
        never=_NEVER,
    ),
)
