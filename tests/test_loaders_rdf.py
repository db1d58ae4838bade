"""RDF of others and of ours: what is evidence, what is kept apart, and what is refused."""

import json
import re
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from loaders.given import Given, Terms
from loaders.records import Fate, Foreign, PassedOver
from onrecord.errors import BadInput, ShapeViolation
from onrecord.export import export
from onrecord.ingest import ingest
from onrecord.loads import Report
from onrecord.standing import DEFAULT
from onrecord.store import GenerationStore
from onrecord.withdraw import withdraw
from ontology import term
from ontology.identity import Mint
from tests.loading import Read, Sample, read
from tests.sayings import lines

DATA: Final = Path(__file__).with_name("data")
MIXED: Final = DATA / "rdf" / "harbour-mixed.trig"
BY_HAND: Final = DATA / "rdf" / "harbour-evidence.jsonld"
STAFF: Final = DATA / "rdf" / "harbour-staff.rdf"
DESK: Final = Given(terms=Terms(publisher="Harbour Desk"))
MINT: Final = Mint()
CRANES: Final = NamedNode("https://w3id.org/onrecord/network/cranes")
STAR: Final = "<http://e/a> <http://e/b> "


@pytest.fixture(scope="module")
def mixed() -> Read:
    return read(Sample("rdf", MIXED, DESK))


def load(store: GenerationStore, path: Path, given: Given = DESK) -> Report:
    return ingest(store, "rdf", path, given)


def graphs(store: GenerationStore) -> set[NamedNode]:
    """Return the source graphs that are there and hold something."""
    with store.read() as snapshot:
        found = snapshot.quads(None, term("rdf:type"), term("SourceGraph"), DEFAULT)
        nodes = {quad.subject for quad in found}
        return {
            node
            for node in nodes
            if isinstance(node, NamedNode) and any(snapshot.quads(None, None, None, node))
        }


def kept(found: Read) -> list[str]:
    """Return the statements that are kept apart."""
    foreign = (one for one in found.records if isinstance(one, Foreign))
    return sorted(str(statement) for one in foreign for statement in one.statements)


