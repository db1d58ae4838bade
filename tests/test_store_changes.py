"""A draft knows what came and went while that is little, and says when it does not know."""

from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad

from onrecord.store import Draft, GenerationStore

DEFAULT: Final = DefaultGraph()


def quad(name: str) -> Quad:
    node = NamedNode(f"https://example.org/{name}")
    return Quad(node, node, node, DEFAULT)


def line(name: str) -> str:
    return f"{quad(name).triple} ."


def changed(draft: Draft) -> tuple[set[Quad], set[Quad]]:
    assert draft.changes is not None
    return draft.changes.added, draft.changes.removed


def test_what_came_and_went_is_told_however_it_was_said(store: GenerationStore) -> None:
    with store.write("first") as draft:
        draft.insert([quad("a")])
        draft.load([line("b")])
        draft.load_octets([line("c").encode()])
        draft.remove([quad("a"), quad("never-there")])
        assert changed(draft) == ({quad("a"), quad("b"), quad("c")}, {quad("a")})


def test_an_update_is_not_told(store: GenerationStore) -> None:
    with store.write("first") as draft:
        draft.update("INSERT DATA { <https://example.org/a> <https://example.org/b> 1 }")
        assert draft.changes is None
        draft.insert([quad("a")])
        assert draft.changes is None


def test_removing_a_graph_is_not_told(store: GenerationStore) -> None:
    with store.write("first") as draft:
        draft.remove_graph(NamedNode("https://example.org/graph"))
        assert draft.changes is None


def test_much_is_not_told(store: GenerationStore) -> None:
    with store.write("first") as draft:
        draft.insert(quad(str(number)) for number in range(6_000))
        assert draft.changes is None
    with store.write("second") as draft:
        draft.load(line(str(number)) for number in range(6_000))
        assert draft.changes is None


def test_what_was_certified_is_known_of_the_generation_until_it_changes(
    store: GenerationStore,
) -> None:
    with store.write("first") as draft:
        draft.insert([quad("a")])
        draft.certify("these audits")
    with store.write("second") as draft:
        assert draft.began_audited == "these audits"
        draft.certify("these audits")
        draft.insert([quad("b")])
    with store.write("third") as draft:
        assert draft.began_audited == ""
