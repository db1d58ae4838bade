"""What catalogues and events of MISP call the relation between two things."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from loaders.json_parts import list_in, object_in
from loaders.no_names import is_denial, is_hedge
from loaders.records import Details
from loaders.telling import Telling, scalar
from loaders.values import english
from ontology import term

_HEDGE: Final = term("hedge")
_LIKELIHOOD: Final = "estimative-language:likelihood-probability="
_CONFIDENCE: Final = "estimative-language:confidence-in-analytic-judgment="
# up to which nobody asserts what they estimate (ICD 203, section D.6.e.2)
_DOUBTED: Final = frozenset(
    {"almost-no-chance", "very-unlikely", "unlikely", "roughly-even-chance"}
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A predicate, whether it runs the other way, and how the word itself hedges."""

    predicate: str
    inverse: bool = False
    hedge: str = ""


_SAID: Final[Mapping[str, Relation]] = MappingProxyType(
    {
        "attributed-to": Relation("hasBehindIt"),
        "controlled-by": Relation("controlledBy"),
        "controls": Relation("controlledBy", inverse=True),
        "directs": Relation("directedBy", inverse=True),
        "impersonates": Relation("posedAs"),
        "included-in": Relation("dcterms:isPartOf"),
        "includes": Relation("dcterms:isPartOf", inverse=True),
        "linked-to": Relation("linkedTo"),
        "member-of": Relation("org:memberOf"),
        "operated-by": Relation("operatedBy"),
        "operator-of": Relation("operatedBy", inverse=True),
        "overlaps": Relation("overlapsWith"),
        "owned-by": Relation("ownedBy"),
        "owner-of": Relation("ownedBy", inverse=True),
        "owns": Relation("ownedBy", inverse=True),
        "part-of": Relation("dcterms:isPartOf"),
        "resolved-to": Relation("resolvedTo"),
        "resolves-to": Relation("resolvedTo"),
        "responsible-for": Relation("hasBehindIt", inverse=True),
        "similar": Relation("similarTo"),
        "sponsored-by": Relation("backs", inverse=True),
        "sponsors": Relation("backs"),
        "subtechnique-of": Relation("dcterms:isPartOf"),
        "successor-of": Relation("followUpOf"),
        "supported-by": Relation("supports", inverse=True),
        "supports": Relation("supports"),
        "suspected-link": Relation("linkedTo", hedge="suspected"),
        "targeted-by": Relation("targeted", inverse=True),
        "targets": Relation("targeted"),
        "used-by": Relation("uses", inverse=True),
        "uses": Relation("uses"),
        "works-for": Relation("schema:worksFor"),
    }
)


def relate(
    telling: Telling,
    subject: NamedNode,
    kind: str,
    target: NamedNode,
    tags: Any = None,
    comment: str = "",
) -> None:
    """Add that one thing stands in a relation to another; words not known are kept as they are.

    `tags` may say how likely it is held to be (the taxonomy `estimative-language`).
    """
    found = _SAID.get(kind)
    sure = (*estimated(telling, tags, found.hedge if found else ""), *hedged(comment))
    details = (*sure, *(((term("note"), Literal(comment)),) if comment else ()))
    if found is None:
        about = ((term("relationType"), Literal(kind)),)
        telling.say(
            subject, "dcterms:relation", target, about, details, stance=stance_of(details)
        )
        return
    ends = (target, subject) if found.inverse else (subject, target)
    wording = ((term("wording"), english(kind)),)
    told = (*wording, *details)
    telling.say(ends[0], found.predicate, ends[1], details=told, stance=stance_of(details))


def stance_of(estimate: Details) -> NamedNode:
    """Return the stance on what is held to be that likely; what is not, is a question.

    >>> stance_of(((term("hedge"), english("very-unlikely")),)) == term("Question")
    True
    """
    told = {value.value.casefold() for name, value in estimate if name == _HEDGE}
    is_doubted = bool(told & _DOUBTED) or any(map(is_denial, told))
    return term("Question" if is_doubted else "Assertion")


def hedged(comment: str) -> Details:
    """Return a comment as a hedge, where it is no more than that."""
    return ((_HEDGE, english(comment)),) if is_hedge(comment) else ()


def estimates(tags: Any) -> list[Any]:
    """Return the tags that say how likely something is, or how sure somebody is of it."""
    return [tag for tag in list_in(tags) if _named(tag).startswith((_LIKELIHOOD, _CONFIDENCE))]


def _named(tag: Any) -> str:
    return scalar(object_in(tag).get("name")) or scalar(tag)


def estimated(telling: Telling, tags: Any, hedge: str = "") -> Details:
    """Return hedge and confidence; a tag of which nothing is made is refused."""
    found: dict[NamedNode, Literal] = {_HEDGE: english(hedge)} if hedge else {}
    for tag in list_in(tags):
        text = _named(tag)
        name, _, value = text.partition("=")
        value = value.strip('"')
        if text.startswith(_LIKELIHOOD) and value and _HEDGE not in found:
            found[_HEDGE] = english(value)
        elif text.startswith(_CONFIDENCE) and value and term("statedConfidence") not in found:
            found[term("statedConfidence")] = Literal(value)
            found[term("statedConfidenceScale")] = Literal(name)
        else:
            telling.refuse("tags", tag, "is a tag of which a relation makes nothing")
    return tuple(found.items())
