"""Looking over a query before the engine parses it: how deep, how long, where it would call."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from onrecord.errors import BadQuery, Forbidden, TooLarge
from onrecord.limits import Limits

# What the grammar reads as one word, so that nothing inside counts (SPARQL 1.1, section 19.8).
_STRING: Final = r"""
    \"\"\"(?:"?"?(?:[^"\\]++|\\.))*+\"\"\" | '''(?:'?'?(?:[^'\\]++|\\.))*+'''
    | "(?:[^"\\\n\r]++|\\.)*+" | '(?:[^'\\\n\r]++|\\.)*+' | \\.
"""
_OPAQUE: Final = re.compile(
    rf"(?P<iri><[^<>\"{{}}|^`\\\x00-\x20]*>) | (?P<comment>\#[^\n\r]*) | {_STRING}",
    re.VERBOSE | re.DOTALL,
)
_TEXT: Final = re.compile(_STRING, re.VERBOSE | re.DOTALL)
_BRACKET: Final = re.compile(r"[{(\[]|[})\]]")
_OPERATOR: Final = re.compile(
    r"!|\|\||&&|[+*/|-]|\b(?:BIND|UNION|OPTIONAL|MINUS|FILTER)\b", re.IGNORECASE
)
_DATA: Final = re.compile(r"\bVALUES\s*(?:[?$]\w+|\([^()]*\))\s*\{[^{}]*\}", re.IGNORECASE)
# The engine takes SERVICE for a keyword wherever one may stand, even glued to its neighbours.
# A name longer than anybody's is taken for one of a target, unread: reading on would be slow.
_TARGET: Final = r"\s*(?:SILENT\s*)?(?:[<?$]|[\w.-]{0,100}:|[\w.-]{101})"
_CALL: Final = re.compile("SERVICE|LOAD", re.IGNORECASE)
_SERVICE: Final = re.compile(f"SERVICE{_TARGET}", re.IGNORECASE)
_LOAD: Final = re.compile(rf"(?<![\w:?$@%\\.-])LOAD{_TARGET}", re.IGNORECASE)
_NAME: Final = re.compile(r"(?:[?$@]|[\w%\\-]*:)[\w:%\\-]*\Z")
_LONGEST_NAME: Final = 100
_INSTEAD: Final = "this server fetches only what its operator lists (ONRECORD_ALLOW)"
# also what a template names anew each time: its lists, its statements about statements
_FICKLE: Final = re.compile(
    r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\b | \[ | _: | << | \{\|"
    r"| \bCONSTRUCT\b [^{}]* \{ [^{}]* \(",
    re.IGNORECASE | re.VERBOSE,
)


def refuse_length(sparql: str, limits: Limits) -> None:
    """Raise TooLarge on a query that is longer than it may be."""
    length = len(sparql.encode("utf-8", "surrogatepass"))
    if length > limits.query_bytes:
        raise TooLarge(f"{length:,} bytes: a query has {limits.query_bytes:,} at most")


def refuse_excess(sparql: str, most_nested: int, most_operators: int) -> None:
    """Raise BadQuery on what would overflow the engine's stack.

    A VALUES block holds data: what stands there is not counted.
    """
    code = _DATA.sub("", bare(sparql))
    nesting = _nesting(code)
    if nesting > most_nested:
        raise BadQuery(f"{nesting} levels of brackets: a query has {most_nested} at most")
    operators = len(_OPERATOR.findall(code))
    if operators > most_operators:
        raise BadQuery(f"{operators} operators: a query has {most_operators} at most")


def refuse_calls(sparql: str, walled: bool, instead: str = _INSTEAD) -> None:
    """Raise Forbidden on SERVICE and LOAD: the engine would call what the client names.

    Texts and comments are passed over where a wall keeps the engine off the network anyway;
    where there is none, what only looks like a call in a text is refused as well.
    """
    if not _CALL.search(sparql):
        return  # blanking what stands around a word makes no new one
    readings = (bare(sparql), _texts_blanked(sparql))
    for read in readings if walled else (sparql, *readings):
        if found := next(_calls(read), None):
            line = sparql.count("\n", 0, found.start()) + 1
            word = "LOAD" if found.re is _LOAD else "SERVICE"
            raise Forbidden(f"line {line}: {word} is switched off; {instead}")


def _calls(code: str) -> Iterator[re.Match[str]]:
    for found in _SERVICE.finditer(code):
        if not _NAME.search(code[max(0, found.start() - _LONGEST_NAME) : found.start()]):
            yield found
    yield from _LOAD.finditer(code)


def is_fickle(sparql: str) -> bool:
    """Return whether two answers over one generation may differ."""
    return bool(_FICKLE.search(bare(sparql)))


@lru_cache(maxsize=1)  # each look at a query wants it
def bare(sparql: str) -> str:
    """Return a query with blanks for its texts and comments, and blank IRIs; places stay.

    >>> bare('SELECT * { ?s <p#q> "a {" } # b {')
    'SELECT * { ?s <   >       }      '
    """
    return _OPAQUE.sub(_blank, sparql)


def _texts_blanked(sparql: str) -> str:
    """Return a query as `bare` does, had it no IRIs: in `?a <'x> y'` the engine sees none."""
    return _TEXT.sub(_blank, sparql)


def _blank(found: re.Match[str]) -> str:
    said = found[0]
    if found.lastgroup == "iri":
        return f"<{' ' * (len(said) - 2)}>"
    return " " * len(said)


def _nesting(code: str) -> int:
    depth = deepest = 0
    for bracket in _BRACKET.findall(code):
        depth += 1 if bracket in "{([" else -1
        deepest = max(deepest, depth)
    return deepest
