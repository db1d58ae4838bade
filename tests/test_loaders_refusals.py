"""What a claim table or its mapping gets wrong is refused with place, cell and reason."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from loaders import claims
from onrecord.errors import BadInput, TextMismatch
from tests.harbour import (
    GIVEN,
    MINT,
    WITH_TEXTS,
    changed,
    copied,
    json_lines,
    of_row,
    quarantined,
    with_cells,
    written,
)
from tests.test_loaders_claims import loaded


@pytest.mark.parametrize(
    ("key", "cells", "column", "value", "reason"),
    [
        ("H02", {"start": "x"}, "start", "x", "not a whole number"),
        ("H02", {"start": "-1"}, "start", "-1", "not a whole number"),
        ("H02", {"start": ""}, "start", "", "is empty"),
        ("H02", {"end": "9" * 30}, "end", "9" * 30, "not a whole number"),
        ("H02", {"end": "900"}, "start", "31-900", "of 835"),
        ("H02", {"end": "31"}, "start", "31-31", "of 835"),
        ("H02", {"start": "800", "end": "810"}, "start", "800-810", "readerComment at 795-834"),
        ("H02", {"end": "770"}, "start", "31-770", "furniture at 769-793"),
        ("H02", {"occurrences": "2"}, "occurrences", "2", "stands in the text 1 times"),
        ("H02", {"occurrences": "some"}, "occurrences", "some", "not a whole number"),
        ("H02", {"file": "beacon.txt"}, "file", "beacon.txt", "the document is 'gazette.txt'"),
        ("H02", {"quote_sha256": "abc"}, "quote_sha256", "abc", "not a SHA-256 hash"),
        ("H02", {"doc": "X"}, "doc", "X", "not in the mapping"),
        ("H02", {"doc": ""}, "doc", "", "is empty"),
        ("H02", {"subject": "the ferry"}, "subject", "the ferry", "not in the mapping"),
        ("H02", {"subject": "removal;"}, "subject", "removal;", "'' is not in the mapping"),
        ("H02", {"subject": ""}, "subject", "", "is empty"),
        ("H02", {"predicate": "sank"}, "predicate", "sank", "not in the mapping"),
        ("H02", {"object": "about 6"}, "object", "about 6", "is not of type xsd:integer"),
        ("H02", {"object": ""}, "object", "", "is empty"),
        ("H05", {"object": "spamming;"}, "object", "spamming;", "is empty"),
        ("H05", {"object": "rec:spam"}, "object", "rec:spam", "not a word of the vocabulary"),
        ("H16", {"object": "xsd:date 2 May"}, "object", "xsd:date 2 May", "not of type"),
        ("H08", {"object": "xsd:date 2021-05-02"}, "object", "xsd:date 2021-05-02", "mapping"),
        ("H02", {"negated": "perhaps"}, "negated", "perhaps", "neither True nor False"),
        ("H13", {"negated": "perhaps"}, "negated", "perhaps", "neither True nor False"),
        ("H02", {"time": "Friday"}, "time", "Friday", "not in the mapping"),
        ("H02", {"mode": "shout"}, "mode", "shout", "not in the mapping"),
        ("H02", {"mode": ""}, "mode", "", "is empty"),
        ("H02", {"qualifiers": "page; big"}, "qualifiers", "page; big", "'big' is not in"),
        ("H02", {"qualifiers": "more; about"}, "qualifiers", "more; about", "has 2 values"),
        ("H02", {"confidence": "high"}, "confidence", "high", "from 0 to 100"),
        ("H02", {"confidence": "101"}, "confidence", "101", "from 0 to 100"),
        ("H06", {"wording": "chief"}, "wording", "chief", "wording> has 2 values"),
        ("H02", {"grade": "Exclude"}, "grade", "Exclude", "none of core, optional, added"),
        ("H02", {"chain": ""}, "chain", "", "is empty"),
        ("H02", {"chain": "B"}, "chain", "B", "does not end in the row's document"),
        ("H02", {"chain": "Platform"}, "chain", "Platform", "does not end in the row's"),
        ("H02", {"chain": " < H"}, "chain", "< H", "'' is not in the mapping"),
        ("H02", {"chain": "a gull < H"}, "chain", "a gull < H", "'a gull' is not in"),
        ("H02", {"chain": "H(headline)"}, "chain", "H(headline)", "does not stand"),
        ("H02", {"chain": "H(footer)"}, "chain", "H(footer)", "'footer' is not a word"),
        ("H02", {"chain": "H(claim)"}, "chain", "H(claim)", "of the scheme PartKind"),
        ("H02", {"chain": "H( )"}, "chain", "H( )", "not a word"),
        ("H09", {"object": "claim H99"}, "object", "claim H99", "'H99' is not taken"),
        ("H09", {"object": "claim H17"}, "object", "claim H17", "'H17' is not taken"),
        ("H09", {"object": "claim H09"}, "object", "claim H09", "H09 < H09"),
        ("H09", {"object": "claim H06"}, "object", "claim H06", "makes 2 claims"),
        ("H11", {"object": "the pages"}, "object", "the pages", "claim of another row"),
        ("H11", {"subject": "mayor"}, "subject", "mayor", "has to be the speaker"),
        ("H11", {"chain": "H"}, "subject", "the Guild", "has to be the speaker"),
        ("H11", {"qualifiers": "page"}, "qualifiers", "page", "restricts the claim of another"),
        ("H11", {"time": "month"}, "time", "month", "restricts the claim of another"),
    ],
)  # fmt: skip
def test_row_that_cannot_be_taken_is_quarantined_with_cell_and_reason(
    tmp_path: Path, key: str, cells: Mapping[str, str], column: str, value: str, reason: str
) -> None:
    records = loaded(with_cells(copied(tmp_path) / "claims.csv", key, cells))
    found = [fault for fault in quarantined(records) if fault.key == key]
    (fault,) = found
    assert (fault.file, fault.column, fault.value) == ("claims.csv", column, value)
    assert reason in fault.reason
    assert fault.line > 1
    assert of_row(records, key) == []


def test_other_rows_are_taken_beside_one_that_is_not(tmp_path: Path) -> None:
    table = with_cells(copied(tmp_path) / "claims.csv", "H02", {"start": "x"})
    records = loaded(table)
    assert [str(fault) for fault in quarantined(records)] == [
        "claims.csv:3 (H02): start 'x': 'x' is not a whole number"
    ]
    assert of_row(records, "H03")


def test_rows_that_speak_of_each_other_in_a_ring_are_not_taken(tmp_path: Path) -> None:
    table = copied(tmp_path) / "claims.csv"
    with_cells(table, "H10", {"predicate": "admitted", "object": "claim H14"})
    with_cells(table, "H14", {"object": "claim H09"})
    found = {fault.key: fault for fault in quarantined(loaded(table))}
    assert found.keys() == {"H09", "H10", "H14"}
    assert "H09 < H10 < H14 < H09" in found["H14"].reason
    assert {fault.column for fault in found.values()} == {"object"}


def test_row_that_speaks_of_one_that_cannot_be_taken_tells_why(tmp_path: Path) -> None:
    table = with_cells(copied(tmp_path) / "claims.csv", "H10", {"mode": "shout"})
    found = {fault.key: fault.reason for fault in quarantined(loaded(table))}
    assert found.keys() == {"H09", "H10"}
    assert "(H10): mode 'shout'" in found["H09"]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_column_that_nobody_reads_quarantines_its_rows(tmp_path: Path, suffix: str) -> None:
    folder = copied(tmp_path)
    path = folder / f"more{suffix}"
    if suffix == ".csv":
        head, *rest = (folder / "claims.csv").read_text(encoding="utf-8").split("\n")
        path.write_text(
            "\n".join([f"{head.replace('note', 'remarks')}", *rest]), encoding="utf-8"
        )
    else:
        rows = json_lines(folder / "claims.csv")
        written(path, [{**row, "remarks": "of the coder"} for row in rows])
    records = loaded(path)
    faults = {fault.key: fault for fault in quarantined(records)}
    assert len(faults) == 16
    assert faults["H02"].column == "remarks"
    assert faults["H09"].column == "object"  # it speaks of a row that is not taken
    assert of_row(records, "H01") == []


@pytest.mark.parametrize(
    "column", ["subject", "predicate", "object", "chain", "mode", "doc", "end"]
)
def test_column_that_is_missing_is_told_from_an_empty_cell(tmp_path: Path, column: str) -> None:
    folder = copied(tmp_path)
    rows = json_lines(folder / "claims.csv")
    del rows[1][column]
    (fault,) = quarantined(loaded(written(folder / "some.jsonl", rows)))
    assert (fault.key, fault.column, fault.reason) == (
        "H02",
        column,
        "is no column of the table",
    )


def test_optional_columns_may_be_missing(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    needed = {"id", "doc", "start", "end", "subject", "predicate", "object", "chain", "mode"}
    rows = [
        {name: cell for name, cell in row.items() if name in needed}
        for row in json_lines(folder / "claims.csv")
        if row["id"] in ("H02", "H07")
    ]
    records = loaded(written(folder / "some.jsonl", rows))
    assert quarantined(records) == []
    assert of_row(records, "H02") and of_row(records, "H07")


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ({"quote": "Six harbour pages are lost"}, "quoted 'Six harbour pages are lost', the "
         "text has 'Six harbour pages are gone'"),
        ({"start": "32"}, "quoted 'Six harbour pages are gone', the text has"),
        ({"quote": "", "quote_sha256": "a" * 64}, f"recorded sha256 {'a' * 64}, the text 'Six "
         "harbour pages are gone' has"),
        ({"quote": " Six harbour pages are gone"}, "quoted ' Six harbour"),
    ],
    ids=["quotation", "offset", "hash", "blanks"],
)  # fmt: skip
def test_text_that_differs_from_what_is_recorded_stops_the_load_and_shows_both(
    tmp_path: Path, cells: Mapping[str, str], complaint: str
) -> None:
    quote = {"quote": "Six harbour pages are gone"}
    table = with_cells(copied(tmp_path) / "claims.csv", "H02", quote)
    assert quarantined(loaded(table)) == []
    with_cells(table, "H02", cells)
    with pytest.raises(TextMismatch) as mismatch:
        loaded(table)
    assert str(mismatch.value).startswith("claims.csv:3 (H02): start '")
    assert complaint in str(mismatch.value)


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ({"end": "27"}, "not as many as those of the quotation, 26"),
        ({"quote_sha256": "a" * 64}, "the quotation 'Pages not run by the Guild' has sha256"),
    ],
    ids=["length", "hash"],
)
def test_quotation_is_held_against_its_row_even_without_the_text(
    tmp_path: Path, cells: Mapping[str, str], complaint: str
) -> None:
    table = with_cells(copied(tmp_path) / "claims.csv", "H01", cells)
    try:
        (fault,) = quarantined(loaded(table, GIVEN))
    except TextMismatch as mismatch:
        assert complaint in str(mismatch)
    else:
        assert complaint in str(fault)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("says: rec:asserted", "says: rec:assrted", ":4: modes.says: 'assrted' is not a word"),
        ("says: rec:asserted", "says: rec:page", "is not a word of the scheme Mode"),
        ("says: rec:asserted", "says: [rec:asserted]", "has to be a single value"),
        ("backs: rec:backs", "backs: rec:bucks", "predicates.backs: 'bucks' is not a word"),
        ("inverse: true}\n  staff", "inverse: yes}\n  staff", "'yes' is neither true"),
        ("inverse: true}\n  staff", "invers: true}\n  staff", "unread keys ['invers']"),
        ("reason, object: value", "reason, object: values", "'values' is none of thing"),
        ("{as: rec:reason, ", "{", "predicates.reason: lacks 'as'"),
        ("reason, object: value", "reason, count: true", "cannot be read with an object that"),
        ("Platform: platform\n", "Platform: plattform\n", "things.Platform: 'plattform' is"),
        ("the tag: harbour-tag", "gull: mayor", "gull: is also the key of something else"),
        ("somebody: rumour", "somebody: nobody", "speakers.somebody: 'nobody' is no key"),
        (", on_behalf_of: platform", "", "lacks 'on_behalf_of'"),
        ("on_behalf_of: platform", "on_behalf_of: platform, as: x", "unread keys ['as']"),
        ("{assetKind: rec:page}", "{assetKind: rec:pages}", "page.claim.assetKind: 'pages' is"),
        ("{assetKind: rec:page}", "{assetKind: rec:telegram}", "of the scheme AssetKind"),
        ("{assetKind: rec:page}", "{kind: rec:page}", "kind: 'kind' is not a word"),
        ("{assetKind: rec:page}", "{speaker: =guild}", "'speaker' does not belong under claim"),
        ("details: {note", "details: {claim", "'claim' does not belong under details"),
        ("details: {note", "detail: {note", "unread keys ['detail']"),
        ("region: =portville", "region: =atlantis", "region: 'atlantis' is not in the"),
        ("{atTime: --05-02}", "{atTime: 2 May}", "'2 May' is not a time"),
        ("duration P14D", "duration 14 days", "'14 days' is not of type xsd:duration"),
        ("H13: {stance: rec:Question}", "H13: {stance: rec:asked}", "'asked' is not a word"),
        ("H13: {stance: rec:Question}", "H13: {stance: rec:asserted}", "of the scheme Stance"),
        ("H13: {stance: rec:Question}", "H13: {start: 5}", "rows.H13: unread keys ['start']"),
        ("H13: {stance: rec:Question}", "H13: []", "rows.H13: makes no claim of the row"),
        ("uses: {things: things.yaml}", "uses: {things: no.yaml}", "no.yaml: No such file"),
        ("uses: {things: things.yaml}", "uses: {things: ../things.yaml}", "leads out of the"),
        ("uses: {things: things.yaml}", "used: {things: things.yaml}", "unread keys ['used']"),
        ("{H: documents", "{X: documents", "gazette.yaml:1: key: 'H' is called 'X' by mapping"),
        ("{H: documents/gazette", "{H: documents/no", "documents/no.yaml: No such file"),
    ],
)  # fmt: skip
def test_mapping_that_is_wrong_is_refused_before_the_first_row(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    folder = copied(tmp_path)
    changed(folder / "mapping.yaml", old, new)
    with pytest.raises(BadInput) as refused:
        next(iter(claims.load(folder / "claims.csv", WITH_TEXTS)))
    assert said in str(refused.value)
    assert str(folder) in str(refused.value)


def test_document_and_thing_may_not_share_a_key(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    changed(folder / "things.yaml", "  portville:", "  H:")
    changed(folder / "mapping.yaml", "region: =portville", "region: =H")
    with pytest.raises(
        BadInput, match=r"mapping\.yaml:2: documents: 'H' is also the key of a thing"
    ):
        loaded(folder / "claims.csv")


def test_label_that_is_a_document_stands_for_it(tmp_path: Path) -> None:
    table = with_cells(copied(tmp_path) / "claims.csv", "H02", {"subject": "article H"})
    (said,) = of_row(loaded(table), "H02")
    (other,) = of_row(loaded(with_cells(table, "H02", {"subject": "H"})), "H02")
    assert said.claim.subject == other.claim.subject
    assert said.claim.subject.value.startswith(f"{MINT.base}doc/")
