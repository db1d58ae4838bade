"""The wording of known evidence, which a corrected version of its source may change."""

from typing import Final

from pyoxigraph import NamedNode, Quad

from onrecord.standing import DEFAULT
from onrecord.store import Snapshot
from ontology import term

# what the coder says of an attestation beside what makes it the one it is
_WORDED: Final = tuple(
    term(word)
    for word in (
        "assertedAt", "because", "confidence", "confidenceScale", "hedge", "mode", "note",
        "statedAs", "timeBasis", "timeZoneBasis", "wording",
    )
)  # fmt: skip


# what says where it is found, of which there may be several
_WHERE: Final = frozenset({term("document"), term("passage")})


def stands_elsewhere(node: NamedNode, lacking: list[Quad]) -> bool:
    """Return whether all that known evidence lacks is another place where it is found, too."""
    return _WHERE.issuperset(quad.predicate for quad in lacking if quad.subject == node)


def superseded(snapshot: Snapshot, node: NamedNode, kept: set[Quad]) -> list[Quad]:
    """Return the details of known evidence that its source now words otherwise."""
    old = (quad for word in _WORDED for quad in snapshot.quads(node, word, None, DEFAULT))
    return [quad for quad in old if quad not in kept]
