"""Names, types, roles and derivations of things: annotations that claims stand behind."""

from collections.abc import Collection, Iterable
from typing import Final

from pyoxigraph import NamedNode

from onrecord.derive.keys import claims_giving
from onrecord.derive.view import Statement, View
from ontology import term
from ontology.flags import PROJECTED

ROOTS: Final = (term("prov:wasQuotedFrom"), term("prov:wasDerivedFrom"))

# an annotation of these decides whose word an attestation is, whom it counts beside, or how
# its chain reads
TIES: Final = frozenset(
    term(word)
    for word in (
        "cosignatory", "ownedBy", "principal", "schema:author", "schema:publisher",
        "wireCredit",
    )
)  # fmt: skip
DECISIVE: Final = frozenset({*ROOTS, *TIES, term("rdf:type"), term("rdfs:label")})
# what a speaker is, where it decides on whom a word rests
_SPEAKERS: Final = frozenset(
    str(term(word)) for word in ("Analyst", "Outlet", "UnnamedSpeaker")
)


def project(view: View, claims: Iterable[NamedNode]) -> set[NamedNode]:
    """Renew the annotations that claims stand behind; return the things whose word may move."""
    moved: set[NamedNode] = set()
    for claim in claims:
        said = _annotation(view, claim)
        if said and _renew(view, claim, said) and said[1] in DECISIVE:
            moved.add(said[0])
    view.flush()
    return moved


def _annotation(view: View, claim: NamedNode) -> Statement | None:
    """Return the annotation that a claim would give if somebody asserts it."""
    subject = view.node(claim, term("rdf:subject"))
    predicate = view.node(claim, term("rdf:predicate"))
    found = view.terms(claim, term("rdf:object"))
    word = PROJECTED.get(predicate) if predicate else None
    if subject is None or not found or not isinstance(word, NamedNode):
        return None
    return subject, word, found[0]


def _renew(view: View, claim: NamedNode, said: Statement) -> bool:
    subject, word, value = said
    same = {claim, *claims_giving(view, view.triple(claim))}
    giving = (one for one in same if _annotation(view, one) == said)
    is_own = takes_own_voice(word, str(value))
    wanted = any(_is_asserted(view, one, word, is_own=is_own) for one in giving)
    if wanted == (value in view.terms(subject, word)):
        return False
    view.settle(said, wanted)
    return True


def takes_own_voice(word: object, value: str) -> bool:
    """Return whether only a document's own voice can make an annotation.

    A tie decides in whose name others speak, a root whose words a text has, and what a speaker
    is on whom their word rests: nobody who is quoted can change how origins are counted.
    """
    return word in TIES or word in ROOTS or (word == term("rdf:type") and value in _SPEAKERS)


def _is_asserted(view: View, claim: NamedNode, word: NamedNode, *, is_own: bool) -> bool:
    """Return whether anybody asserts a claim with no relay between them and the document.

    A denial unmakes a tie; it makes no copy an original.
    """
    said = view.attestations(claim)
    if word in TIES and any(
        term("Denial") in view.terms(one, term("rdf:type")) for one in said
    ):
        return False
    return any(
        is_backed(view.nodes(one, term("rdf:type")), view.nodes(one, term("relay")))
        and not (is_own and is_attributed(view, one))
        for one in said
    )


def is_backed(stances: Collection[NamedNode], relays: Collection[NamedNode]) -> bool:
    """Return whether an attestation of these stances and relays can back an annotation."""
    return term("Assertion") in stances and not relays


def is_attributed(view: View, said: NamedNode) -> bool:
    """Return whether somebody else than the document speaks."""
    return any(int(depth.value) > 0 for depth in view.terms(said, term("depth")))
