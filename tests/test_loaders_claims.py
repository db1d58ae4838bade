"""Claim tables: what each row says is what its coder meant, and nothing of a row is lost."""

import csv
import io
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import claims
from loaders.evidence import name_of_claim
from loaders.given import Given
from loaders.records import Attestation, Passage, Record, Skipped
from tests.harbour import (
    GIVEN,
    HARBOUR,
    MINT,
    TEXTS,
    WITH_TEXTS,
    copied,
    json_lines,
    lines,
    named,
    of_row,
    quarantined,
    told,
    written,
)

SAID = {
    "H01": ["pages controlledBy guild; Denial denied; guild at 1"],
    "H02": [
        "removal removedCount 6; assetKind page, comparator exact; "
        "Assertion asserted; gazette at 0"
    ],
    "H03": [
        "removal removedCount 6; atTime --05-02, assetKind page, "
        "platform telegram, platform youtube, comparator exact; "
        "Assertion asserted; platform at 1; timeBasis stated"
    ],
    "H04": [
        "removal removedCount 40; comparator moreThan, assetKind account; "
        "Assertion asserted; platform at 1; confidence 80, confidenceScale hundredPoints"
    ],
    "H05": [
        f"{what} reason {why}; Assertion quoted; bo-sample at 1; onBehalfOf platform"
        for what in ("pages", "assets")
        for why in ("spamming", "false names")
    ],
    "H06": [
        "bo-sample org:holds head-of-safety; Assertion asserted; gazette at 0; "
        "assertedAt 2021, timeBasis sidecar, wording head of safety",
        "bo-sample speaksFor platform; Assertion asserted; gazette at 0",
    ],
    "H07": [
        "pages hasBehindItEmployeesOf guild; Allegation alleged; bo-sample at 1; "
        "wording staff behind, onBehalfOf platform"
    ],
    "H08": ["pages controlledBy guild; Denial denied; guild-sources < radio at 2"],
    "H10": [
        "pages sharedContent falsehoods; Denial reported; platform < guild-sources < radio at 3"
    ],
    "H11": ["pages hasBehindItEmployeesOf guild; Question challenged; guild at 1"],
    "H12": [
        "harbour-tag tweetCount 120; "
        "atTime 2021-05-06T09:15:00, cumulative true, region portville, comparator exact; "
        "Assertion asserted; gazette at 0; "
        "statedAs Thursday, timeBasis inferred, timeZoneBasis unstated"
    ],
    "H13": ["platform approached guild; Question asserted; gazette at 0"],
    "H14": ["mayor backs guild; Allegation alleged; rumour at 1; hedge is said to"],
    "H15": [
        "harbour-tag tweetCount 131; "
        "atTime 2021-05-06T15:40:00+02:00, cumulative true, region portville, "
        "comparator exact; Assertion quoted; gazette at 0; "
        "timeBasis inferred, timeZoneBasis stated"
    ],
    "H16": [
        "assets takenDownOn 2021-05-02; validFrom 2021-04, validTo 2021-05; "
        "Assertion reported; gazette at 0"
    ],
    "H17": [],
    "B01": [
        "removal removedCount 6; assetKind page, comparator exact; "
        "Assertion reported; platform at 1"
    ],
    "B02": ["pages controlledBy guild; Assertion quoted; beacon at 0"],
    "B03": ["gull displayName Gull; the bird; Assertion asserted; beacon at 0"],
}
CLAIMS = HARBOUR / "claims.csv"
LINES = HARBOUR / "claims.jsonl"


def loaded(path: Path = CLAIMS, given: Given = WITH_TEXTS) -> list[Record]:
    return list(claims.load(path, given))


def attestations(records: list[Record]) -> set[Attestation]:
    return {record for record in records if isinstance(record, Attestation)}


@pytest.mark.parametrize("key", SAID)
def test_row_says_what_its_coder_meant(key: str) -> None:
    records = loaded(LINES if key.startswith("B") else CLAIMS)
    assert [told(said) for said in of_row(records, key)] == SAID[key]


