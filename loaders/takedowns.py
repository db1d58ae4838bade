"""Takedowns: a table of our own, one row for each disclosure of a platform.

Source   CSV in the form that `onrecord template takedowns` writes
Licence  as whoever keeps the table has it
Yields   rec:EnforcementAction and the rec:Network that it removed: counts, followers and ads
         with their comparators, origin, targets, policy, and to whom it was attributed

The platform's owner is quoted, or its spokesperson; whoever keeps the table passes it on.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import forms
from loaders.attributing import stated_confidence, strength
from loaders.details import asserted_at, citing, described
from loaders.form_row import Form
from loaders.given import Given
from loaders.names_in_cells import why_not_one, why_not_one_person
from loaders.period import period
from loaders.records import Details, Record
from loaders.scheme_words import platform, words
from loaders.source import source
from loaders.table import Row
from loaders.voice import Voice
from ontology import term

__all__ = ["NAME", "TEMPLATE", "load", "recognise", "source"]

NAME: Final = "takedowns"

# what is counted: the kind of asset, and the platform that alone has it
_KINDS: Final = {
    "pages": ("page", "facebook"),
    "accounts": ("account", ""),
    "groups": ("group", "facebook"),
    "instagram_accounts": ("instagramAccount", "instagram"),
    "events": ("eventPage", "facebook"),
    "other": ("asset", ""),
}
_COUNTED: Final = tuple(
    f"{kind}{what}{comparator}"
    for kind in _KINDS
    for what in ("", "_followers")
    for comparator in ("", "_comparator")
)
COLUMNS: Final = (
    "id", "publisher", "announced_on", "removed_on", "platform_owner", "platforms", "policy",
    "network_name", "origin_country", "target_countries", *_COUNTED, "other_kind", "ad_spend",
    "ad_spend_comparator", "ad_currency", "first_ad", "last_ad", "attributed_to",
    "attribution_strength", "confidence", "confidence_scale", "statement_url", "spokesperson",
    "role", "note",
)  # fmt: skip
_TELLING: Final = ("id", "platform_owner")  # without the one nothing is read, the other is ours
_UNNAMED: Final = re.compile(
    r"(?:an?\s+|the\s+)?(?:unnamed|anonymous|(?:[^,]*\s)?(?:spokes(?:person|man|woman|people)"
    r"|spox|representative|officials?)(?:\s+(?:at|for|from|of)\s[^,]+)?)",
    re.IGNORECASE,
)

TEMPLATE: Final = forms.template(
    COLUMNS,
    {
        "id": "2031-04-harbour",
        "publisher": "Harbour Observatory",
        "announced_on": "2031-04-01",
        "removed_on": "2031-03",
        "platform_owner": "Platform Sample",
        "platforms": "Facebook; Instagram",
        "policy": "coordinated inauthentic behaviour",
        "network_name": "Crane Watch",
        "origin_country": "Iceland",
        "target_countries": "Togo; Burkina Faso",
        "pages": "24",
        "pages_followers": "64,000",
        "pages_followers_comparator": "about",
        "accounts": "more than 20",
        "ad_spend": "1,100",
        "ad_spend_comparator": "about",
        "ad_currency": "USD",
        "first_ad": "2029-05",
        "last_ad": "2030-12",
        "attributed_to": "The Harbour Guild",
        "attribution_strength": "linked to",
        "statement_url": "https://platform.example/news/2031-04",
        "spokesperson": "Bo Sample",
        "role": "head of safety",
    },
)


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    return forms.recognised(head, *_TELLING)


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of one file."""
    yield from forms.records(path, given, forms.by_id, _disclosure, unique="id")


def _disclosure(voice: Voice, row: Row) -> Iterator[Record]:
    """Yield what one disclosure says."""
    form = Form.of(voice, row)
    id = form.need("id")
    owner = form.organisation(form.need_name("platform_owner", why_not_one))
    page = form.cited("statement_url")
    form.spoken = (*asserted_at(form.moment("announced_on")), *citing(page))
    form.chain = (_spokesperson(form, owner),)
    if form.chain != (owner,):
        form.spoken += ((term("onBehalfOf"), owner),)
    mint, dataset = form.telling.mint, row.file.dataset
    action = mint.named("event", f"removal {id}", NAME, dataset)
    network = mint.named("network", id, NAME, dataset)
    title = form.name("network_name") or id
    form.mention(action, "EnforcementAction", f"removal of {title}")
    form.mention(network, "Network", title)
    note = form.take("note")
    remark: Details = ((term("note"), Literal(note)),) if note else ()
    form.quote(owner, "announced", action, details=remark)
    form.quote(action, "removed", network)
    if page:
        form.add(action, "announcedIn", page)
    _circumstances(form, action, network)
    for kind in _KINDS:
        _counted(form, action, network, kind)
    _advertised(form, network)
    _attributed(form, network, id)
    yield from form.told()


