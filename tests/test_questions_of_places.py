"""One record that stands in two files is one origin in two places."""

from pyoxigraph import Literal

import queries
from loaders.records import Attestation, Entry
from ontology.digests import prefixed_fields
from tests.world import World, claim, said, thing


def test_a_record_in_two_files_stands_in_two_documents_on_one_origin(world: World) -> None:
    tied = claim("a", "linkedTo", "b")
    first, second = (_recorded(said(tied, "ann", in_=name)) for name in ("old", "new"))
    world.load(first, said(claim("a", "linkedTo", "c"), "ann", in_="old", at=50))
    assert _asked(world) == []
    world.load(second)
    assert _asked(world) == [(str(Literal(2)), str(thing("ann")))] * 2


def test_only_what_rests_on_an_origin_is_told_of_it(world: World) -> None:
    for name in ("ann", "bob"):
        tied = claim(name, "linkedTo", "b")
        world.load(*(said(tied, name, in_=paper) for paper in ("old", "new")))
    assert {origin for _, origin in _asked(world)} == {str(thing("ann")), str(thing("bob"))}
    assert _asked(world, origin="ann") == [(str(Literal(2)), str(thing("ann")))] * 2
    assert _asked(world, origin="cid") == []


def _recorded(one: Attestation) -> Attestation:
    fields = prefixed_fields([("who", "ann")])
    return one._replace(place=Entry("table", "row", fields, one.place.passage))


def _asked(world: World, **given: str) -> list[tuple[str, str]]:
    names = {key: thing(name).value for key, name in given.items()}
    answer = queries.question("claims_on_one_origin").ask(world.draft, names)
    at = [answer.columns.index(name) for name in ("documents", "origin")]
    return [(str(row[at[0]]), str(row[at[1]])) for row in answer.rows]
