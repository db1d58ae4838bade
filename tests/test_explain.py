"""Explanations: from an IRI to whoever spoke, the document, the characters and the run."""

from collections.abc import Iterator

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from onrecord.errors import BadParameter, UnknownThing
from onrecord.explain import explain, named
from onrecord.store import GenerationStore, Snapshot
from onrecord.web.stars import Stars
from onrecord.withdraw import withdraw
from ontology import VOCABULARY_GRAPH, term
from ontology.flags import PROJECTED
from ontology.graphs import STATUS_GRAPHS
from ontology.identity import DEFAULT_BASE, Mint

DEFAULT = DefaultGraph()
FACEBOOK, ISPR = (NamedNode(f"{DEFAULT_BASE}org/{name}") for name in ("facebook", "ispr"))


def subjects(snapshot: Snapshot, word: str, value: NamedNode | None = None) -> list[NamedNode]:
    found = snapshot.quads(None, term(word), value, DEFAULT)
    return [quad.subject for quad in found if isinstance(quad.subject, NamedNode)]


def objects(snapshot: Snapshot, word: str) -> set[NamedNode]:
    found = snapshot.quads(None, term(word), None, DEFAULT)
    return {quad.object for quad in found if isinstance(quad.object, NamedNode)}


def lacks(stars: Stars, claim: NamedNode) -> Iterator[str]:
    """Yield what is missing between a claim and its sources."""
    said = stars.subjects("claim", claim)
    if not said:
        yield f"{claim}: no attestation"
    for node in said:
        for word in ("speaker", "document", "passage", "prov:wasGeneratedBy"):
            if not any(
                stars.star(found) or word == "speaker" for found in stars.nodes(node, word)
            ):
                yield f"{node}: no {word}"
        for document in stars.nodes(node, "document"):
            if not stars.text(document, "sha256"):
                yield f"{document}: no hash"
        for passage in stars.nodes(node, "passage"):
            if not (stars.text(passage, "oa:start") and stars.text(passage, "oa:end")):
                yield f"{passage}: no offsets"
        for run in stars.nodes(node, "prov:wasGeneratedBy"):
            if not stars.is_a(run, "LoaderRun"):
                yield f"{run}: no run"


def backing(stars: Stars, thing: NamedNode, word: NamedNode, value: object) -> list[NamedNode]:
    """Return the claims from which an annotation of a thing is drawn."""
    return [
        claim
        for claim in stars.subjects("rdf:subject", thing)
        if PROJECTED.get(stars.nodes(claim, "rdf:predicate")[0]) == word
        and value in stars.values(claim, "rdf:object")
    ]


def test_every_plain_triple_reaches_its_sources(case: Snapshot) -> None:
    plain = [quad for graph in STATUS_GRAPHS for quad in case.quads(g=graph)]
    about = {quad.subject for quad in plain if isinstance(quad.subject, NamedNode)}
    stars = {subject: Stars(explain(case, subject)) for subject in about}
    assert len(plain) > 250
    for quad in plain:
        assert isinstance(quad.subject, NamedNode)
        found = stars[quad.subject]
        claims = [
            claim
            for claim in found.subjects("about", quad.subject)
            if quad.predicate in found.values(claim, "rdf:predicate")
            and quad.object in found.values(claim, "rdf:object")
        ]
        assert claims, quad
        assert [missing for claim in claims for missing in lacks(found, claim)] == []


def test_every_name_type_role_and_principal_shown_reaches_its_sources(case: Snapshot) -> None:
    annotations = {word for word in PROJECTED.values() if isinstance(word, NamedNode)}
    things = {
        subject
        for word in ("rdf:subject", "speaker", "origin")
        for subject in objects(case, word)
        if not subject.value.startswith(f"{DEFAULT_BASE}doc/")
    }
    assert len(things) > 50
    for thing in things:
        stars = Stars(explain(case, thing))
        for node in {thing, *stars.nodes(thing, "principal")}:
            for word in annotations:
                for value in stars.star(node).get(word, []):
                    claims = backing(stars, node, word, value)
                    assert claims, f"{node} {word} {value}"
                    assert [gap for claim in claims for gap in lacks(stars, claim)] == []


def test_whoever_is_named_on_the_way_is_named_with_a_source(case: Snapshot) -> None:
    claim = next(iter(subjects(case, "rdf:predicate", term("removedCount"))))
    stars = Stars(explain(case, claim))
    speakers = {
        speaker
        for said in stars.of_class("Attestation")
        for speaker in (*stars.nodes(said, "speaker"), *stars.nodes(said, "origin"))
    }
    assert speakers
    for speaker in speakers:
        names = [
            naming
            for naming in stars.subjects("rdf:subject", speaker)
            if term("name") in stars.nodes(naming, "rdf:predicate")
        ]
        assert names, speaker
        assert [missing for naming in names for missing in lacks(stars, naming)] == []