def _spokesperson(form: Form, owner: NamedNode) -> NamedNode:
    """Return who speaks: the owner of the platform, or somebody else who speaks for it."""
    name, mint = form.name("spokesperson", why_not_one_person), form.telling.mint
    if not name:
        form.needs("role", "spokesperson")
        return owner
    if mint.named("org", name) == owner:  # which speaks for itself
        if role := form.take("role"):
            form.refuse("role", role, "stands beside no spokesperson")
        return owner
    is_unnamed = _UNNAMED.fullmatch(name)
    path, kind = ("speaker", "UnnamedSpokesperson") if is_unnamed else ("person", "foaf:Person")
    node = mint.named(path, name, owner.value)
    form.mention(node, kind, name)
    form.add(node, "speaksFor", owner)
    if role := form.take("role"):
        form.add(node, "schema:hasOccupation", Literal(role))
    return node


def _circumstances(form: Form, action: NamedNode, network: NamedNode) -> None:
    """Say when, where, why, from where and against whom."""
    if when := form.moment("removed_on"):
        form.quote(network, "takenDownOn", when)
    for where in form.platforms("platforms"):
        form.quote(action, "onPlatform", where)
    if policy := form.take("policy"):
        form.quote(action, "reason", Literal(policy))
    for place in form.places("origin_country"):
        form.quote(network, "originatedIn", place)
    for place in form.places("target_countries"):
        form.quote(network, "targeted", place)


def _counted(form: Form, action: NamedNode, network: NamedNode, kind: str) -> None:
    """Say how many assets of a kind were removed, and how many followed them."""
    about, is_counted = _kind(form, kind), False
    for column, subject, predicate in (
        (kind, action, "removedCount"),
        (f"{kind}_followers", network, "followerCount"),
    ):
        if found := form.count(column):
            qualifiers = (*about, (term("comparator"), found[1]))
            form.quote(subject, predicate, found[0], qualifiers)
            is_counted = True
    if kind == "other" and not is_counted:
        form.needs("other_kind", "other")


def _kind(form: Form, kind: str) -> Details:
    """Return what is counted: a kind of asset, and the platform if there is but one for it."""
    listed = form.platforms("platforms")
    name, only = _KINDS[kind]
    about: Details = ((term("assetKind"), term(name)),)
    if kind == "other":
        told = form.take("other_kind")
        known = words("AssetKind").get(told.casefold().removesuffix("s"))
        scope = ((term("scope"), Literal(told or "assets of other kinds")),)
        about = ((term("assetKind"), known),) if known else (*about, *scope)
        named = {node for word in re.findall(r"\w+", told) if (node := platform(word))}
        if not named.issubset(listed):  # `WhatsApp accounts` are not of the row's Facebook
            return about
    if only and (term(only) in listed or only == "instagram"):
        return (*about, (term("platform"), term(only)))
    if not only and len(listed) == 1 and not form.is_lost("platforms"):
        return (*about, (term("platform"), listed[0]))
    return about


def _advertised(form: Form, network: NamedNode) -> None:
    """Say what was spent on ads, in which currency, and when they ran."""
    currency = form.currency("ad_currency")
    if form.needs("ad_spend", "ad_currency") and (found := form.number("ad_spend")):
        money, comparator = found
        about = described((("currency", currency),))
        about += ((term("comparator"), comparator),)
        form.quote(network, "adSpend", money.decimal, about)
    form.needs("ad_spend_comparator", "ad_spend")
    form.needs("ad_currency", "ad_spend")
    first, last = period(form, "first_ad", "last_ad")
    for predicate, when in (("firstAdvertised", first), ("lastAdvertised", last)):
        if when:
            form.quote(network, predicate, when)


def _attributed(form: Form, network: NamedNode, id: str) -> None:
    """Say to whom the network is attributed, as strongly as the row has it and no more."""
    predicate = strength(form)
    details = stated_confidence(form)
    form.needs("attribution_strength", "attributed_to")
    if form.is_lost("attribution_strength"):
        form.needs("attributed_to", "attribution_strength")
        return
    for whom in form.parties("attributed_to", id):
        form.quote(network, predicate, whom, details=details)
