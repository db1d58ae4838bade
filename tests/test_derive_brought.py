"""What a load has brought is known without asking the engine, and nothing of it is missed."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.derive.brought import Brought
from ontology.identity import Mint
from tests.test_derive_in_portions import LIKE
from tests.world import World

MINT = Mint()
iris = st.sets(
    st.integers(0, 5_000).map(lambda number: MINT.activity("slot", f"{number}").value)
)


@given(iris)
def test_what_was_brought_is_never_taken_for_new(some: set[str]) -> None:
    brought = Brought()
    brought.add(some)
    assert all(brought.may_have([iri]) for iri in some)


def test_hardly_anything_new_is_looked_up_though_a_hundred_thousand_were_brought() -> None:
    brought = Brought()
    brought.add(MINT.activity("slot", f"{number}").value for number in range(100_000))
    new = [MINT.activity("aspect", f"{number}").value for number in range(10_000)]
    assert sum(brought.may_have([iri]) for iri in new) < 20


def test_nothing_is_known_of_what_a_record_had_before(world: World) -> None:
    assert Brought.into(world.draft)
    world.load(LIKE[0])
    assert Brought.into(world.draft) is None
