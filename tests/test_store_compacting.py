"""What came in many pieces is put together while others read it."""

from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from onrecord.store import GenerationStore

_PIECES = 6
_QUADS = 6_000  # so many at once are loaded in bulk, into files of their own


def _line(number: int) -> str:
    node = NamedNode(f"https://example.org/{number}")
    return str(Quad(node, node, node, DefaultGraph())) + " ."


def test_a_reader_loses_nothing_while_a_draft_is_compacted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.store.draft._MANY", _QUADS)
    with GenerationStore(tmp_path).write("x") as draft, ThreadPoolExecutor(1) as beside:
        for piece in range(_PIECES):
            draft.load(map(_line, range(piece, _PIECES * _QUADS, _PIECES)))
        quads = draft.quads()
        begun = list(islice(quads, _QUADS))
        compacting = beside.submit(draft.compact)
        found = {*begun, *quads}
        compacting.result()
        assert len(found) == len(set(draft.quads())) == _PIECES * _QUADS
        draft.abandon()
