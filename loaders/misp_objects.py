"""Objects of MISP events: accounts, pages, groups, channels, posts, people, organisations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from loaders.assets import Handle
from loaders.cells import count
from loaders.json_parts import list_in, object_in
from loaders.misp_attributes import FILES, TEXTS
from loaders.misp_attributes import tell as tell_attribute
from loaders.misp_privacy import why_not_kept
from loaders.misp_templates import (
    Account,
    Named,
    Template,
    Values,
    first,
    handle_in,
    name_in,
    node_in,
    platform_name,
    platform_of,
    template_of,
    why_unnamed,
)
from loaders.no_names import NOBODY
from loaders.records import Claim, Details
from loaders.telling import Telling, scalar
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Mint, as_seen

_ALIASES: Final = frozenset(
    {"alias", "aliases", "group-alias", "page-alias", "subreddit-alias"}
)
_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"about": "selfDescribedAs", "bio": "selfDescribedAs", "location": "reportedLocation"}
)
_COUNTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "followers": "followerCount",
        "following": "followingCount",
        "member-count": "memberCount",
        "posts": "postCount",
        "tweets": "postCount",
    }
)
_TIMES: Final[Mapping[str, str]] = MappingProxyType(
    {"created": "schema:dateCreated", "joined-date": "schema:dateCreated"}
)
_ADDRESSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "archive": "documentedAt",
        "contact-detail": "profileLink",
        "embedded-link": "profileLink",
        "embedded-safe-link": "profileLink",
        "external-references": "documentedAt",
        "link": "atAddress",
        "url": "atAddress",
        "website": "atAddress",
    }
)


@dataclass(frozen=True, slots=True)
class Thing:
    """What an object stands for, and the attributes that were told apart to find it."""

    node: NamedNode
    template: Template
    values: Values
    name: str


def thing_of(value: Mapping[str, Any], scope: str, mint: Mint) -> Thing | None:
    """Return what an object stands for; None where its template stands for no thing of ours."""
    template = template_of(scalar(value.get("name")))
    if template is None:
        return None
    values: dict[str, list[str]] = {}
    for _, relation, _, text in attributes(value):
        values.setdefault(relation, []).append(text)
    for found in values.values():
        found.sort()  # servers give them in any order
    uuid = (
        scalar(value.get("uuid")) or sha256(repr(sorted(values.items())).encode()).hexdigest()
    )
    return Thing(
        node_in(template, values, uuid, scope, mint), template, values, scalar(value["name"])
    )


def attributes(value: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], str, str, str]]:
    """Yield the attributes of an object that are not deleted: relation, type and value."""
    for one in list_in(value.get("Attribute")):
        found = object_in(one)
        relation, kind = scalar(found.get("object_relation")), scalar(found.get("type"))
        text = scalar(found.get("value"))
        if isinstance(found.get("value"), bool):
            text = str(found["value"])
        if not is_deleted(found) and text:
            yield found, relation or kind, kind, text


def is_deleted(value: Mapping[str, Any]) -> bool:
    """Return whether a part of an event was taken out, as servers of any age spell it."""
    told = value.get("deleted")
    return told is True or scalar(told).casefold() in ("1", "true")


def tell(
    telling: Telling, event: NamedNode, value: Mapping[str, Any], thing: Thing | None
) -> None:
    """Add what an object says: of the thing that it stands for, else of its event."""
    base = telling.about
    read = _introduced(telling, event, thing) if thing else frozenset[str]()
    listed: dict[str, list[NamedNode]] = {}
    template = scalar(value.get("name"))
    for found, relation, kind, text in attributes(value):
        if relation in read and kind not in FILES:
            continue
        if why := why_not_kept(template, relation, kind, is_known=thing is not None):
            if kind in FILES:
                telling.refuse(relation, text, why)
            else:
                telling.withhold(relation, why)
            continue
        telling.about = (*base, *telling.observed(found), *noted(found))
        _attribute(telling, event, thing, relation, kind, text, listed, value)
    telling.about = base
    _resolved(telling, *([*dict.fromkeys(listed.get(key, []))] for key in ("domain", "ip")))


def _resolved(telling: Telling, domains: list[NamedNode], ips: list[NamedNode]) -> None:
    """Add which domain had which addresses, or which address had which domains."""
    if len(domains) > 1 and len(ips) > 1:
        told = f"{len(domains)} domains, {len(ips)} addresses"
        telling.refuse("domain", told, "do not say which of them had which")
        return
    for domain in domains:
        for ip in ips:
            telling.say(domain, "resolvedTo", ip)


def noted(found: Mapping[str, Any]) -> Details:
    """Return the comment of an attribute."""
    text = scalar(found.get("comment"))
    return ((term("note"), Literal(text)),) if text else ()


def _introduced(telling: Telling, event: NamedNode, thing: Thing) -> frozenset[str]:
    """Add what a thing is and is called; return the attributes that have said so."""
    node, template, values = thing.node, thing.template, thing.values
    if isinstance(template, Account):
        telling.say(node, "rdf:type", term("Account"))
        telling.say(node, "listedIn", event, ((term("assetKind"), term(template.asset)),))
        name = platform_name(template, values)
        platform = platform_of(name)
        if platform:
            telling.say(node, "onPlatform", platform)
            _identified(telling, node, handle_in(template, platform, values), template, values)
        else:
            reason = "is no platform of the vocabulary"
            telling.refuse("platform", name or thing.name, reason)
        shown = " ".join(values[key][0] for key in template.shown if values.get(key))
        if shown:
            telling.say(node, "displayName", Literal(shown))
        if label := shown or first(values, template.handles) or first(values, template.ids):
            telling.say(node, "name", Literal(label.lstrip("@")))
        return template.read | {"account-type", "app-used", "platform"}
    assert isinstance(template, Named)
    telling.say(node, "rdf:type", term(template.kind))
    telling.say(node, "listedIn", event)
    if name := name_in(template, values):
        telling.say(node, "name", Literal(name))
    elif spelled := first(values, template.names):
        telling.refuse("name", spelled, why_unnamed(template, spelled) or NOBODY)
    parts = {"first-name", "middle-name", "last-name"} if template.path == "person" else set()
    return frozenset(parts | set(template.names) - _ALIASES)


def _identified(
    telling: Telling, node: NamedNode, found: Handle | None, template: Account, values: Values
) -> None:
    if found and found.id:
        telling.say(node, "dcterms:identifier", Literal(found.id))
    if found and found.handle:
        telling.say(node, "handle", Literal(found.handle))
    spare = [one for key in (*template.ids, *template.handles) for one in values.get(key, ())]
    for one in spare:
        if found is None or one.lstrip("@") not in (found.id, found.handle):
            telling.describe(node, "name", one)


def _attribute(
    telling: Telling,
    event: NamedNode,
    thing: Thing | None,
    relation: str,
    kind: str,
    text: str,
    listed: dict[str, list[NamedNode]],
    whole: Mapping[str, Any],
) -> None:
    """Add what one attribute says."""
    node = thing.node if thing else None
    if node is None and kind in TEXTS:
        telling.describe(_unknown(telling, event, whole), relation, text)
    elif node is None:
        found = tell_attribute(telling, event, kind, text, relation)
        # where a connection came from is nothing that a domain resolved to
        is_ip = kind.startswith("ip") and relation != "ip-src"
        if found:
            listed.setdefault("ip" if is_ip else relation, []).append(found)
    elif relation in _ADDRESSES:
        if page := telling.page(text, relation):
            telling.say(node, _ADDRESSES[relation], page)
    elif relation == "hashtag":
        _hashtag(telling, node, text)
    elif relation in _ALIASES:
        telling.say(node, "alias", Literal(text))
    elif relation in _WORDS:
        telling.say(node, _WORDS[relation], Literal(text))
    elif relation in _COUNTS:
        _count(telling, node, relation, text)
    elif relation in _TIMES:
        if moment := telling.moment(relation, text):
            telling.say(node, _TIMES[relation], moment)
    elif kind in TEXTS or kind in ("boolean", "float", "integer", "counter", "datetime"):
        telling.describe(node, relation, text)
    else:
        tell_attribute(telling, event, kind, text, relation)


def _unknown(telling: Telling, event: NamedNode, value: Mapping[str, Any]) -> NamedNode:
    """Return what an object of an unknown template stands for, which is not its event."""
    uuid = scalar(value.get("uuid")) or sha256(repr(sorted(value.items())).encode()).hexdigest()
    node = telling.mint.activity("observable", uuid)
    belongs = Claim(node, term("listedIn"), event)
    return telling.introduce(node, "Observable", scalar(value.get("name")), belongs)


def _hashtag(telling: Telling, node: NamedNode, text: str) -> None:
    tag = text.strip("# ")
    if as_seen(tag).strip("# "):
        name = f"#{tag}"
        found = telling.introduce(telling.mint.hashtag(tag), "Hashtag", name)
        telling.say(node, "uses", found)
    else:
        telling.refuse("hashtag", text, "is no hashtag")


def _count(telling: Telling, node: NamedNode, relation: str, text: str) -> None:
    try:
        number = count(text)
    except BadInput as error:
        telling.refuse(relation, text, str(error))
    else:
        about = ((term("comparator"), term("exact")),)
        telling.say(node, _COUNTS[relation], number, about)
