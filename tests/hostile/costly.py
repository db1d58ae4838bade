"""Short to ask and dear to answer: planner, joins, sorts, paths over rings, growing texts."""

from collections.abc import Mapping
from typing import Final

from tests.hostile.attack import ENDED, Attack, query
from tests.hostile.ring import PREFIX

_ALL: Final = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
_PAIRS: Final = "?a :name ?b . ?c :name ?d"
_NEVER: Final = "FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?i))) > 9000)"
_COUNT: Final = "SELECT (COUNT(*) AS ?n)"
_NUMBERS: Final = " ".join(map(str, range(2_000)))
_LONG: Final = "a" * 5_000


def _star(times: int) -> str:
    return "SELECT * { " + " ".join(f"?s :p{n} ?o{n} ." for n in range(times)) + " }"


def _row(times: int) -> str:
    options = " ".join(f"OPTIONAL {{ ?s :p{n} ?o{n} }}" for n in range(times))
    return f"SELECT * {{ ?s :next ?o {options} }}"


def _doubled(times: int, function: str = "STRLEN") -> str:
    binds = " ".join(f"BIND(CONCAT(?x{n},?x{n}) AS ?x{n + 1})" for n in range(times))
    return f"SELECT ({function}(?x{times}) AS ?n) {{ BIND('ab' AS ?x0) {binds} }}"


def _grown() -> str:
    growth = " ".join(
        f'BIND(REPLACE(?{one}, "a", "{"a" * 100}") AS ?{two})'
        for one, two in ("ab", "bc", "cd", "de")
    )
    return f"SELECT (STRLEN(?e) AS ?n) {{ BIND('{_LONG}' AS ?a) {growth} }}"


def _matched(pattern: str, text: str = "aaa") -> str:
    return f'ASK {{ FILTER(REGEX("{text}", "{pattern}")) }}'


