"""IRIs follow from content alone: equal for what is the same, apart for what is not."""

import unicodedata
from hashlib import sha256
from itertools import pairwise
from random import Random

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pyoxigraph import BaseDirection, Literal, NamedNode

from onrecord.errors import BadInput
from ontology import term
from ontology.digests import digest, prefixed_fields
from ontology.identity import (
    Mint,
    Qualifier,
    SpelledPairs,
    Term,
    normalised,
    spelled,
    spelled_pairs,
)

MINT = Mint()
BOAT = NamedNode("https://example.org/boat")
HAS = term("removedCount")
TWO = Literal(2)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
iris = st.from_regex(r"[a-z]{1,6}", fullmatch=True).map(
    lambda tail: NamedNode(f"https://example.org/{tail}")
)
literals = st.one_of(
    texts.map(Literal),
    st.integers().map(Literal),
    texts.map(lambda text: Literal(text, language="en")),
    st.dates().map(lambda day: Literal(day.isoformat(), datatype=term("xsd:date"))),
)
terms: st.SearchStrategy[Term] = st.one_of(iris, literals)
words = st.sampled_from([term(word) for word in ("platform", "comparator", "atTime", "scope")])
qualifiers: st.SearchStrategy[list[Qualifier]] = st.lists(st.tuples(words, terms), max_size=5)
chains = st.lists(iris, min_size=1, max_size=4)


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def taken_apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@given(st.lists(texts), st.lists(texts))
@example(["ab", "c"], ["a", "bc"])
@example(["1:a"], ["a"])
@example(["", "a"], ["a", ""])
@example(["a"], ["a", ""])
def test_digest_keeps_its_parts_apart(first: list[str], second: list[str]) -> None:
    same = [composed(part) for part in first] == [composed(part) for part in second]
    assert (digest(*first) == digest(*second)) == same


@pytest.mark.parametrize(("text", "length"), [("é", 2), ("b", 1), ("b" * 1_234, 1_234)])
def test_digest_prefixes_each_part_with_its_length_in_octets(text: str, length: int) -> None:
    assert digest(text, "b") == sha256(f"{length}:{text}1:b".encode()).hexdigest()[:32]


@given(texts)
def test_digest_sees_no_difference_between_composed_and_taken_apart(text: str) -> None:
    assert digest(taken_apart(text)) == digest(composed(text))


@given(terms)
def test_normalising_twice_is_normalising_once(value: Term) -> None:
    assert normalised(normalised(value)) == normalised(value)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("7", "7"),
        ("007", "7"),
        ("+7", "7"),
        ("-07", "-7"),
        ("-0", "0"),
        ("000", "0"),
        ("9" * 5000, "9" * 5000),
        ("1_000", "1_000"),
        ("٣", "٣"),
        ("many", "many"),
    ],
    ids=lambda text: text[:5],
)
def test_integers_are_kept_plain_and_what_is_none_as_it_is(given: str, kept: str) -> None:
    found = normalised(Literal(given, datatype=term("xsd:integer")))
    assert found == Literal(kept, datatype=term("xsd:integer"))


def test_other_numbers_are_kept_as_they_are_spelled() -> None:
    half = Literal("0.50", datatype=term("xsd:decimal"))
    assert normalised(half) == half


def test_language_is_lowered_and_direction_is_kept() -> None:
    found = normalised(Literal("x", language="EN-gb", direction=BaseDirection.RTL))
    assert found == Literal("x", language="en-gb", direction=BaseDirection.RTL)


@given(iris, iris, terms, qualifiers, st.randoms(use_true_random=False))
def test_claim_does_not_depend_on_the_order_of_its_qualifiers(
    subject: NamedNode,
    predicate: NamedNode,
    found: Term,
    pairs: list[Qualifier],
    chance: Random,
) -> None:
    other = sorted(pairs, key=lambda _: chance.random())
    repeated = [*other, *pairs]
    assert MINT.claim(subject, predicate, found, pairs) == MINT.claim(
        subject, predicate, found, repeated
    )


