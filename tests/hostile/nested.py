"""Deep and long: what would overflow the engine's stack, or take long to look over."""

from collections.abc import Mapping
from typing import Final

from tests.hostile.attack import Attack, query
from tests.hostile.ring import PREFIX

_MANY: Final = 490_000


def _in(body: str) -> str:
    return f"{PREFIX}SELECT * {{ {body} }}"


def _filter(expression: str) -> str:
    return _in(f"?s :next ?o FILTER({expression})")


def _deep(opening: str, core: str, closing: str, times: int = 3_000) -> str:
    return opening * times + core + closing * times


_BRACKETS: Final = {
    "groups": _deep("{", "", "}"),
    "sub-selects": _in(_deep("{SELECT * {", "", "}}", 1_000)),
    "parentheses": _filter(_deep("(", "1", ")", 4_600)),
    "nested calls": _filter(_deep("STR(", "?s", ")")),
    "nested IF": _filter(_deep("IF(", "1", ",2,3)")),
    "nested COALESCE": _filter(_deep("COALESCE(", "1", ")")),
    "nested EXISTS": _in(_deep("FILTER EXISTS {", "", "}")),
    "nested OPTIONAL": _in(_deep("OPTIONAL {", "", "}")),
    "nested MINUS": _in(_deep("?s :next ?o MINUS {", "", "}")),
    "nested GRAPH": _in(_deep("GRAPH ?g {", "", "}")),
    "nested UNION": _in(_deep("{} UNION {", "", "}")),
    "blank node lists": _in(_deep("[ :p ", "1", "]")),
    "collections": _in(_deep("(", "1", ")") + " :p 1"),
    "paths in brackets": _in(f"?s {_deep('(', ':next', ')*')} ?o"),
    "triple terms": _in(f"{_deep('<<(', '?s :p ?o', ' :p ?o)>>')} :p ?o"),
    "brackets never closed": _in("{" * 200_000),
    "braces behind a comment": "# '''\n" + _in(_deep("{", "", "}")),
    "braces behind an IRI": _in("?s <http://x/#'> ?o ." + _deep("{", "", "}")),
    "braces behind a quotation mark": _in("?s :p '\\'' ." + _deep("{", "", "}")),
}
_OPERATORS: Final = {
    "exclamation marks": _filter("!" * 5_000 + "true"),
    "a sum": _filter("+".join("1" * 6_700)),
    "minus signs": _filter("- " * 6_700 + "1"),
    "a product of ones": _filter("*".join("1" * 6_700)),
    "a quotient": _filter("/".join("1" * 6_700)),
    "a disjunction": _filter("||".join("1" * 6_700)),
    "a conjunction": _filter("&&".join("1" * 6_700)),
    "a chain of UNION": _in(" UNION ".join(["{}"] * 3_000)),
    "a chain of OPTIONAL": _in("OPTIONAL {}" * 3_000),
    "a chain of MINUS": _in("MINUS {}" * 3_000),
    "a chain of BIND": _in("".join(f"BIND(1 AS ?x{n})" for n in range(3_000))),
    "a chain of FILTER": _in("FILTER(1)" * 3_000),
    "a chain of sub-selects": _in("{SELECT * {}}" * 20_000),
    "a path of many steps": _in(f"?s {'/'.join([':next'] * 5_000)} ?o"),
    "a path of many ways": _in(f"?s {'|'.join([':next'] * 5_000)} ?o"),
}
_DEEP: Final = {
    "a chain of GRAPH": _in("GRAPH ?g {}" * 20_000),
    "a chain of VALUES": _in("VALUES ?x {1}" * 50_000),
}
_EITHER: Final = {  # by the engine or, where the machine is slow, by the clock
    "reified triples": _in(_deep("<<", "?s :p ?o", " :p ?o>>") + " :p ?o"),
    "braces never opened": _in("}" * 900_000),
    "a chain of expressions": f"SELECT {' '.join(f'(1 AS ?x{n})' for n in range(50_000))} {{}}",
    "backslashes": '\\"' * _MANY,
    "quotation marks": "\"'" * _MANY,
    "lines of comment": "#\n" * _MANY,
    "angle brackets": "<" * 2 * _MANY,
    "names that look like calls": ":SERVICE?x " * 90_000,
    "calls that look like names": "%a:b%SERVICE< " * 70_000,
}
_HARMLESS: Final = {
    "nested NOT EXISTS": _in(_deep("FILTER NOT EXISTS {", "", "}", 90)),
    "900 exclamation marks": _filter("!" * 900 + "true"),
    "a sum of 900": f"ASK {{ FILTER({'+'.join('1' * 900)}) }}",
    "900 UNIONs": _in(" UNION ".join(["{:n1 :next ?o}"] * 900)),
    "a chain of groups": _in("{}" * 20_000),
    "a chain of sort keys": f"{_in(':n1 :next ?o')} ORDER BY {'DESC(?o) ' * 20_000}",
    "a long list of arguments": _in("BIND(CONCAT(" + ",".join(["''"] * 20_000) + ") AS ?x)"),
    "a number of 300,000 digits": f"ASK {{ FILTER({'1' * 300_000}) }}",
    "a variable of 300,000 signs": _in(f"?{'s' * 300_000} ?p ?o") + "LIMIT 1",
    "an IRI of 300,000 signs": _in(f"?s <http://x/{'a' * 300_000}> ?o"),
    "a text of 300,000 signs": _in(f":n1 :name '{'a' * 300_000}'"),
    "braces in a text": f"ASK {{ FILTER('{'{' * 500_000}' != '') }}",
    "braces in a comment": f"#{'{' * 500_000}\nASK {{}}",
    "ten thousand prefixes": "PREFIX a:<a:>" * 10_000 + "ASK {}",
    "a chain of commas": f"ASK {{ FILTER(2 IN ({','.join('1' * 50_000)})) }}",
    "a flat million of VALUES": _in("VALUES ?x { " + f"'{'a' * 980}' " * 1_000 + "}"),
}
_TOO_LONG: Final = {
    "more than a query may have": _in(f"VALUES ?x {{ {'1 ' * 600_000} }}"),
    "much more than that": _in(f"VALUES ?x {{ {'1 ' * 20_000_000} }}"),
}


def _all(queries: Mapping[str, str], outcome: str, told: str) -> tuple[Attack, ...]:
    return tuple(query(name, said, outcome, told) for name, said in queries.items())


ATTACKS: Final = (
    *_all(_BRACKETS, "400", "levels of brackets"),
    *_all(_OPERATORS, "400", "operators"),
    *_all(_DEEP, "400 or 504", ""),
    *_all(_EITHER, "400 or 504", ""),
    # a busy machine is not through with them in time
    *_all(_HARMLESS, "200 or 504", ""),
    *_all(_TOO_LONG, "413", ""),
)