def test_a_denial_comes_with_the_claim(case: Snapshot) -> None:
    for denial in subjects(case, "rdf:type", term("Denial")):
        (claim,) = (quad.object for quad in case.quads(denial, term("claim"), None, DEFAULT))
        assert isinstance(claim, NamedNode)
        assert denial in Stars(explain(case, claim)).subjects("claim", claim)


def test_plain_triples_are_never_part_of_an_explanation(case: Snapshot) -> None:
    explained = set(explain(case, FACEBOOK))
    plain = {quad.triple for graph in STATUS_GRAPHS for quad in case.quads(g=graph)}
    evidence = {quad.triple for quad in case.quads(g=DEFAULT)}
    assert explained <= evidence
    assert explained & (plain - evidence) == set()


@pytest.mark.parametrize(
    "word",
    [
        "claim",
        "relay",
        "document",
        "passage",
        "record",
        "prov:wasGeneratedBy",
        "case",
        "premise",
    ],
)
def test_whatever_evidence_names_can_be_explained(case: Snapshot, word: str) -> None:
    node = min(objects(case, word), key=str)
    stars = Stars(explain(case, node))
    assert stars.of_class("Attestation")
    assert stars.of_class("LoaderRun")


def test_a_judgement_is_explained_with_what_it_judges(case: Snapshot) -> None:
    for judgement in subjects(case, "rdf:type", term("IdentityJudgement")):
        stars = Stars(explain(case, judgement))
        for word in ("first", "second"):
            (end,) = stars.nodes(judgement, word)
            assert stars.subjects("rdf:subject", end)


def test_a_word_is_explained_by_the_vocabulary(case: Snapshot) -> None:
    stars = Stars(explain(case, term("disputed")))
    assert "denies it" in stars.text(term("disputed"), "skos:definition")
    assert len(explain(case, VOCABULARY_GRAPH)) > 1000


def test_what_was_cut_off_is_said(case: Snapshot) -> None:
    comments = Stars(explain(case, FACEBOOK, limit=5)).values(FACEBOOK, "rdfs:comment")
    assert [said.value for said in comments] == [
        "More than 5 claims speak of it or come from it, and not all are shown. "
        "Ask /sparql for all."
    ]
    assert Stars(explain(case, FACEBOOK)).values(FACEBOOK, "rdfs:comment") == []


def test_an_unknown_thing_is_told_apart_from_an_empty_one(case: Snapshot) -> None:
    with pytest.raises(UnknownThing, match="org/nobody: the record says nothing"):
        explain(case, NamedNode(f"{DEFAULT_BASE}org/nobody"))


def test_a_withdrawn_attestation_stays_with_the_reason(case_store: GenerationStore) -> None:
    with case_store.read() as snapshot:
        publisher = next(iter(snapshot.quads(None, term("schema:publisher"), None, DEFAULT)))
    document = publisher.subject
    assert isinstance(document, NamedNode)
    withdraw(case_store, Mint(), document=document, reason="a trial")
    with case_store.read() as snapshot:
        stars = Stars(explain(snapshot, document))
    gone = [n for n in stars.of_class("Attestation") if stars.nodes(n, "prov:wasInvalidatedBy")]
    assert gone
    (act,) = {act for node in gone for act in stars.nodes(node, "prov:wasInvalidatedBy")}
    assert stars.text(act, "reason") == "a trial"


@pytest.mark.parametrize(
    ("typed", "iri"),
    [
        ("https://example.org/x", "https://example.org/x"),
        ("org/ispr", f"{DEFAULT_BASE}org/ispr"),
        ("/org/ispr", f"{DEFAULT_BASE}org/ispr"),
        ("rec:disputed", "https://w3id.org/onrecord/ns#disputed"),
        ("doc/ab#char=0,58", f"{DEFAULT_BASE}doc/ab#char=0,58"),
        ("account/x/a:b", f"{DEFAULT_BASE}account/x/a:b"),
    ],
)
def test_an_iri_may_be_typed_short(typed: str, iri: str) -> None:
    assert named(typed, DEFAULT_BASE) == NamedNode(iri)


def test_what_is_no_iri_is_refused() -> None:
    with pytest.raises(BadParameter, match="not an IRI"):
        named("org/a b<c>", DEFAULT_BASE)


def test_an_explanation_holds_only_what_the_store_holds(case: Snapshot) -> None:
    for triple in explain(case, ISPR):
        assert isinstance(triple, Triple)
        assert Quad(triple.subject, triple.predicate, triple.object, DEFAULT) in case
