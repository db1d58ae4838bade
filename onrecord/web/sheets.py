"""What the page of an IRI shows, whatever the IRI stands for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from onrecord.web.dossier import Dossier
from onrecord.web.links import Link, Links
from onrecord.web.passages import Place
from onrecord.web.stars import Stars
from onrecord.web.testimony import ClaimView, Judgement, Voice
from ontology import term
from ontology.flags import PROJECTED

# classes of evidence, in words; what is none of these is a thing that claims speak of
_KINDS: Final[Mapping[str, str]] = {
    "Claim": "Claim",
    "Attestation": "Attestation",
    "Relay": "Relay",
    "Document": "Document",
    "Passage": "Passage",
    "Record": "Record of a data file",
    "LoaderRun": "Loader run",
    "Withdrawal": "Withdrawal",
    "Erasure": "Erasure",
    "Tombstone": "Tombstone",
    "IdentityJudgement": "Identity judgement",
    "ImplicationJudgement": "Implication judgement",
    "Assessment": "Assessment",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that belong under one heading."""

    heading: str
    claims: tuple[ClaimView, ...]
    is_own: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page of an IRI shows."""

    title: Link
    kind: str
    facts: tuple[tuple[Link, tuple[Link, ...]], ...]
    claim: ClaimView | None
    voice: Voice | None
    place: Place | None
    groups: tuple[Group, ...]
    judgements: tuple[Judgement, ...]
    remarks: tuple[str, ...]


def sheet(dossier: Dossier, iri: NamedNode) -> Sheet:
    """Return what the page of an IRI shows."""
    stars, links = dossier.stars, dossier.links
    kind = next((word for word in _KINDS if stars.is_a(iri, word)), "")
    said = stars.nodes(iri, "claim")
    return Sheet(
        links.of(iri) if links.is_named(iri) or not kind else Link(_KINDS[kind]),
        _KINDS.get(kind, _types(stars, links, iri)),
        tuple(_facts(stars, links, iri))
        if kind or stars.values(iri, "rdfs:isDefinedBy")
        else (),
        dossier.claim(iri if kind == "Claim" else said[0]) if kind == "Claim" or said else None,
        dossier.voice(iri) if said else None,
        dossier.passages.place(iri) if kind == "Passage" else None,
        tuple(_groups(dossier, iri)) if not said and kind != "Claim" else (),
        tuple(dossier.judgement(node) for node in _judgements(stars, iri)),
        tuple(value.value for value in stars.values(iri, "rdfs:comment")),
    )


def _types(stars: Stars, links: Links, iri: NamedNode) -> str:
    return ", ".join(links.of(kind).text for kind in stars.values(iri, "rdf:type"))


def _facts(
    stars: Stars, links: Links, iri: NamedNode
) -> Iterable[tuple[Link, tuple[Link, ...]]]:
    for word, values in stars.star(iri).items():
        if word not in _ELSEWHERE:
            yield links.of(word), tuple(links.of(value) for value in values)


def _groups(dossier: Dossier, iri: NamedNode) -> Iterable[Group]:
    """Yield first what is said of the IRI, by property, then what else it stands in."""
    stars = dossier.stars
    own = stars.subjects("rdf:subject", iri)
    order = {word: place for place, word in enumerate(_FIRST)}
    words = sorted(
        {word for claim in own for word in stars.nodes(claim, "rdf:predicate")},
        key=lambda word: (order.get(word, len(order)), dossier.links.of(word).text),
    )
    for word in words:
        about = [claim for claim in own if word in stars.nodes(claim, "rdf:predicate")]
        yield Group(dossier.links.of(word).text, tuple(map(dossier.claim, about)), True)
    others = [c for c in stars.of_class("Claim") if c not in own and _touches(stars, c, iri)]
    shown = [dossier.claim(claim) for claim in others]
    shown.sort(key=lambda claim: (claim.predicate.text, claim.subject.text, claim.object.text))
    if shown:
        yield Group("Elsewhere in the record", tuple(shown), False)


def _touches(stars: Stars, claim: NamedNode, iri: NamedNode) -> bool:
    """Return whether a claim names an IRI, or somebody attests it by, in or through it."""
    said = stars.subjects("claim", claim)
    hops = [hop for node in said for hop in stars.nodes(node, "relay")]
    own = {value for node in (claim, *said, *hops) for value in _values(stars, node)}
    parts = {value for value in own if isinstance(value, NamedNode)}
    return iri in own or any(iri in stars.nodes(part, "inPart") for part in parts)


def _values(stars: Stars, node: NamedNode) -> Iterable[object]:
    return (value for values in stars.star(node).values() for value in values)


def _judgements(stars: Stars, iri: NamedNode) -> list[NamedNode]:
    words = ("first", "second", "premise", "consequence", "assessed")
    return [node for word in words for node in stars.subjects(word, iri)]


# annotations are shown as the claims that they are, with who says so; hashes are for a load to
# compare, and there may be a hundred thousand
_ELSEWHERE: Final = {term("rdfs:comment"), term("setAside"), *PROJECTED.values()}
_FIRST: Final = tuple(
    term(word)
    for word in ("name", "alias", "rdf:type", "speaksFor", "org:holds", "schema:hasOccupation")
)
