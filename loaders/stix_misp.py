"""Objects and attributes of MISP in STIX, where STIX has none like them.

MISP writes them as `x-misp-object` and `x-misp-attribute`: pages, groups, posts, channels.
"""

from collections.abc import Iterator
from typing import Any, Final

from pyoxigraph import Literal

from loaders import indicators, misp_attributes, misp_objects, misp_posts
from loaders.json_parts import list_in, object_in
from loaders.misp_privacy import is_private
from loaders.misp_templates import (
    Account,
    Named,
    Post,
    handle_in,
    name_in,
    platform_name,
    platform_of,
    template_of,
)
from loaders.records import Attestation, Claim
from loaders.stix_bundle import Fault, Fields, Item, Thing, text
from loaders.stix_words import WITHHELD
from loaders.telling import scalar
from ontology import term
from ontology.identity import Mint

_NOT_KEPT: Final = "is not taken: secrets, persons and words of posts are not kept"
_ATTRIBUTES: Final = "x_misp_attributes"


def discreet(fields: dict[str, object]) -> dict[str, object]:
    """Return an object of MISP without secrets, what identifies a person and words of posts."""
    if _ATTRIBUTES in fields:
        template = text(fields, "x_misp_name")
        listed = [_discreet(one, template) for one in list_in(fields[_ATTRIBUTES])]
        return {**fields, _ATTRIBUTES: listed}
    private = [one for one in fields if _is_private(one, fields)]
    return {**fields, **dict.fromkeys(private, WITHHELD)} if private else fields


def _is_private(name: str, fields: dict[str, object]) -> bool:
    """Return whether a field has what is not kept of MISP; any object of STIX may."""
    if "x_misp_" not in name:
        return False
    relation = name.removeprefix("x_misp_").replace("_", "-")
    kind = text(fields, "x_misp_type") if name == "x_misp_value" else relation
    return is_private(text(fields, "x_misp_name"), relation, kind)


def _discreet(one: Any, template: str) -> Any:
    found = object_in(one)
    relation, kind = scalar(found.get("object_relation")), scalar(found.get("type"))
    is_post = isinstance(template_of(template), Post)
    if is_private(template, relation, kind) or (is_post and relation in misp_posts.TEXTS):
        return {name: WITHHELD if name in ("data", "value") else found[name] for name in found}
    return {name: found[name] for name in found if name != "data"} if found else one


def of_object(fields: Fields, mint: Mint) -> Thing | Fault:
    """Return what an object of MISP stands for by its template; else what only its id tells."""
    id = text(fields, "id")
    named = text(fields, "x_misp_name")
    listed = [one for one in list_in(fields.get(_ATTRIBUTES)) if WITHHELD not in repr(one)]
    found = misp_objects.thing_of({"name": named, "uuid": id, "Attribute": listed}, id, mint)
    match found.template if found else None:
        case Account() as template if found:
            platform = platform_of(platform_name(template, found.values))
            known = handle_in(template, platform, found.values) if platform else None
            one = indicators.account(known, mint) if known else None
            shown = " ".join(
                found.values[key][0] for key in template.shown if key in found.values
            )
            told = one.told if one else ()
            told += (Claim(found.node, term("displayName"), Literal(shown)),) if shown else ()
            return Thing(found.node, "Account", shown or (one.name if one else ""), told)
        case Post() if found:
            return Thing(found.node, "schema:SocialMediaPosting")
        case Named() as template if found:
            return Thing(found.node, template.kind, name_in(template, found.values))
    return Thing(mint.activity("observable", "stix", id), "Observable", named)


def of_attribute(fields: Fields, mint: Mint) -> Thing | Fault:
    """Return the one thing that an attribute of MISP names; else what only its id tells."""
    kind, spelled = text(fields, "x_misp_type"), text(fields, "x_misp_value")
    found = misp_attributes.found_in(kind, spelled, mint) or []
    if len(found) == 1:
        return Thing(found[0].node, found[0].kind, found[0].name, found[0].told)
    return Thing(mint.activity("observable", "stix", text(fields, "id")), "Observable")


def told(item: Item, thing: Thing) -> Iterator[Attestation]:
    """Yield what an object or an attribute of MISP says of its thing, under its own names."""
    listed = list_in(item.fields.get(_ATTRIBUTES))
    if item.type == "x-misp-attribute" and thing.kind == "Observable":
        kind = item.fields.get("x_misp_type")
        listed = [{"object_relation": kind, "value": item.fields.get("x_misp_value")}]
    for one in map(object_in, listed):
        name = scalar(one.get("object_relation")) or scalar(one.get("type"))
        value = scalar(one.get("value"))
        if value == WITHHELD:
            item.fault(_ATTRIBUTES, name, _NOT_KEPT)
        elif name and value:
            about = ((term("inField"), Literal(name)),)
            yield item.says(Claim(thing.node, term("describedAs"), Literal(value), about))