@given(qualifiers)
def test_spelled_pairs_say_what_their_terms_say(pairs: list[Qualifier]) -> None:
    told = SpelledPairs.of((str(key), spelled(value)) for key, value in pairs)
    assert set(told) == {(key, normalised(value)) for key, value in pairs}
    assert list(spelled_pairs(told)) == list(spelled_pairs(pairs))


@given(iris, iris, terms, qualifiers, iris, iris, terms, qualifiers)
def test_claims_share_an_iri_only_when_they_say_the_same(
    s1: NamedNode, p1: NamedNode, o1: Term, q1: list[Qualifier],
    s2: NamedNode, p2: NamedNode, o2: Term, q2: list[Qualifier],
) -> None:  # fmt: skip
    first = (s1, p1, normalised(o1), {(key, normalised(value)) for key, value in q1})
    second = (s2, p2, normalised(o2), {(key, normalised(value)) for key, value in q2})
    assert (MINT.claim(s1, p1, o1, q1) == MINT.claim(s2, p2, o2, q2)) == (first == second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Literal("2"), Literal(2)),
        (Literal("two"), Literal("two", language="en")),
        (Literal("two", language="en"), Literal("two", language="fr")),
        (NamedNode("https://example.org/a"), Literal("https://example.org/a")),
        (Literal("2019", datatype=term("xsd:gYear")), Literal(2019)),
    ],
    ids=["type", "language", "other language", "kind of node", "kind of number"],
)
def test_claims_differ_by_the_kind_of_their_object(first: Term, second: Term) -> None:
    assert MINT.claim(BOAT, HAS, first) != MINT.claim(BOAT, HAS, second)


def test_claim_is_named_by_its_sorted_content_in_every_process() -> None:
    names = ["platform", "comparator", "atTime", "scope", "region", "via"]
    pairs = [(term(name), Literal(name)) for name in names]
    parts = [part for name in sorted(names) for part in (str(term(name)), f'"{name}"')]
    known = digest("claim", str(BOAT), str(HAS), str(TWO), *parts)
    assert MINT.claim(BOAT, HAS, TWO, pairs).value == f"{MINT.base}claim/{known}"


def test_qualifier_is_not_taken_for_another_or_for_the_object() -> None:
    exact, at = (term("comparator"), term("exact")), (term("atTime"), Literal("2019"))
    every = [
        MINT.claim(BOAT, HAS, TWO),
        MINT.claim(BOAT, HAS, TWO, [exact]),
        MINT.claim(BOAT, HAS, TWO, [at]),
        MINT.claim(BOAT, HAS, TWO, [exact, at]),
        MINT.claim(BOAT, HAS, TWO, [(exact[0], at[1]), (at[0], exact[1])]),
    ]
    assert len(set(every)) == len(every)


@given(iris, st.sampled_from(["Assertion", "Denial"]), chains, st.integers(0, 99))
def test_attestation_differs_by_stance_chain_and_place(
    claim: NamedNode, stance: str, chain: list[NamedNode], start: int
) -> None:
    place = MINT.passage(BOAT, start, start + 1)
    others = [
        MINT.attestation(claim, term("Question"), chain, place),
        MINT.attestation(claim, term(stance), [*chain, BOAT], place),
        MINT.attestation(claim, term(stance), [BOAT, *chain], place),
        MINT.attestation(claim, term(stance), chain, MINT.passage(BOAT, start, start + 2)),
        MINT.attestation(MINT.claim(BOAT, HAS, claim), term(stance), chain, place),
    ]
    assert MINT.attestation(claim, term(stance), chain, place) not in others
    assert MINT.attestation(claim, term(stance), iter(chain), place) not in others


@given(chains)
def test_attestation_depends_on_the_order_of_its_chain(chain: list[NamedNode]) -> None:
    there, back = (
        MINT.attestation(BOAT, term("Denial"), links, BOAT) for links in (chain, chain[::-1])
    )
    assert (there == back) == (chain == chain[::-1])