def written(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def exported(store: GenerationStore, path: Path, format: str) -> Path:
    with store.read() as snapshot, path.open("wb") as file:
        export(snapshot, file, format)
    return path


@pytest.mark.parametrize(
    ("format", "suffix"),
    [
        ("nquads", "nq"),
        ("trig", "trig"),
        ("jsonld", "jsonld"),
        ("turtle", "ttl"),
        ("ntriples", "nt"),
    ],
)
def test_what_was_exported_loads_as_it_was(tmp_path: Path, format: str, suffix: str) -> None:
    first = GenerationStore(tmp_path / "first")
    ingest(first, "case", DATA / "harbour", Given())
    ingest(first, "stix", DATA / "stix" / "harbour.json", Given())
    path = exported(first, tmp_path / f"dump.{suffix}", format)
    second = GenerationStore(tmp_path / "second")
    report = load(second, path, Given())
    assert not report.quarantined
    file = MINT.document(path.read_bytes()).value
    assert {line for line in lines(second) if file not in line} == lines(first)
    assert load(second, path, Given()).generation is None


def test_a_dump_loaded_where_it_is_from_changes_no_evidence(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path / "data")
    ingest(store, "case", DATA / "harbour", Given())
    before = lines(store)
    path = exported(store, tmp_path / "dump.nq", "nquads")
    report = load(store, path, Given())
    file = MINT.document(path.read_bytes()).value
    assert report.new == 1  # the file itself
    assert {line for line in lines(store) if file not in line} == before


def test_evidence_of_a_record_with_another_base_is_named_anew(tmp_path: Path) -> None:
    first, other = GenerationStore(tmp_path / "first"), Mint("https://other.example/")
    ingest(first, "case", DATA / "harbour", Given(mint=other))
    path = exported(first, tmp_path / "dump.nq", "nquads")
    second = GenerationStore(tmp_path / "second")
    assert not load(second, path, Given()).quarantined
    for word in ("Attestation", "Claim", "Judgement", "Passage"):
        there, here = nodes(first, word), nodes(second, word)
        assert len(there) == len(here)
        assert not [one for one in here if one.startswith(other.base)]
    with second.read() as snapshot:
        objects = {quad.object for quad in snapshot.quads(None, term("rdf:object"), None)}
    inner = {str(one).strip("<>") for one in objects if "/claim/" in str(one)}
    assert inner and inner <= nodes(second, "Claim")


def nodes(store: GenerationStore, kind: str) -> set[str]:
    with store.read() as snapshot:
        found = snapshot.quads(None, term("rdf:type"), term(kind), DEFAULT)
        return {str(quad.subject).strip("<>") for quad in found}


def test_evidence_by_hand_is_named_by_what_it_says(store: GenerationStore) -> None:
    report = load(store, BY_HAND)
    lobby = NamedNode("https://w3id.org/onrecord/org/harbour-lobby")
    claim = MINT.claim(CRANES, term("operatedBy"), lobby)
    with store.read() as snapshot:
        said = {quad.subject for quad in snapshot.quads(None, term("claim"), claim, DEFAULT)}
        (denial,) = said
        assert isinstance(denial, NamedNode)
        assert Quad(denial, term("rdf:type"), term("Denial"), DEFAULT) in snapshot
        relays = list(snapshot.quads(denial, term("relay"), None, DEFAULT))
        assert [quad.object for quad in relays] == [NamedNode(f"{denial.value}#relay1")]
    assert [one.reason for one in report.quarantined] == [
        "is a blank node, which nobody could cite; give it an IRI"
    ]


def test_evidence_that_breaks_a_shape_is_not_published(
    store: GenerationStore, tmp_path: Path
) -> None:
    value = json.loads(BY_HAND.read_text(encoding="utf-8"))
    value["@graph"][2]["mode"] = "guessed"
    path = written(tmp_path / "wrong.jsonld", json.dumps(value))
    with pytest.raises(ShapeViolation, match="exactly one mode"):
        load(store, path)
    assert store.generations() == []


def test_what_is_no_evidence_is_counted_by_what_it_is(mixed: Read) -> None:
    passed = {one.reason: one.times for one in mixed.records if isinstance(one, PassedOver)}
    assert passed == {
        "is what another record says of its own runs and withdrawals": 6,
        "is derived from claims, by each record for itself": 2,
        "stands in a graph of status, which each record derives for itself": 1,
        "is of the vocabulary, which comes with onrecord": 1,
    }
    assert mixed.fates[Fate.BLANK] == sum(passed.values())


@pytest.mark.parametrize(
    "reason",
    [
        "was withdrawn in the record that it is from",
        "its IRI does not follow from what it says",
        "is no word of the vocabulary",
        "is said plainly",
        "is evidence on which nothing in the file rests",
        "is evidence in a named graph",
        "holds a triple term",
    ],
)
def test_what_is_not_taken_says_why(mixed: Read, reason: str) -> None:
    assert any(found.startswith(reason) for found in mixed.reasons)


def test_what_is_not_taken_names_a_line_that_says_it(mixed: Read) -> None:
    text = ["", *MIXED.read_text(encoding="utf-8").splitlines()]
    assert len(mixed.quarantined) > 5
    for one in mixed.quarantined:
        local = re.split("[/#]", one.column)[-1]
        assert {local, "a" if local == "type" else local} & {*re.split(r"\W+", text[one.line])}


def test_an_allegation_never_becomes_an_assertion(mixed: Read) -> None:
    (said,) = mixed.saying("removedCount")
    assert said.stance == term("Allegation")
    assert dict(said.details)[term("assertedAt")].value == "2031-04"


def test_the_strictest_marking_of_an_exported_record_goes_with_it(
    store: GenerationStore,
) -> None:
    given = Given(terms=Terms(publisher="Harbour Desk", marking="TLP:GREEN"))
    report = load(store, MIXED, given)
    assert report.run
    with store.read() as snapshot:
        found = [q.object for q in snapshot.quads(report.run, term("marking"), None, DEFAULT)]
        terms = [q.object for q in snapshot.quads(report.run, term("licence"), None, DEFAULT)]
    assert set(found) == {term("tlpAmber")}
    assert set(terms) == {Literal("CC-BY-4.0")}


def test_other_vocabularies_stand_in_graphs_of_their_own(store: GenerationStore) -> None:
    report = load(store, MIXED)
    assert (report.kept, report.kept_new) == (12, 12)
    assert len(graphs(store)) == 2
    with store.read() as snapshot:
        plain = [
            quad for quad in snapshot.quads(None, None, None, DEFAULT) if "foaf" in str(quad)
        ]
        assert plain == []
        document = MINT.document(MIXED.read_bytes())
        for graph in graphs(store):
            assert Quad(graph, term("document"), document, DEFAULT) in snapshot
        name = Literal("https://harbour.example/ships")
        assert any(snapshot.quads(None, term("dcterms:identifier"), name, DEFAULT))


def test_others_own_needs_a_publisher(store: GenerationStore) -> None:
    with pytest.raises(BadInput, match="who publishes it"):
        load(store, STAFF, Given())
    assert store.generations() == []


def test_withdrawing_a_file_takes_back_its_evidence_and_its_graphs(
    store: GenerationStore,
) -> None:
    load(store, MIXED)
    before = lines(store)
    document = MINT.document(MIXED.read_bytes())
    withdraw(store, MINT, document=document, reason="a test")
    with store.read() as snapshot:
        gone = {q.subject for q in snapshot.quads(None, term("prov:invalidatedAtTime"))}
    assert graphs(store) <= gone
    assert not any("removedCount" in line for line in lines(store) if "ns#unsupported" in line)
    with store.read() as snapshot:
        said = snapshot.quads(None, term("rdf:type"), term("Allegation"), DEFAULT)
        assert {quad.subject for quad in said} <= gone
    assert load(store, MIXED).kept_new == 0
    assert lines(store) == before


def test_erasing_a_file_leaves_nothing_of_its_graphs(store: GenerationStore) -> None:
    load(store, MIXED)
    document = MINT.document(MIXED.read_bytes())
    withdraw(store, MINT, document=document, reason="an order", erase=True)
    assert graphs(store) == set()
    with store.read() as snapshot:
        left = [str(quad) for quad in snapshot.quads()]
    assert not any("Ada" in line or "harbour.example" in line for line in left)
    assert not any(
        "00112233445566778899aabbccddeeff" in line for line in left if "Document" in line
    )
    assert load(store, MIXED).kept_new == 12


def test_a_corrected_file_takes_the_place_of_its_graphs(
    store: GenerationStore, tmp_path: Path
) -> None:
    path = written(tmp_path / "x.ttl", f'{STAR}"old" .')
    load(store, path)
    (old,) = graphs(store)
    written(path, f'{STAR}"new" .')
    assert ingest(store, "rdf", path, DESK, replace=True).missing > 0
    with store.read() as snapshot:
        gone = {q.subject for q in snapshot.quads(None, term("prov:invalidatedAtTime"))}
    assert old in gone
    assert graphs(store) - gone != set()
