"""A stated time covers a day as far as it says: by year, month, day of any year, or moment."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import Literal

import queries
from loaders.records import Claim
from loaders.values import moment
from onrecord.portions import Portions
from onrecord.run import Run
from onrecord.store import GenerationStore
from ontology import term
from tests.world import MINT, document, is_a, said, thing

_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "time", "is_covered"),
    [
        ("atTime", "2019", True),
        ("atTime", "2018", False),
        ("atTime", "2019-04", True),
        ("atTime", "2019-05", False),
        ("atTime", "--04-03", True),
        ("atTime", "--04-04", False),
        ("atTime", "2019-04-03T15:22:00+05:30", True),
        ("atTime", "2019-04-04T00:00:00", False),
        ("validFrom", "2019", True),
        ("validFrom", "2019-04-04", False),
        ("validFrom", "--05-01", True),
        ("validTo", "2019", True),
        ("validTo", "2019-04-02", False),
        ("validTo", "2019-04-03T12:00:00", True),
        ("validTo", "--03-01", True),
    ],
)
def test_a_day_is_covered_by_the_times_that_may_hold_on_it(
    tmp_path: Path, word: str, time: str, is_covered: bool
) -> None:
    what = Claim(thing("a"), term("followerCount"), Literal(5), ((term(word), moment(time)),))
    with GenerationStore(tmp_path).write("x") as draft:
        run = Run(Portions(draft, MINT), "x", "y", _BEGIN, strict=True)
        run.take([is_a("a", "Account"), said(what, "ann"), is_a("ann", "foaf:Person")])
        run.portions.settle()
        run.documents.update({document("paper"), document("notes")})
        run.finish(None, _BEGIN)
        given = {"known_on": "2026-01-01", "valid_on": "2019-04-03"}
        answer = queries.question("known_and_true").ask(draft, given)
        values = [row[answer.columns.index("value")] for row in answer.rows]
        assert (Literal(5) in values) == is_covered
        assert len(values) == 2 + is_covered
        draft.abandon()