@given(st.binary(max_size=64), st.binary(max_size=64))
def test_document_is_its_bytes(first: bytes, second: bytes) -> None:
    assert (MINT.document(first) == MINT.document(second)) == (first == second)
    known = sha256(first).hexdigest()
    assert MINT.document(first) == MINT.document_of_sha256(known.upper())
    assert MINT.document(first).value.endswith(f"/doc/{known}")


@pytest.mark.parametrize("digits", ["", "abc", "x" * 64, "a" * 65, f"{'a' * 63} ", "a b"])
def test_document_is_not_named_by_what_is_no_hash(digits: str) -> None:
    with pytest.raises(BadInput, match="not a SHA-256 hash"):
        MINT.document_of_sha256(digits)


@given(st.integers(0, 9**9), st.integers(0, 9**9))
def test_passage_is_a_fragment_of_rfc_5147(start: int, end: int) -> None:
    assert MINT.passage(BOAT, start, end).value == f"{BOAT.value}#char={start},{end}"


fields = st.lists(st.tuples(texts, texts), max_size=5, unique_by=lambda pair: composed(pair[0]))


def record(dataset: str, key: str, cells: list[tuple[str, str]]) -> str:
    return MINT.record_as_spelled(dataset, key, prefixed_fields(cells))


@given(texts, texts, fields, st.randoms(use_true_random=False))
def test_record_does_not_depend_on_the_order_of_its_columns(
    dataset: str, key: str, cells: list[tuple[str, str]], chance: Random
) -> None:
    other = sorted(cells, key=lambda _: chance.random())
    apart = [(taken_apart(name), taken_apart(cell)) for name, cell in other]
    assert record(dataset, key, cells) == record(dataset, key, apart)


@given(texts, texts, fields)
def test_record_depends_on_data_set_key_and_each_cell(
    dataset: str, key: str, cells: list[tuple[str, str]]
) -> None:
    assume(cells)
    (name, cell), *rest = cells
    others = {
        record(f"{dataset}x", key, cells),
        record(dataset, f"{key}x", cells),
        record(dataset, key, [(name, f"{cell}x"), *rest]),
        record(dataset, key, rest),
    }
    assert len(others | {record(dataset, key, cells)}) == 5


def test_run_is_known_by_loader_and_moment() -> None:
    moments = ["20260101T000000.000001Z", "20260101T000000.000002Z"]
    runs = [MINT.run(loader, moment) for loader in ("case", "claims") for moment in moments]
    assert len(set(runs)) == 4
    assert MINT.run("case", moments[0]) == runs[0]


@given(st.lists(texts, min_size=2, max_size=4))
def test_activity_keeps_its_parts_in_order(parts: list[str]) -> None:
    turned = [*parts[1:], parts[0]]
    same = [*map(composed, parts)] == [*map(composed, turned)]
    assert (MINT.activity("judgement", *parts) == MINT.activity("judgement", *turned)) == same
    assert MINT.activity("judgement", *parts) != MINT.activity("withdrawal", *parts)


def test_kinds_of_iri_never_meet() -> None:
    every = [
        MINT.claim(BOAT, HAS, TWO),
        MINT.attestation(BOAT, HAS, [BOAT], BOAT),
        MINT.document(b""),
        NamedNode(record("", "", [])),
        MINT.account("telegram", handle="boat"),
        MINT.hashtag("boat"),
        MINT.named("org", "boat"),
        MINT.run("boat", ""),
        MINT.activity("withdrawal", "boat"),
    ]
    kinds = [iri.value.removeprefix(MINT.base).partition("/")[0] for iri in every]
    assert all(first != second for first, second in pairwise(sorted(kinds)))


def test_every_iri_stands_under_the_base_which_ends_in_a_slash() -> None:
    assert (
        Mint("https://example.org/").hashtag("boat").value == "https://example.org/hashtag/boat"
    )
    with pytest.raises(BadInput, match="has to end in a slash"):
        Mint("https://example.org")
