"""The JSON-LD context: keys that read well, name only words, and lose nothing."""

import json
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic

from ontology import FOLDER, PREFIXES
from tests.words import REC, graph, minted, words

CONTEXT: Final = json.loads((FOLDER / "context.jsonld").read_text("utf-8"))["@context"]
EXAMPLES: Final = sorted((FOLDER / "examples").glob("*/*.ttl"))


def name_of(path: Path) -> str:
    return path.stem


def compact(path: Path) -> str:
    return graph(path).serialize(format="json-ld", context=CONTEXT)


def keys() -> dict[str, str]:
    """Return what each key of the context stands for, in full."""
    return {
        key: full(said["@id"] if isinstance(said, dict) else said)
        for key, said in CONTEXT.items()
        if not key.startswith("@") and key not in PREFIXES
    }


def full(curie: str) -> str:
    prefix, _, local = curie.rpartition(":")
    return PREFIXES.get(prefix, "") + local


def test_the_context_names_only_words() -> None:
    meant = {URIRef(iri) for iri in keys().values() if not iri.startswith("@")}
    assert meant <= set(words().subjects())


def test_the_context_and_the_house_agree_on_prefixes() -> None:
    said = {key: iri for key, iri in CONTEXT.items() if key in PREFIXES}
    assert said.items() <= PREFIXES.items()


def test_no_key_of_the_context_hides_another_word_of_ours() -> None:
    hidden = {
        key for key, iri in keys().items() if REC[key] in minted() and iri != str(REC[key])
    }
    assert hidden == set()


# rdflib 7 builds the class it deprecates whenever it reads JSON-LD.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("path", EXAMPLES, ids=name_of)
def test_an_example_survives_json_and_back(path: Path) -> None:
    assert isomorphic(Graph().parse(data=compact(path), format="json-ld"), graph(path))


@pytest.mark.parametrize("path", EXAMPLES, ids=name_of)
def test_another_reader_of_json_understands_the_same(path: Path) -> None:
    said = {quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)}
    assert {quad.triple for quad in parse(compact(path), format=RdfFormat.JSON_LD)} == said


def test_compact_json_reads_well() -> None:
    nodes = json.loads(compact(FOLDER / "examples" / "valid" / "denial.ttl"))["@graph"]
    denial = next(node for node in nodes if "Denial" in node["type"])
    assert denial["mode"] == "denied"
    assert denial["depth"] == 3
    assert denial["claim"] == "https://example.org/claim/1"
    claim = next(node for node in nodes if node["id"] == denial["claim"])
    assert claim["predicate"] == "operatedBy"
