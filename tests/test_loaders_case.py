"""A case: one folder, one named unit, of which every piece knows that it belongs to it."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from loaders import articles, case, claims
from loaders.evidence import name_of
from loaders.given import Given
from loaders.records import (
    Attestation,
    Document,
    Entry,
    IdentityJudgement,
    ImplicationJudgement,
    Record,
    Skipped,
)
from onrecord.errors import BadInput
from ontology import term
from ontology.digests import prefixed_fields
from ontology.identity import Mint
from tests.harbour import (
    GIVEN,
    HARBOUR,
    MINT,
    TEXTS,
    WITH_TEXTS,
    Evidence,
    copied,
    lines,
    named,
    of_row,
    quarantined,
    told,
)

CASE = MINT.named("case", "harbour")


def loaded(path: Path = HARBOUR, given: Given = WITH_TEXTS) -> list[Record]:
    return list(case.load(path, given))


def ids(records: list[Record]) -> set[NamedNode]:
    """Return the names of attestations."""
    return {name_of(record, MINT) for record in records if isinstance(record, Attestation)}


def curated(key: str) -> list[str]:
    """Return what the curator says of a thing, but for who says it of what."""
    found = [
        told(record).removeprefix(f"{key} ")
        for record in claims.load(HARBOUR / "claims.csv", GIVEN)
        if isinstance(record, Attestation)
        and isinstance(record.place, Entry)
        and named(record.claim.subject) == key
    ]
    return [said.replace("; Assertion asserted; sample-analyst at 0", "") for said in found]


def test_case_holds_everything_that_its_files_say() -> None:
    records = loaded()
    assert quarantined(records) == []
    assert [record for record in records if isinstance(record, Skipped)] == [
        Skipped("claims.csv", "H17")
    ]
    for loader, name in (
        (claims, "claims.csv"),
        (claims, "claims.jsonl"),
        (articles, "documents/gazette.yaml"),
    ):
        assert ids(list(loader.load(HARBOUR / name, WITH_TEXTS))) <= ids(records)


def test_each_attestation_and_judgement_belongs_to_the_case() -> None:
    belonging = (Attestation, IdentityJudgement, ImplicationJudgement)
    for record in loaded():
        if isinstance(record, belonging):
            assert record.details.count((term("case"), CASE)) == 1


def test_every_file_of_the_case_is_a_document() -> None:
    found = {name_of(record, MINT) for record in loaded() if isinstance(record, Document)}
    files = [path for path in HARBOUR.rglob("*") if path.is_file()]
    assert found == {MINT.document(path.read_bytes()) for path in files}
    assert len(found) == 10


def test_manifest_says_what_the_case_is() -> None:
    records = [
        record
        for record in loaded()
        if isinstance(record, Attestation) and record.claim.subject == CASE
    ]
    assert [(named(said.claim.predicate), named(said.claim.object)) for said in records] == [
        ("rdf:type", "Case"),
        ("name", "The harbour pages"),
        ("dcterms:description", "Invented for the tests; shows each oddity of a case once."),
        ("dcterms:license", "CC0 1.0"),
        ("schema:dateCreated", "2021-06-01"),
    ]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("platform", ["rdf:type org:Organization", "name Platform Sample", "alias Sample",
                      "alias Sample, Inc."]),
        ("guild", ["rdf:type org:Organization", "name The Harbour Guild",
                   "skos:exactMatch http://www.wikidata.org/entity/Q4115189"]),
        ("beacon", ["rdf:type Outlet", "name Beacon Sample", "ownedBy platform"]),
        ("radio", ["rdf:type Outlet", "name Radio Sample", "rdf:type UnnamedSpeaker"]),
        ("guild-sources", ["rdf:type UnnamedSpeaker", "name Sources in the Guild",
                           "speaksFor guild"]),
        ("pages", ["rdf:type AssetSet", "name The removed pages", "dcterms:isPartOf assets"]),
        ("removal", ["rdf:type EnforcementAction", "name The removal",
                     "sem:hasTimeStamp 2021-05-02; timeBasis inferred"]),
        ("gull", ["rdf:type Account", "name @gull_sample", "handle gull_sample",
                  "onPlatform telegram"]),
        ("numbered", ["rdf:type Account", "name Account 7001", "dcterms:identifier 7001",
                      "onPlatform telegram"]),
        ("wire-report", ["rdf:type CitedWork", "name The wire's report",
                         "schema:datePublished 2021-05; timeBasis sidecar",
                         "schema:publisher wire"]),
    ],
)  # fmt: skip
def test_each_name_type_and_tie_of_a_thing_is_a_claim_of_the_curator(
    key: str, said: list[str]
) -> None:
    assert curated(key) == said


def test_every_statement_of_a_case_file_stands_in_it() -> None:
    texts = {
        MINT.document(path.read_bytes()): path.read_text(encoding="utf-8")
        for path in HARBOUR.rglob("*.*")
    }
    for record in loaded():
        if isinstance(record, Evidence) and not isinstance(record, Document):
            place = record.place.passage
            own = texts[place.document][place.start : place.end]
            assert own == own.strip()
            if isinstance(record.place, Entry):
                assert record.place.fields == prefixed_fields([(record.place.key, own)])


def test_comment_after_a_judgement_is_no_part_of_it() -> None:
    (judgement,) = [record for record in loaded() if isinstance(record, ImplicationJudgement)]
    assert judgement.place.fields.endswith(b"controls them.")
    assert judgement.because == "Who has its staff behind the pages controls them."


def test_judgements_name_what_they_judge() -> None:
    records = loaded()
    (same,) = [record for record in records if isinstance(record, IdentityJudgement)]
    (implied,) = [record for record in records if isinstance(record, ImplicationJudgement)]
    assert (named(same.first), named(same.second)) == ("gull", "numbered")
    assert (named(same.verdict), named(same.judge)) == ("different", "sample-analyst")
    assert (same.on, same.because) == ("2021-06-01", "Nothing ties the two.")
    (premise,), (consequence,) = of_row(records, "H07"), of_row(records, "H08")
    assert (implied.premise, implied.consequence) == (premise.claim, consequence.claim)


def test_evidence_has_no_blank_nodes_and_stands_under_its_base() -> None:
    mint = Mint("https://example.org/")
    found = lines(loaded(given=Given(mint, texts=TEXTS)), mint)
    assert found
    assert not any("_:" in line.partition('"')[0] for line in found)
    assert all(line.startswith("<https://example.org/") for line in found)


@pytest.mark.parametrize("way", ["another folder", "from within", "through a link"])
def test_case_is_the_same_wherever_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    folder = copied(tmp_path, "renamed")
    if way == "from within":
        monkeypatch.chdir(folder)
        folder = Path()
    elif way == "through a link":
        (tmp_path / "link").symlink_to(folder)
        folder = tmp_path / "link"
    assert lines(loaded(folder)) == lines(loaded())
    assert ids(list(claims.load(folder / "claims.csv", GIVEN))) <= ids(loaded())


def test_order_of_things_lists_and_judgements_does_not_matter(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    things = (folder / "things.yaml").read_text(encoding="utf-8").splitlines()
    head, rest = things[:3], things[3:]
    single = [line for line in rest if "{kind:" in line]
    others = [line for line in rest if line not in single]
    turned = "\n".join([*head, *others, *single[::-1]])
    turned = turned.replace('[Sample, "Sample, Inc."]', '["Sample, Inc.", Sample]')
    (folder / "things.yaml").write_text(turned, encoding="utf-8")
    assert ids(loaded(folder)) == ids(loaded())


def test_bundled_case_goes_by_its_name_alone(tmp_path: Path) -> None:
    assert loaded(Path("pakistan-april-2019"), GIVEN)
    with pytest.raises(BadInput, match="or a bundled one: pakistan-april-2019"):
        loaded(tmp_path / "pakistan-april-2019")
    with pytest.raises(BadInput, match="april: no such folder"):
        loaded(Path("april"))
    with pytest.raises(BadInput, match=r"has no case\.yaml"):
        loaded(tmp_path)
