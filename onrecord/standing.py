"""Whether evidence still stands, and helpers for reading a snapshot."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from onrecord.store import Snapshot
from ontology import term
from ontology.identity import Term

DEFAULT: Final = DefaultGraph()
INVALIDATED: Final = term("prov:invalidatedAtTime")
NEVER: Final = (-1, datetime.min.replace(tzinfo=UTC))
_ENDED: Final = term("prov:endedAtTime")
_GENERATION: Final = term("generation")

Ending = tuple[int, datetime]
"""The generation that an activity made, and when it ended."""


def moment(when: datetime) -> Literal:
    """Return a point in time as the record writes it: in UTC."""
    spelled = when.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return Literal(spelled, datatype=term("xsd:dateTime"))


def ended(act: NamedNode, when: datetime, generation: int) -> Iterator[Quad]:
    """Yield when an activity ended, and the generation of the record that it made."""
    yield Quad(act, _ENDED, moment(when), DEFAULT)
    yield Quad(act, _GENERATION, Literal(generation), DEFAULT)


def ending(snapshot: Snapshot, act: NamedNode) -> Ending:
    """Return where the end of an activity comes among all others, or `NEVER`.

    Clocks are set back; only within one generation, or where none is told, do they count.
    """
    numbers = texts(snapshot, act, "generation")
    moments = texts(snapshot, act, "prov:endedAtTime")
    if not moments:
        return NEVER
    return max(map(int, numbers), default=0), max(map(datetime.fromisoformat, moments))


def is_evidence(snapshot: Snapshot, node: NamedNode) -> bool:
    """Return whether a node is an attestation or a judgement."""
    return is_a(snapshot, node, "Attestation") or is_a(snapshot, node, "Judgement")


def is_a(snapshot: Snapshot, node: NamedNode, word: str) -> bool:
    """Return whether evidence gives a node a type."""
    return Quad(node, term("rdf:type"), term(word), DEFAULT) in snapshot


def stands(snapshot: Snapshot, node: NamedNode) -> bool:
    """Return whether evidence was not withdrawn, or came back since."""
    return not any(snapshot.quads(node, INVALIDATED, None, DEFAULT))


def subjects(snapshot: Snapshot, word: str, value: NamedNode) -> set[NamedNode]:
    """Return the nodes that have a node for a value of a property."""
    return set(named(quad.subject for quad in snapshot.quads(None, term(word), value, DEFAULT)))


def values(snapshot: Snapshot, node: NamedNode, word: str) -> set[NamedNode]:
    """Return the nodes that are values of a property of a node."""
    return set(named(quad.object for quad in snapshot.quads(node, term(word), None, DEFAULT)))


def texts(snapshot: Snapshot, node: NamedNode, word: str) -> list[str]:
    """Return the texts that are values of a property of a node."""
    found = (quad.object for quad in snapshot.quads(node, term(word), None, DEFAULT))
    return [value.value for value in found if isinstance(value, Literal)]


def star_of(snapshot: Snapshot, node: Term) -> dict[NamedNode, list[Term]]:
    """Return what has an IRI and the texts that are said of a node, by property."""
    found: dict[NamedNode, list[Term]] = {}
    if isinstance(node, NamedNode):
        for quad in snapshot.quads(node, None, None, DEFAULT):
            if isinstance(quad.object, NamedNode | Literal):
                found.setdefault(quad.predicate, []).append(quad.object)
    return found


def withdrawn_name(snapshot: Snapshot, thing: NamedNode) -> str:
    """Return what a thing was called and is by nobody any more, marked so; else nothing.

    A document that did not tell its name itself, as a text does not whose sidecar was
    withdrawn, has only lost that.
    """
    if texts(snapshot, thing, "rdfs:label"):
        return ""
    told = {
        claim: subjects(snapshot, "claim", claim)
        for claim in subjects(snapshot, "rdf:subject", thing)
        if Quad(claim, term("rdf:predicate"), term("name"), DEFAULT) in snapshot
    }
    telling = set().union(*told.values())
    is_own = any(Quad(said, term("document"), thing, DEFAULT) in snapshot for said in telling)
    if is_a(snapshot, thing, "Document") and not is_own:
        return ""
    gone = (claim for claim, said in told.items() if not any(stands(snapshot, s) for s in said))
    names = [name for claim in gone for name in texts(snapshot, claim, "rdf:object")]
    return f"{min(names)} (withdrawn)" if names else ""


def named(found: Iterable[object]) -> Iterator[NamedNode]:
    """Yield what has an IRI."""
    return (node for node in found if isinstance(node, NamedNode))
