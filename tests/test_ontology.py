"""What each word must say of itself, and that the reference page says it too."""

import re
from pathlib import Path
from typing import Final

import pytest
from rdflib import BNode, Literal
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from onrecord.errors import UnknownWord
from ontology import FOLDER, PREFIXES, term
from ontology.__main__ import PAGE, page
from tests.words import HOME, REC, concepts, graph, minted, used_in, words

LAYERS: Final = {REC.evidence, REC.claimed, REC.derived, REC.thing, REC.meta}
# Words that accuse, attribute or deny; each must say how it may not be read.
GRAVE: Final = """
    Allegation Denial Question Retraction DeclinedComment EnforcementAction Network accusedOf
    admitted backs belongsTo closed deniedBy allegedBy forced fuelled insulted orchestrated
    posedAs removed status accepted singleSource disputed contradicted unsupported suspended
    takenDownOn targeted
"""


def name_of(path: Path) -> str:
    return path.stem


def strengths() -> set[Node]:
    return set(words().subjects(SKOS.inScheme, REC.AttributionStrength))


def test_every_word_has_one_label_and_a_home() -> None:
    for word in set(words().subjects()) - {HOME}:
        assert len(set(words().objects(word, RDFS.label))) == 1, word
        assert len(set(words().objects(word, RDFS.isDefinedBy))) == 1, word


def test_every_minted_word_is_at_home_here_and_has_one_definition() -> None:
    for word in minted():
        assert words().value(word, RDFS.isDefinedBy) == HOME, word
        assert len(set(words().objects(word, SKOS.definition))) == 1, word


def test_a_definition_is_one_english_sentence() -> None:
    for definition in words().objects(None, SKOS.definition):
        assert isinstance(definition, Literal)
        assert definition.language == "en"
        assert re.fullmatch(r"[A-Z][^.]*\.", definition), definition


def test_every_minted_word_says_why_or_is_a_concept_of_a_scheme_that_does() -> None:
    for word in minted():
        homes = {word, *words().objects(word, SKOS.inScheme)}
        assert any(words().value(home, REC.why) for home in homes), word


def test_every_minted_word_has_its_layer_or_is_a_concept() -> None:
    for word in minted() - concepts():
        layers = set(words().objects(word, REC.layer))
        assert layers, word
        assert layers <= LAYERS, word


def test_every_reused_word_says_how_it_is_used() -> None:
    for word in set(words().subjects()) - minted() - {HOME}:
        assert words().value(word, SKOS.scopeNote), word


def test_every_grave_word_says_how_it_may_not_be_read() -> None:
    for word in {*(REC[name] for name in GRAVE.split()), *strengths()}:
        assert words().value(word, SKOS.scopeNote), word


def test_no_word_is_used_that_is_not_defined() -> None:
    assert used_in(words()) - set(words().subjects()) == set()


def test_words_and_schemes_have_no_blank_nodes() -> None:
    assert [node for triple in words() for node in triple if isinstance(node, BNode)] == []


def test_predicates_of_claims_entail_no_types() -> None:
    for word in words().subjects(REC.layer, REC.claimed):
        assert not words().value(word, RDFS.domain), word
        assert not words().value(word, RDFS.range), word


def test_claims_are_projected_only_to_derived_properties_or_types() -> None:
    for target in words().objects(None, REC.projectedAs):
        assert target == RDF.type or (target, REC.layer, REC.derived) in words(), target


def test_qualifiers_belong_to_evidence() -> None:
    for word in words().subjects(REC.qualifier):
        assert (word, REC.layer, REC.evidence) in words(), word


def test_term_knows_ours_and_reused_words() -> None:
    assert term("Claim").value == str(REC.Claim)
    assert term("prov:used").value == PREFIXES["prov"] + "used"


@pytest.mark.parametrize("word", ["Clam", "prov:Clam", "rec:", ""])
def test_term_refuses_what_nobody_defined(word: str) -> None:
    with pytest.raises(UnknownWord, match=repr(word)):
        term(word)


@pytest.mark.parametrize("path", sorted((FOLDER / "schemes").glob("*.ttl")), ids=name_of)
def test_a_scheme_file_holds_one_scheme_of_its_name_and_its_concepts(path: Path) -> None:
    read = graph(path)
    [scheme] = read.subjects(RDF.type, SKOS.ConceptScheme)
    assert str(scheme) == str(REC) + path.stem.replace("-", " ").title().replace(" ", "")
    assert set(read.objects(None, SKOS.inScheme)) == {scheme}
    assert set(read.subjects(SKOS.inScheme)) == set(read.subjects(RDF.type, SKOS.Concept))


def test_every_concept_is_in_one_scheme_under_one_label() -> None:
    for concept in concepts():
        assert len(set(words().objects(concept, SKOS.inScheme))) == 1, concept
        assert len(set(words().objects(concept, SKOS.prefLabel))) == 1, concept


def test_no_concept_bears_the_name_of_a_property_or_class() -> None:
    meant = strengths() | set(words().subjects(SKOS.inScheme, REC.Stance))
    sorts = OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property
    others = {word for sort in sorts for word in words().subjects(RDF.type, sort)}
    assert concepts() & others == meant


def test_every_stance_is_a_class_of_attestations() -> None:
    classes = set(words().subjects(RDFS.subClassOf, REC.Attestation))
    assert set(words().subjects(SKOS.inScheme, REC.Stance)) == classes


def test_attribution_strengths_are_totally_ordered() -> None:
    ranks = [words().value(strength, REC["rank"]) for strength in strengths()]
    assert sorted(int(str(rank)) for rank in ranks) == list(range(1, len(ranks) + 1))
    assert set(words().objects(REC.attributionStrengths, SKOS.member)) == strengths()


def test_attribution_strengths_are_renderings_and_never_functional() -> None:
    for strength in strengths():
        assert (strength, REC.renderings, Literal(True)) in words()
        assert (strength, REC.oneValuePerSlot, Literal(True)) not in words()


def test_the_reference_page_is_fresh() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `python -m ontology`"


def test_the_reference_page_has_every_word() -> None:
    spoken = page()
    for word in set(words().subjects()) - {HOME, REC.attributionStrengths}:
        assert f"{local(str(word))}`" in spoken or f"{local(str(word))}\n" in spoken, word


def local(iri: str) -> str:
    return re.split("[#/]", iri)[-1]
