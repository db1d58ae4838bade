"""Tables of our own: templates that load, rows in any order, numbers with their comparators."""

import csv
import io
import random
from pathlib import Path
from typing import Final

import pytest

from loaders import LOADERS, series
from loaders.given import Given, Terms
from loaders.numerals import comparator, number
from loaders.records import Fate
from loaders.scheme_words import state
from onrecord.errors import BadInput
from ontology import term
from tests.loading import Read, Sample, read
from tests.terminal import Terminal

DATA: Final = Path(__file__).with_name("data")
FORMS: Final[dict[str, str]] = {
    name: vars(loader)["TEMPLATE"]
    for name, loader in LOADERS.items()
    if "TEMPLATE" in vars(loader)
}
each_form = pytest.mark.parametrize("name", FORMS)
each_table = pytest.mark.parametrize(
    "sample",
    [Sample(name, path) for name in FORMS for path in sorted((DATA / name).iterdir())],
    ids=lambda one: one.path.name,
)


def written(folder: Path, name: str, text: str) -> Sample:
    path = folder / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    return Sample(name, path)


def said(found: Read) -> set[object]:
    """Return what is said, whoever says it where in the file."""
    return {
        (one.claim, one.stance, one.speaker, one.relays, one.details)
        for one in found.attestations
        if "/doc/" not in one.claim.subject.value
    }


@each_form
def test_a_template_loads_as_it_is(tmp_path: Path, name: str) -> None:
    found = read(written(tmp_path, name, FORMS[name]))
    assert found.fates.keys() == {Fate.MAPPED}
    assert found.quarantined == []


@each_form
@pytest.mark.parametrize("sign", [";", "\t"], ids=["semicolons", "tabs"])
def test_a_form_that_a_spreadsheet_parted_otherwise_says_the_same(
    tmp_path: Path, name: str, sign: str
) -> None:
    whole = list(csv.reader(io.StringIO(FORMS[name])))
    text = io.StringIO()
    csv.writer(text, delimiter=sign, lineterminator="\r\n").writerows(whole)
    found = read(written(tmp_path, name, text.getvalue()))
    assert LOADERS[name].recognise("form.csv", text.getvalue())
    assert said(found) == said(read(written(tmp_path, name, FORMS[name])))
    assert found.quarantined == []


@pytest.mark.parametrize("head", ["platform_owner,accounts", "Disclosures of 2031,"])
def test_a_form_without_its_key_is_refused_as_a_whole(tmp_path: Path, head: str) -> None:
    with pytest.raises(BadInput, match="has no column 'id', only"):
        read(written(tmp_path, "takedowns", f"{head}\nPlatform Sample,7\n"))


@each_form
def test_a_template_is_written_by_its_name(run: Terminal, name: str) -> None:
    assert run("template", name).out == FORMS[name]


@each_form
def test_every_column_of_a_form_is_told_in_its_page(name: str) -> None:
    page = (DATA.parents[1] / "docs" / "loaders" / f"{name}.md").read_text(encoding="utf-8")
    header = FORMS[name].partition("\n")[0].split(",")
    stems = {_stem(column) for column in header}
    assert {stem for stem in stems if f"`{stem}`" not in page} == set()


def _stem(column: str) -> str:
    """Return a column without what every number or score has."""
    for end in ("_comparator", "_followers"):
        column = column.removesuffix(end)
    return "score_…" if column.startswith("score_") else column


@each_table
def test_the_format_is_named_with_the_reason(sample: Sample, run: Terminal) -> None:
    told = run("load", "--detect", sample.path).out
    assert told.count("has the columns") == 1
    assert sample.loader in told


@each_table
def test_the_order_of_rows_changes_nothing(tmp_path: Path, sample: Sample) -> None:
    with sample.path.open(encoding="utf-8", newline="") as text:
        header, *rows = csv.reader(text)
    random.Random(7).shuffle(rows)
    path = tmp_path / sample.path.name
    with path.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text, lineterminator="\n").writerows([header, *rows])
    shuffled = read(Sample(sample.loader, path))
    assert said(shuffled) == said(read(sample))
    assert shuffled.reasons == read(sample).reasons


def test_a_row_more_leaves_the_keys_of_the_others(tmp_path: Path) -> None:
    header, first, second = series.TEMPLATE.splitlines(keepends=True)
    one = read(written(tmp_path, "series", header + second))
    two = read(written(tmp_path, "series", header + first + second))
    assert {_place(found) for found in one.saying("trendRank")} == {
        _place(found) for found in two.saying("trendRank")
    }


def _place(found: object) -> tuple[object, object]:
    place = getattr(found, "place", None)
    return getattr(place, "key", None), getattr(place, "fields", None)


@each_form
def test_who_keeps_a_table_has_to_be_told_once(tmp_path: Path, name: str) -> None:
    text = FORMS[name].replace("Harbour Observatory", "")
    with pytest.raises(BadInput, match="who publishes it"):
        read(written(tmp_path, name, text))
    sample = written(tmp_path, name, text)
    told = Given(terms=Terms(publisher="Quay Office"))
    assert read(Sample(name, sample.path, told)).quarantined == []


@pytest.mark.parametrize(
    ("cell", "value", "word"),
    [
        ("64,000", "64000", None),
        ("more than 20", "20", "moreThan"),
        ("about 1.5 million", "1500000", "approximately"),
        ("> 20", "20", "moreThan"),
        ("up to 3k", "3000", "atMost"),
        ("approx. 300", "300", "approximately"),
        ("≈ 300", "300", "approximately"),
        (">= 20", "20", "atLeast"),
        ("≤20", "20", "atMost"),
        ("no fewer than 20", "20", "atLeast"),
    ],
)
def test_a_number_is_read_with_its_comparator(cell: str, value: str, word: str | None) -> None:
    found = number(cell)
    assert found is not None and found.whole is not None
    assert found.whole.value == value
    assert found.comparator == (term(word) if word else None)


@pytest.mark.parametrize("cell", ["20 or so", "98.400", "20-30", "20+", "many", "", "٣"])
def test_what_is_no_number_is_none(cell: str) -> None:
    assert number(cell) is None


def test_a_fraction_counts_nothing() -> None:
    found = number("2.5")
    assert found is not None
    assert (found.whole, found.decimal.value) == (None, "2.5")


@pytest.mark.parametrize(
    ("words", "word"),
    [("more than", "moreThan"), ("exactly", "exact"), ("atLeast", "atLeast"), ("plenty", "")],
)
def test_a_comparator_goes_by_name_or_as_reports_word_it(words: str, word: str) -> None:
    assert comparator(words) == (term(word) if word else None)


@pytest.mark.parametrize("name", ["The BL", "APT", "tr", "Dock Union"])
def test_initials_are_no_country(name: str) -> None:
    assert state(name) is None


def test_a_country_by_its_name_is_one() -> None:
    assert [one.code for name in ("Iceland", "US", "U.K.") if (one := state(name))] == [
        "IS",
        "US",
        "GB",
    ]
