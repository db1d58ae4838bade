"""What the relationships of STIX bundles claim, by their words, from source to target."""

import re
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.no_names import is_denial, is_hedge
from loaders.records import Claim, Details
from loaders.stix_bundle import (
    Bundle,
    Fault,
    Fields,
    Thing,
    inferred_by_rules,
    is_placeholder,
    text,
)
from ontology import term
from ontology.identity import Qualifier

# what a word of STIX says, from source to target; `-` where the target is the subject
_PREDICATES: Final = {
    # no more than that somebody is behind it: STIX does not say how
    "attributed-to": "hasBehindIt",
    "controlled-by": "controlledBy", "controls": "-controlledBy", "directed-by": "directedBy",
    "linked-to": "linkedTo", "operated-by": "operatedBy", "operates": "-operatedBy",
    "amplifies": "amplifies", "employed-by": "schema:worksFor", "impersonates": "posedAs",
    "cosignatory": "cosignatory",  # as our own bundles have it
    "indicates": "indicates", "located-at": "schema:location", "member-of": "org:memberOf",
    "mitigates": "counters", "originates-from": "originatedIn", "owned-by": "ownedBy",
    "owns": "-ownedBy", "promotes": "promotes", "publishes": "posted",
    "subtechnique-of": "dcterms:isPartOf", "supports": "supports", "targets": "targeted",
    "uses": "uses", "works-for": "schema:worksFor",
}  # fmt: skip
_PEOPLE: Final = ("foaf:Person", "UnnamedGroup")
_AGENTS: Final = ("org:Organization", "LegalParty", *_PEOPLE)
# what somebody does is behind nothing itself: incidents are attributed to campaigns
_DOINGS: Final = ("Campaign", "Narrative", "sem:Event")
_ASSETS: Final = (
    "Account", "AssetSet", "Channel", "Domain", "EmailAddress", "IpAddress", "IpNetwork",
    "Network",
    "WebAddress",
)  # fmt: skip


def relation(fields: Fields, bundle: Bundle) -> Claim | Fault:
    """Return what a relationship claims, or what keeps it from being taken."""
    source = bundle.end("source_ref", fields.get("source_ref"))
    target = bundle.end("target_ref", fields.get("target_ref"))
    kind = text(fields, "relationship_type")
    if inferred := inferred_by_rules(fields):
        return inferred
    if isinstance(source, Fault):
        return source
    if isinstance(target, Fault):
        return target
    if is_placeholder(kind):
        return Fault("relationship_type", fields.get("relationship_type"), "is no relation")
    # as the specification spells them (STIX 2.1, section 5.1), which not everybody does
    plain = re.sub(r"[\s_]+", "-", kind.casefold())
    word = _predicate(plain, source, target)
    first, second = (target, source) if word.startswith("-") else (source, target)
    is_named = word != "dcterms:relation" or plain == "related-to"
    about: tuple[Qualifier, ...] = ()
    if not is_named:
        about = ((term("relationType"), Literal(kind)),)
    return Claim(first.node, term(word.removeprefix("-")), second.node, about)


def of_field(kind: str, source: Thing, target: Thing) -> Claim:
    """Return what a field says that refers to another object, such as `resolves_to_refs`."""
    if _resolved(kind, source, target):
        return Claim(source.node, term("resolvedTo"), target.node)
    about = ((term("relationType"), Literal(kind)),)
    return Claim(source.node, term("dcterms:relation"), target.node, about)


def how_sure(fields: Fields) -> tuple[Details, NamedNode | None]:
    """Return a hedge where a description is only that, and the stance that it leaves."""
    told = text(fields, "description")
    if not is_hedge(told):
        return (), None
    hedge = ((term("hedge"), Literal(told, language="en")),)
    return hedge, term("Question") if is_denial(told) else None


def _predicate(kind: str, source: Thing, target: Thing) -> str:
    are_places = source.kind == target.kind == "schema:Place"
    if kind in ("located-at", "part-of") and are_places:
        return "dcterms:isPartOf"
    if kind == "part-of":
        if target.kind != "org:Organization" or source.kind not in _AGENTS:
            return "dcterms:isPartOf"
        return "org:memberOf" if source.kind in _PEOPLE else "org:subOrganizationOf"
    if kind == "belongs-to":
        is_label = source.kind in _ASSETS and target.kind in _AGENTS
        return "labelledAsBelongingTo" if is_label else "belongsTo"
    if kind == "attributed-to" and target.kind in _DOINGS:
        return "dcterms:relation"
    if kind in ("controls", "controlled-by"):
        ends = (source, target) if kind == "controls" else (target, source)
        return _PREDICATES[kind] if _is_attribution(*ends) else "dcterms:relation"
    if _resolved(kind, source, target):
        return "resolvedTo"
    return _PREDICATES.get(kind, "dcterms:relation")


def _resolved(kind: str, source: Thing, target: Thing) -> bool:
    """Return whether a domain pointed to an address; addresses have those of devices, too."""
    return (kind, source.kind, target.kind) == ("resolves-to", "Domain", "IpAddress")


def _is_attribution(first: Thing, second: Thing) -> bool:
    """Return whether the first may be behind the second; what servers control is technical."""
    return second.kind in (*_ASSETS, "Campaign") and first.kind in (*_AGENTS, "Network")
