"""The bundled case: what two articles say, row by row, and no word of theirs."""

import csv
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from loaders import case, claims
from loaders.case import BUNDLED
from loaders.evidence import name_of_attestation
from loaders.given import Given
from loaders.records import Attestation, Entry, HeldText, Passage, Record, Skipped
from onrecord.errors import TextMismatch
from ontology import term
from ontology.identity import Term
from tests import seed
from tests.harbour import MINT, changed, lines, of_row, quarantined, short
from tests.seed import Row, Said, iri

NAME = Path("pakistan-april-2019")
MAPPING = BUNDLED / NAME / "mapping.yaml"
KINDS = {path.partition("/")[0] for path in seed.THINGS.values()}
DOCUMENTS = {
    "G": MINT.document_of_sha256(
        "ee7b36810a7361aa94c1c0e33b298d583b9d5ab3b6c8ca04a3972988fd4db11f"
    ),
    "T": MINT.document_of_sha256(
        "02aeabe3be4cb1110b7b008bfa2715a776376880493b9b484e4fa4a89c36749c"
    ),
}
ADDED = {"X01", "X02", "X03", "X04", "X05"}


@cache
def bundled() -> list[Record]:
    return list(case.load(NAME, Given()))


@cache
def coded() -> dict[str, Row]:
    with (BUNDLED / NAME / "claims.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="session")
def table(real_data: Path) -> dict[str, Row]:
    """The coder's table itself."""
    path = real_data / "claims" / "seed-claims.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="session")
def texts(real_data: Path) -> dict[NamedNode, str]:
    """The two texts, by their documents."""
    paths = (real_data / "articles").glob("*.txt")
    return {MINT.document(path.read_bytes()): path.read_bytes().decode() for path in paths}


def ids(records: list[Record], *, table_only: bool = False) -> set[NamedNode]:
    """Return the names of attestations: all, or those that came from the rows of a table."""
    return {
        name_of_attestation(record, MINT)
        for record in records
        if isinstance(record, Attestation)
        and not (table_only and isinstance(record.place, Entry))
    }


def path(node: Term) -> str:
    """Return a word by its name, a thing by its path, a literal as it is spelled."""
    return short(node).removeprefix("rec:")


def spelled(said: Said, claims: dict[str, NamedNode]) -> tuple[str, str, str, frozenset[str]]:
    """Return an expected claim with the IRIs that its paths stand for."""
    subject, word, value, about = said
    qualifiers = (pair.partition(" ") for pair in about)
    return (
        _iri(subject, claims),
        word,
        _iri(value, claims),
        frozenset(f"{name} {_iri(found, claims)}" for name, _, found in qualifiers),
    )


def _iri(part: str, claims: dict[str, NamedNode]) -> str:
    if part in claims:
        return path(claims[part])
    kind, slash, _ = part.partition("/")
    is_thing = part.startswith(("#", "@")) or (kind in KINDS and bool(slash))
    return path(iri(part)) if is_thing else part


def found(said: Attestation) -> tuple[str, str, str, frozenset[str]]:
    """Return a claim as the loader made it."""
    claim = said.claim
    about = frozenset(f"{path(name)} {path(value)}" for name, value in claim.qualifiers)
    return path(claim.subject), path(claim.predicate), path(claim.object), about


def test_all_110_core_rows_are_loaded_and_no_row_is_quarantined() -> None:
    records = bundled()
    assert quarantined(records) == []
    grades = [row["grade"] for row in coded().values()]
    assert {grade: grades.count(grade) for grade in grades} == {
        "core": 110, "optional": 6, "exclude": 2, "added": 5
    }  # fmt: skip
    loaded = {key for key in coded() if of_row(records, key)}
    assert loaded == {key for key, row in coded().items() if row["grade"] != "exclude"}


def test_excluded_rows_are_skipped_and_leave_no_trace() -> None:
    records = bundled()
    assert [record for record in records if isinstance(record, Skipped)] == [
        Skipped("claims.csv", "T46"), Skipped("claims.csv", "T47")
    ]  # fmt: skip
    evidence = "\n".join(lines(records))
    assert "Telegram" not in evidence
    assert "slur" not in evidence


def test_added_rows_are_few_and_each_says_why_or_follows_from_its_cells() -> None:
    assert {key for key, row in coded().items() if row["grade"] == "added"} == ADDED


@pytest.mark.parametrize("key", ["T46", "T47"])
def test_furniture_and_comment_are_refused_even_where_a_row_asks_for_them(
    tmp_path: Path, key: str
) -> None:
    table = tmp_path / "claims.csv"
    table.write_bytes((BUNDLED / NAME / "claims.csv").read_bytes())
    text = table.read_text(encoding="utf-8").splitlines(keepends=True)
    text = [line.replace("exclude", "core") if line.startswith(key) else line for line in text]
    table.write_text("".join(text), encoding="utf-8")
    (fault,) = quarantined(list(claims.load(table, Given(mapping=MAPPING))))
    assert (fault.key, fault.column) == (key, "start")
    assert "not the article's word" in fault.reason


def test_coders_table_says_what_the_bundled_one_says_but_for_the_added_rows(
    real_data: Path,
) -> None:
    given = Given(mapping=MAPPING, texts=real_data / "articles")
    theirs = list(claims.load(real_data / "claims" / "seed-claims.csv", given))
    ours = list(claims.load(BUNDLED / NAME / "claims.csv", given))
    assert quarantined(theirs) == []
    added = {name_of_attestation(said, MINT) for key in ADDED for said in of_row(ours, key)}
    assert len(added) == 5
    assert ids(theirs, table_only=True) == ids(ours, table_only=True) - added
    assert ids(ours, table_only=True) <= ids(bundled())


def test_texts_change_no_line_of_the_evidence(real_data: Path) -> None:
    records = list(case.load(NAME, Given(texts=real_data / "articles")))
    assert lines(records) == lines(bundled())
    assert len([record for record in records if isinstance(record, HeldText)]) == 2


def test_every_offset_and_hash_is_that_of_the_text(texts: dict[NamedNode, str]) -> None:
    checked = 0
    for record in bundled():
        if isinstance(record, Attestation) and isinstance(record.place, Passage):
            place = record.place
            own = texts[place.document][place.start : place.end]
            assert own == own.strip()
            assert place.sha256 == sha256(own.encode()).hexdigest()
            checked += 1
    assert checked == len([said for key in coded() for said in of_row(bundled(), key)])


def test_every_row_tells_the_hash_of_its_passage(
    table: dict[str, Row], real_data: Path
) -> None:
    for key, row in table.items():
        text = (real_data / "articles" / row["file"]).read_bytes().decode()
        own = text[int(row["start"]) : int(row["end"])]
        assert coded()[key]["quote_sha256"] == sha256(own.encode()).hexdigest()


def test_changed_text_stops_the_load_and_both_are_told(real_data: Path, tmp_path: Path) -> None:
    for article in (real_data / "articles").glob("*.txt"):
        (tmp_path / article.name).write_bytes(article.read_bytes())
    changed(tmp_path / "003_46cc42091a761a58.txt", "15 Instagram", "16 Instagram")
    with pytest.raises(TextMismatch) as mismatch:
        list(case.load(NAME, Given(texts=tmp_path)))
    assert "theprint.yaml describes another text" in str(mismatch.value)
    for content in (real_data / "articles", tmp_path):
        digest = sha256((content / "003_46cc42091a761a58.txt").read_bytes()).hexdigest()
        assert digest in str(mismatch.value)


def test_changed_hash_of_a_row_shows_hash_and_text(real_data: Path, tmp_path: Path) -> None:
    table = tmp_path / "claims.csv"
    table.write_bytes((BUNDLED / NAME / "claims.csv").read_bytes())
    changed(table, "ffa615224e31448895f8857350bed0fc", "0" * 32)
    given = Given(mapping=MAPPING, texts=real_data / "articles")
    with pytest.raises(TextMismatch, match=r"claims\.csv:\d+ \(T14\).*'15 Instagram accounts'"):
        list(claims.load(table, given))


def test_every_core_row_says_what_its_cells_say() -> None:
    walked, wrong = walk(coded())
    assert wrong == []
    assert len(walked) == 110


def test_every_core_row_of_the_coder_is_found_as_its_cells_say(
    table: dict[str, Row], real_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for row in table.values():
        content = (real_data / "articles" / row["file"]).read_bytes()
        assert DOCUMENTS[row["doc"]] == MINT.document(content)
    walked, wrong = walk(table)
    with capsys.disabled():
        print(f" {len(walked)} core rows walked, {len(wrong)} faults")
    assert wrong == []
    assert len(walked) == 110


def walk(rows: dict[str, Row]) -> tuple[list[str], list[str]]:
    """Return the core rows of a table, and what differs between them and what was loaded."""
    core = [row for row in rows.values() if row["grade"] == "core"]
    named = {**DOCUMENTS, **{f"article {key}": found for key, found in DOCUMENTS.items()}}
    for key in ("G10", "G14"):
        named[f"claim {key}"] = _claim(*next(iter(seed.said(rows[key]))))
    return [row["id"] for row in core], [fault for row in core for fault in _faults(row, named)]


def _claim(subject: str, word: str, value: str, about: frozenset[str]) -> NamedNode:
    assert not about
    return MINT.claim(iri(subject), term(word), iri(value))


def _faults(row: Row, named: dict[str, NamedNode]) -> Iterator[str]:
    """Yield what differs between a row and what was loaded of it."""
    key, speakers = row["id"], [iri(link) for link in seed.chain(row)]
    rows = of_row(bundled(), key)
    expected = {spelled(said, named) for said in seed.said(row)}
    if {found(said) for said in rows} != expected or len(rows) != len(expected):
        yield f"{key}: {[found(said) for said in rows]} instead of {expected}"
    behalf = seed.BEHALF.get(row["chain"].split(" < ")[0])
    for said in rows:
        assert isinstance(said.place, Passage)
        if (said.place.start, said.place.end) != (int(row["start"]), int(row["end"])):
            yield f"{key}: stands elsewhere"
        if said.place.document != named[row["doc"]]:
            yield f"{key}: stands in another document"
        if said.stance != term(seed.stance(row)):
            yield f"{key}: {said.stance}"
        if [said.speaker, *said.relays] != (speakers or [iri(seed.OUTLETS[row["doc"]])]):
            yield f"{key}: {said.speaker} {said.relays}"
        if said.depth != len(speakers):
            yield f"{key}: depth {said.depth}"
        hedges = [value for name, value in said.details if name == term("hedge")]
        if hedges != ([Literal(row["hedge"], language="en")] if row["hedge"] else []):
            yield f"{key}: {hedges}"
        others = [value for name, value in said.details if name == term("onBehalfOf")]
        if others != ([iri(behalf)] if behalf else []):
            yield f"{key}: on behalf of {others}"
