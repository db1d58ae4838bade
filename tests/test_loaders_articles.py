"""Texts and their sidecars: what the text does not say is claimed, what it does is checked."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from loaders import articles
from loaders.articles import Article
from loaders.given import Given
from loaders.records import Attestation, Document, Entry, HeldText, Record
from loaders.things import Things
from loaders.tree import Tree
from onrecord.errors import BadInput, TextMismatch
from ontology.digests import prefixed_fields
from tests.harbour import (
    GIVEN,
    HARBOUR,
    MINT,
    TEXTS,
    WITH_TEXTS,
    alone,
    changed,
    copied,
    lines,
    named,
    told,
)

GAZETTE = HARBOUR / "documents" / "gazette.yaml"
BEACON = HARBOUR / "documents" / "beacon.json"
TEXT = (TEXTS / "gazette.txt").read_text(encoding="utf-8")


def loaded(path: Path = GAZETTE, given: Given = WITH_TEXTS) -> list[Record]:
    return list(articles.load(path, given))


def article(path: Path = GAZETTE, given: Given = WITH_TEXTS) -> Article:
    things = Tree.read(HARBOUR / "things.yaml", "harbour/things.yaml")
    return articles.read(path, Things(things, given))


def of(path: Path, records: list[Record]) -> list[Attestation]:
    """Return what a sidecar itself says."""
    dataset = f"harbour/{path.name}"
    return [
        record
        for record in records
        if isinstance(record, Attestation)
        and isinstance(record.place, Entry)
        and record.place.dataset == dataset
    ]


def test_sidecar_says_what_the_text_does_not() -> None:
    said = [told(found) for found in of(GAZETTE, loaded())]
    me = "Assertion asserted; sample-analyst at 0"
    part = MINT.passage(MINT.document(TEXT.encode()), 551, 648).value.removeprefix(MINT.base)
    assert said == [
        f"H name The Gazette on the harbour pages; {me}",
        f"H schema:headline Pages not run by the Guild 🐟🐟; {me}",
        f"H rdf:type schema:NewsArticle; {me}",
        f"H schema:publisher gazette; {me}",
        f"H schema:author ada-sample; {me}",
        f"H wireCredit wire; {me}",
        f"H prov:wasDerivedFrom wire-report; {me}",
        f"H schema:datePublished 2021-05-07; {me}; "
        "timeBasis sidecar, note Invented, like the rest.",
        f"H schema:inLanguage en; {me}",
        f"H dcterms:license CC0 1.0; {me}",
        f"H textPolicy keepText; {me}",
        f"{part} prov:wasQuotedFrom wire-report; {me}; because The numbers are the wire's.",
    ]


def test_sidecar_may_be_json_and_its_date_only_a_month() -> None:
    (date,) = [said for said in of(BEACON, loaded(BEACON)) if "datePublished" in told(said)]
    assert told(date) == (
        "B schema:datePublished 2021-05; Assertion asserted; sample-analyst at 0; "
        "timeBasis sidecar"
    )
    label = of(BEACON, loaded(BEACON))[0].claim.object
    assert label.value == "The Beacon 🐟 on the pages"


@pytest.mark.parametrize("path", [GAZETTE, BEACON], ids=lambda path: path.name)
def test_every_statement_of_a_sidecar_stands_in_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for said in of(path, loaded(path)):
        assert isinstance(said.place, Entry)
        place = said.place.passage
        own = text[place.start : place.end]
        assert said.place.fields == prefixed_fields([(said.place.key, own)])
        assert place.document == MINT.document(path.read_bytes())
        assert yaml.safe_load(own) or json.loads(own)


def test_document_says_only_what_its_bytes_say_and_how_it_is_divided() -> None:
    content = TEXT.encode()
    (document,) = {found for found in loaded() if isinstance(found, Document) and found.parts}
    assert document == Document(
        sha256(content).hexdigest(), len(content), "text/plain", len(TEXT), document.parts
    )
    assert [(named(part.kind), TEXT[part.start : part.end][:9]) for part in document.parts] == [
        ("headline", "Pages not"),
        ("standfirst", "Six harbo"),
        ("body", "PORTVILLE"),
        ("body", "#SampleHa"),
        ("relatedHeadline", "Also read"),
        ("furniture", "Subscribe"),
        ("readerComment", "1 comment"),
    ]


def test_text_at_hand_is_handed_on_and_stays_out_of_the_evidence() -> None:
    assert [found for found in loaded() if isinstance(found, HeldText)] == [
        HeldText(sha256(TEXT.encode()).hexdigest(), TEXT)
    ]
    assert [found for found in loaded(given=GIVEN) if isinstance(found, HeldText)] == []
    assert not any("paid for it" in line for line in lines(loaded()))


def test_text_changes_nothing_in_the_evidence_of_its_sidecar() -> None:
    assert lines(loaded()) == lines(loaded(given=GIVEN))


def test_case_and_sidecar_alone_say_the_same_of_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(GAZETTE.parent)
    assert lines(loaded(Path("gazette.yaml"))) == lines(loaded())


def test_passage_is_counted_in_code_points() -> None:
    start = TEXT.index("Thursday")
    assert TEXT.encode().index(b"Thursday") > start
    passage = article().passage(start, start + 8, quote="Thursday")
    assert passage.sha256 == sha256(b"Thursday").hexdigest()


def test_passage_is_in_every_part_that_holds_it_and_in_none_that_it_leaves() -> None:
    start, end = 560, 570
    kinds = [named(part.kind) for part in article().passage(start, end).parts]
    assert kinds == ["body", "body"]
    assert [named(part.kind) for part in article().passage(540, end).parts] == ["body"]
    assert article().passage(0, 40).parts == ()


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 4), (-1, 4), (0, 836), (835, 836)])
def test_range_outside_the_text_is_refused(start: int, end: int) -> None:
    for given in (GIVEN, WITH_TEXTS):
        with pytest.raises(BadInput, match=f"characters {start}-{end} of 835"):
            article(given=given).passage(start, end)


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [(769, 793, "furniture"), (768, 770, "furniture"), (833, 834, "readerComment")],
)
def test_nothing_in_an_excluded_part_is_the_word_of_the_article(
    start: int, end: int, kind: str
) -> None:
    for given in (GIVEN, WITH_TEXTS):
        with pytest.raises(BadInput, match=f"touch the {kind} at .* not the article's word"):
            article(given=given).passage(start, end)


def test_excluded_part_ends_before_what_follows_it() -> None:
    assert article().passage(793, 795).parts == article().passage(767, 769).parts == ()


@pytest.mark.parametrize(
    ("fact", "old", "new"),
    [
        ("sha256", "142c5d6f", "142c5d6a"),
        ("bytes", "bytes: 848", "bytes: 849"),
        ("characters", "characters: 835", "characters: 834"),
    ],
)
def test_text_that_is_not_the_one_described_stops_the_load_and_both_are_told(
    tmp_path: Path, fact: str, old: str, new: str
) -> None:
    path = changed(copied(tmp_path) / "documents" / "gazette.yaml", old, new)
    with pytest.raises(TextMismatch) as mismatch:
        loaded(path)
    found = {"sha256": sha256(TEXT.encode()).hexdigest(), "bytes": "848", "characters": "835"}
    assert "gazette.yaml describes another text than the one at hand, gazette.txt" in str(
        mismatch.value
    )
    assert f"{fact} " in str(mismatch.value)
    assert f"the text has {found[fact]}" in str(mismatch.value)


def test_changed_text_is_not_taken_for_the_one_described(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    changed(folder / "texts" / "gazette.txt", "Six harbour", "Six hArbour")
    with pytest.raises(TextMismatch, match="another text"):
        loaded(folder / "documents" / "gazette.yaml", replace(GIVEN, texts=folder / "texts"))


def test_text_beside_its_sidecar_needs_no_folder_of_texts(tmp_path: Path) -> None:
    path = alone(tmp_path)
    (held,) = [found for found in loaded(path, GIVEN) if isinstance(found, HeldText)]
    assert held.text == "Ahoy.\n"


def test_text_given_goes_before_the_one_beside(tmp_path: Path) -> None:
    path = alone(tmp_path)
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "text.txt").write_text("Given.", encoding="utf-8")
    records = loaded(path, replace(GIVEN, texts=tmp_path / "given"))
    assert [found.text for found in records if isinstance(found, HeldText)] == ["Given."]


@pytest.mark.parametrize(
    ("folder", "said"), [("empty", "empty: no gazette.txt"), ("none", "none: no folder")]
)
def test_text_that_is_not_in_the_given_folder_is_missed(
    tmp_path: Path, folder: str, said: str
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match=said):
        loaded(given=replace(GIVEN, texts=tmp_path / folder))


def test_sidecar_alone_may_say_who_is_who(tmp_path: Path) -> None:
    path = alone(tmp_path, "media_type: text/markdown\n")
    records = loaded(path, GIVEN)
    (document,) = {
        found for found in records if isinstance(found, Document) and found.size == 6
    }
    assert document.media_type == "text/markdown"
    assert {said.claim.object.value for said in records if isinstance(said, Attestation)} >= {
        "An analyst", "Paper Sample"
    }  # fmt: skip


def test_things_of_a_sidecar_are_its_own_and_its_folders(tmp_path: Path) -> None:
    more = "authors: [bo]\n"
    people = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        path = alone(tmp_path / name, more)
        changed(path, "  paper:", "  bo: {kind: person, name: Bo}\n  paper:")
        said = [found for found in loaded(path, GIVEN) if isinstance(found, Attestation)]
        people.append({found.claim.object for found in said if "schema:author" in told(found)})
    assert len(people[0] | people[1]) == 2
