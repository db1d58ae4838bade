"""One record that stands in two files is one origin in two places."""

from dataclasses import replace

from pyoxigraph import Literal

import queries
from loaders.records import Attestation, Entry
from tests.world import World, claim, said, thing


def test_a_record_in_two_files_stands_in_two_documents_on_one_origin(world: World) -> None:
    first, second = (
        _recorded(said(claim("a", "linkedTo", "b"), "ann", in_=name)) for name in "xy"
    )
    world.load(first, said(claim("a", "linkedTo", "c"), "ann", in_="x", at=50))
    assert _asked(world) == []
    world.load(second)
    assert _asked(world) == [(str(Literal(2)), str(thing("ann")))] * 2


def _recorded(one: Attestation) -> Attestation:
    return replace(one, place=Entry("table", "row", (("who", "ann"),), one.place.passage))


def _asked(world: World) -> list[tuple[str, str]]:
    answer = queries.question("claims_on_one_origin").ask(world.draft, {})
    at = [answer.columns.index(name) for name in ("documents", "origin")]
    return [(str(row[at[0]]), str(row[at[1]])) for row in answer.rows]