def test_every_row_is_taken_or_skipped() -> None:
    for path in (CLAIMS, LINES):
        assert quarantined(loaded(path)) == []
    assert [record for record in loaded() if isinstance(record, Skipped)] == [
        Skipped("claims.csv", "H17")
    ]


def test_claim_of_another_row_is_spoken_of_by_its_iri() -> None:
    (admission,), (denied,) = (of_row(loaded(), key) for key in ("H09", "H10"))
    assert admission.claim.object == name_of_claim(denied.claim, MINT)
    assert told(admission).endswith(
        "reportedStance Denial; Allegation alleged; guild-sources < radio at 2; "
        "note The sentence is ambiguous."
    )


def test_stance_on_the_claim_of_another_row_is_a_stance_on_that_claim() -> None:
    (question,), (allegation,) = (of_row(loaded(), key) for key in ("H11", "H07"))
    assert question.claim == allegation.claim


def test_one_claim_may_be_said_in_two_tables_and_is_one() -> None:
    (headline,), (sources,), (other,) = (
        of_row(loaded(path), key)
        for path, key in ((CLAIMS, "H01"), (CLAIMS, "H08"), (LINES, "B02"))
    )
    assert headline.claim == sources.claim == other.claim


def test_every_passage_has_its_place_its_hash_and_the_parts_around_it() -> None:
    text = (TEXTS / "gazette.txt").read_text(encoding="utf-8")
    records = loaded()
    table = csv.DictReader(io.StringIO(CLAIMS.read_text(encoding="utf-8"), newline=""))
    for row in table:
        start, end = int(row["start"]), int(row["end"])
        for said in of_row(records, row["id"]):
            assert isinstance(said.place, Passage)
            assert (said.place.start, said.place.end) == (start, end)
            assert said.place.sha256 == sha256(text[start:end].encode()).hexdigest()
            assert said.place.document == MINT.document(text.encode())


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("H01", ["headline"]),
        ("H02", ["standfirst"]),
        ("H10", ["body"]),
        ("H12", ["body", "body"]),
        ("H16", ["relatedHeadline"]),
    ],
)
def test_passage_tells_in_which_parts_it_stands(key: str, parts: list[str]) -> None:
    (said,) = of_row(loaded(), key)
    assert isinstance(said.place, Passage)
    assert [named(part.kind) for part in said.place.parts] == parts


def test_without_the_text_only_what_the_row_records_is_hashed() -> None:
    hashed = {
        key
        for key in SAID
        for said in of_row([*loaded(given=GIVEN), *loaded(LINES, GIVEN)], key)
        if isinstance(said.place, Passage) and said.place.sha256
    }
    assert hashed == {"H01", "H03", "H05", "B02"}


def test_texts_change_nothing_but_hashes() -> None:
    first, second = (lines(loaded(given=given)) for given in (GIVEN, WITH_TEXTS))
    assert set(first) < set(second)
    assert all("ns#sha256>" in line for line in set(second) - set(first))


def test_loading_twice_says_the_same_lines() -> None:
    assert lines(loaded()) == lines(loaded())


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False), st.booleans())
def test_nothing_depends_on_the_order_of_rows_and_columns(
    tmp_path_factory: pytest.TempPathFactory, chance: Random, as_json: bool
) -> None:
    folder = copied(tmp_path_factory.mktemp("turned"))
    rows = json_lines(folder / "claims.csv")
    order = sorted(rows, key=lambda _: chance.random())
    names = sorted({name for row in rows for name in row}, key=lambda _: chance.random())
    if as_json:
        path = written(folder / "turned.jsonl", order)
    else:
        path = folder / "turned.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, names, restval="")
            table.writeheader()
            table.writerows({name: row.get(name, "") for name in names} for row in order)
    assert attestations(loaded(path)) == attestations(loaded())


def test_table_may_lie_elsewhere_than_its_mapping(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").write_bytes(CLAIMS.read_bytes())
    given = replace(WITH_TEXTS, mapping=HARBOUR / "mapping.yaml")
    assert lines(loaded(tmp_path / "claims.csv", given)) == lines(loaded())


def test_files_may_be_named_from_their_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HARBOUR)
    assert lines(loaded(Path("claims.csv"))) == lines(loaded())
