"""The data under attack: 20,000 triples in a ring, and names that would like to be code."""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

BASE: Final = "http://hostile.test/"
PREFIX: Final = f"PREFIX : <{BASE}> "
SCRIPT: Final = "<script>alert(1)</script>"
MARKED: Final = (
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "</textarea><svg onload=alert(1)>",
    "{{ 7 * 191 }}",
)
LINKS: Final = (
    "javascript:alert(1)",
    "data:text/html,alert(1)",
    "vbscript:x",
    "http://hostile.test/'onmouseover='alert(1)",
)
_NODES: Final = 5_000
_GROUPS: Final = 50


def quads() -> Iterator[Quad]:
    """Yield the ring, then the marked-up names."""
    for number in range(_NODES):
        here = _node(number)
        yield _quad(here, "next", _node(number + 1))
        yield _quad(here, "knows", _node(7 * number + 1))
        yield _quad(here, "name", Literal(f"name {number}"))
        yield _quad(here, "group", NamedNode(f"{BASE}g{number % _GROUPS}"))
    for number, said in enumerate(MARKED):
        yield _quad(NamedNode(f"{BASE}marked{number}"), "says", Literal(said))
    for number, address in enumerate(LINKS):
        yield _quad(NamedNode(f"{BASE}link{number}"), "seeAlso", NamedNode(address))


def _node(number: int) -> NamedNode:
    return NamedNode(f"{BASE}n{number % _NODES}")


def _quad(subject: NamedNode, word: str, value: NamedNode | Literal) -> Quad:
    return Quad(subject, NamedNode(f"{BASE}{word}"), value, DefaultGraph())