_SLOW: Final = {
    "192 patterns in a star": _star(192),
    "256 patterns in a star": _star(256),
    "2,000 patterns in a star": _star(2_000),
    "256 OPTIONALs in a row": _row(256),
    "a path of 900 steps": f"SELECT * {{ :n1 {'/'.join([':next'] * 900)} ?o }}",
    "a count of a product": f"{_COUNT} {{ {_ALL} }}",
    "a product beyond OFFSET": f"SELECT * {{ {_ALL} }} OFFSET 999999999999",
    "a product without a match": f"SELECT * {{ {_ALL} {_NEVER} }}",
    "a product in ASK": f"ASK {{ {_ALL} {_NEVER} }}",
    "a product grouped": f"SELECT ?a (COUNT(*) AS ?n) {{ {_ALL} }} GROUP BY ?a",
    "a sample of a product": f"SELECT (SAMPLE(?a) AS ?x) {{ {_ALL} }}",
    "a product constructed": f"CONSTRUCT {{ ?a ?e ?i }} {{ {_ALL} {_NEVER} }}",
    "a product described": f"DESCRIBE ?a ?d {{ {_ALL} {_NEVER} }}",
    "an anti-join of all": f"{_COUNT} {{ {_PAIRS} MINUS {{ ?c :name ?d . ?e :group ?b }} }}",
    "EXISTS for every pair": f"{_COUNT} {{ {_PAIRS} FILTER NOT EXISTS {{ ?a :knows ?c }} }}",
    "VALUES three ways": f"{_COUNT} {{"
    + "".join(f"VALUES ?{x} {{ {_NUMBERS} }}" for x in "abc")
    + "}",
    "paths over a ring": f"{_COUNT} {{ ?a :next* ?b }}",
    "paths between all": f"{_COUNT} {{ ?a :next+ ?b . ?b :knows+ ?a }}",
    "a path of two words": f"{_COUNT} {{ ?a (:next|:knows)+ ?b }}",
    "a path within a path": f"{_COUNT} {{ ?a ((:next*)*)* ?b }}",
    "a path of anything": f"{_COUNT} {{ ?a (!(:none|^:none))* ?b }}",
    "a path back and forth": f"{_COUNT} {{ ?a (:next/^:knows)* ?b }}",
    "every ring there is": "ASK { ?a :next+ ?a . ?a :next+ ?d . ?d :knows ?i " + _NEVER + " }",
    "a pattern for each pair": f"{_COUNT} {{ {_PAIRS} FILTER REGEX(?b, CONCAT(?d, '.*x')) }}",
    "a sum without end": f"SELECT (SUM(STRLEN(?b) * ?y) AS ?n) {{ {_PAIRS} . ?e :name ?f "
    "BIND(STRLEN(?d) AS ?y) }",
}
_GREEDY: Final = {
    "a sorted product": f"SELECT * {{ {_ALL} }} ORDER BY ?i",
    "a sorted product with LIMIT": f"SELECT * {{ {_ALL} }} ORDER BY ?i LIMIT 1",
    "a random sort": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY RAND()",
    "a product grouped by all": f"SELECT ?a ?d ?g {{ {_ALL} }} GROUP BY ?a ?d ?g ORDER BY ?a",
    "a product in one text": f"SELECT (GROUP_CONCAT(?c) AS ?all) {{ {_ALL} }}",
    "a product by OPTIONAL": f"{_COUNT} {{ ?a :name ?b OPTIONAL {{ ?c :name ?d }} ?e :x* ?f }}",
    "a text that REPLACE grows": _grown(),
    "a text doubled 40 times": _doubled(40),
    "a text doubled 900 times": _doubled(900),
    "a hash of a huge text": _doubled(30, "SHA512"),
    "a text doubled in every row": "SELECT (STRLEN(GROUP_CONCAT(?x)) AS ?n) { "
    + _PAIRS
    + " BIND(CONCAT(?b,?b,?b,?b,?d,?d,?d,?d) AS ?x) }",
}
_HARMLESS: Final = {
    "nested quantifiers": _matched("^(a+)+$", f"{_LONG}!"),
    "alternatives that overlap": _matched("^(a|a|aa)*$", f"{_LONG}!"),
    "a count of counts": _matched("((a{1,1000}){1,1000}){1,1000}"),
    "a pattern of many parts": _matched("(a|b)?" * 5_000),
    "a pattern of many brackets": _matched("(" * 9_000 + ")" * 9_000),
    "a text encoded again and again": "SELECT (STRLEN(?x) AS ?n) { BIND("
    + "ENCODE_FOR_URI(" * 60
    + "'%'"
    + ")" * 60
    + " AS ?x) }",
    "a number out of range": "SELECT (99999999999999999999 * 99999999999999999999 AS ?x) {}",
    "a hundred graphs": "SELECT * "
    + "".join(f"FROM <http://hostile.test/g/{n}>" for n in range(100))
    + "{ ?s ?p ?o }",
    "a hundred named graphs": "SELECT * "
    + "".join(f"FROM NAMED <http://hostile.test/g/{n}>" for n in range(100))
    + "{ GRAPH ?g { ?s ?p ?o } }",
    "a quarrel over one variable": "SELECT * { BIND(1 AS ?x) FILTER(?x = ?y || !BOUND(?y)) }",
}
_CUT: Final = {
    "a distinct product": f"SELECT DISTINCT ?a ?d ?g {{ {_ALL} }}",
    "a product that is read": f"SELECT * {{ {_ALL} }}",
}


def _all(queries: Mapping[str, str], outcome: str, told: str) -> tuple[Attack, ...]:
    return tuple(query(name, PREFIX + said, outcome, told) for name, said in queries.items())


ATTACKS: Final = (
    *_all(_SLOW, ENDED, "than"),
    *_all(_GREEDY, ENDED, "was ended"),
    *_all(_HARMLESS, "200", ""),
    *_all(_CUT, "200, cut", ""),
)
