"""Attributes of MISP events: each a value of a type that says what it is."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import indicators
from loaders.assets import Handle
from loaders.indicators import Indicator
from loaders.misp_relations import stance_of
from loaders.names_in_cells import places_in, why_no_actor, why_no_name
from loaders.no_names import is_described
from loaders.records import Details
from loaders.telling import Telling
from ontology import term
from ontology.identity import Mint

Read = Callable[[str, Mint], Indicator | None]

FILES: Final = frozenset({"attachment", "malware-sample"})
TEXTS: Final = frozenset({"comment", "other", "text"})
PRIVATE: Final = frozenset(
    {
        "aba-rtn", "bank-account-nr", "bic", "cc-number", "cookie", "country-of-residence",
        "date-of-birth", "email-dst-display-name", "email-src-display-name", "eppn",
        "first-name", "frequent-flyer-number", "full-name", "gender", "iban",
        "identity-card-number", "jabber-id", "last-name", "middle-name",
        "passenger-name-record-locator-number",
        "passport-country", "passport-expiration", "passport-number", "payment-details",
        "pgp-private-key", "phone-number", "place-of-birth", "primary-residence",
        "redress-number", "target-email", "target-user", "travel-details", "visa-number",
        "whois-registrant-email", "whois-registrant-name", "whois-registrant-phone",
    }
)  # fmt: skip
PRIVATE_REASON: Final = "is not taken: what identifies or locates a person is not kept"
FILE_REASON: Final = "is not taken: it is a file"
_UNREAD: Final = "is of a type that no word of the vocabulary fits"


def _twitter(value: str, mint: Mint) -> Indicator | None:
    name = value.removeprefix("@").strip()
    if not name or any(sign.isspace() for sign in name):
        return None
    platform = term("twitter")
    is_id = name.isascii() and name.isdigit() and len(name) > 15
    handle = Handle(platform, id=name) if is_id else Handle(platform, handle=name)
    return indicators.account(handle, mint)


_READERS: Final[Mapping[str, Read]] = MappingProxyType(
    {
        "domain": indicators.named_host,
        "hostname": indicators.named_host,
        "onion-address": indicators.named_host,
        "url": indicators.web,
        "uri": indicators.web,
        "ip-src": indicators.ip_address,
        "ip-dst": indicators.ip_address,
        "ip": indicators.ip_address,
        "email": indicators.email,
        "email-src": indicators.email,
        "email-dst": indicators.email,
        "email-reply-to": indicators.email,
        "md5": indicators.hashed_file,
        "sha1": indicators.hashed_file,
        "sha224": indicators.hashed_file,
        "sha256": indicators.hashed_file,
        "sha384": indicators.hashed_file,
        "sha512": indicators.hashed_file,
        "twitter-id": _twitter,
    }
)
# what stands beside an indicator in a value of two parts, and is no thing by itself
_BESIDE: Final = frozenset({"filename", "port", "value"})


def found_in(kind: str, value: str, mint: Mint) -> list[Indicator] | None:
    """Return the things that an attribute names; None for a type that names none that we have.

    An empty list is a value that is not of its type. `a|b` has two values, each of a type.
    """
    kinds, values = kind.split("|"), value.split("|")
    if not any(one in _READERS for one in kinds):
        return None
    if len(kinds) != len(values) or any(one not in _READERS.keys() | _BESIDE for one in kinds):
        return []
    found: list[Indicator] = []
    for one, spelled in zip(kinds, values, strict=True):
        if read := _READERS.get(one):
            thing = read(spelled.strip(), mint)
            if thing is None:
                return []
            found.append(thing)
    return found


def tell(
    telling: Telling,
    event: NamedNode,
    kind: str,
    value: str,
    column: str,
    sure: Details = (),
) -> NamedNode | None:
    """Add what an attribute says of its event; return the thing that it names, if it does.

    `sure` is how likely it is held to be that the event has to do with whom it names.
    """
    if kind in FILES:
        telling.refuse(column, value, FILE_REASON)
    elif kind in PRIVATE:
        telling.withhold(column, PRIVATE_REASON)
    elif kind in TEXTS:
        telling.describe(event, column, value)
    elif kind == "link":
        if page := telling.page(value, column):
            telling.say(event, "documentedAt", page)
    elif kind in _BY_MAKER or kind == "target-org":
        return _named(telling, event, kind, value, column, sure)
    elif kind == "target-location":
        _targeted(telling, event, value, column, sure)
    else:
        return _listed(telling, event, kind, value, column)
    return None


# what only the maker of the event calls so, and which may be another's of the same name
_BY_MAKER: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {"campaign-name": ("campaign", "Campaign"), "threat-actor": ("actor", "ThreatActor")}
)


def _named(
    telling: Telling, event: NamedNode, kind: str, value: str, column: str, sure: Details
) -> NamedNode | None:
    who = telling.chain[0] if telling.chain else telling.voice.speaker
    node = named_in(kind, value, who, event, telling.mint)
    if node is None:
        telling.refuse(column, value, _why_none(kind, value))
        return None
    target = "UnnamedGroup" if is_described(value) else "org:Organization"
    type = target if kind == "target-org" else _BY_MAKER[kind][1]
    telling.introduce(node, type, value)
    predicate = "targeted" if kind == "target-org" else "involves"
    telling.say(event, predicate, node, details=sure, stance=stance_of(sure))
    return node


def named_in(
    kind: str, value: str, who: NamedNode, event: NamedNode, mint: Mint
) -> NamedNode | None:
    """Return whom or what the maker of an event names; None for no name, or another type."""
    if (kind != "target-org" and kind not in _BY_MAKER) or _why_none(kind, value):
        return None
    # who is only described in one event is somebody else in another
    if kind == "target-org" and is_described(value):
        return mint.named("group", value, event.value)
    if kind == "target-org":
        return mint.named("org", value)
    scope = (who.value, event.value) if is_described(value) else (who.value,)
    return mint.named(_BY_MAKER[kind][0], value, *scope)


def _why_none(kind: str, value: str) -> str:
    # a campaign may be called by a question, an actor may not
    return why_no_name(value) if kind == "campaign-name" else why_no_actor(value)


def _targeted(
    telling: Telling, event: NamedNode, value: str, column: str, sure: Details
) -> None:
    found, reason = places_in(value)
    if not found:
        telling.refuse(column, value, reason)
    for one in found:
        place = telling.country(one)
        telling.say(event, "targeted", place, details=sure, stance=stance_of(sure))


def _listed(
    telling: Telling, event: NamedNode, kind: str, value: str, column: str
) -> NamedNode | None:
    found = found_in(kind, value, telling.mint)
    if not found:
        reason = _UNREAD if found is None else "is no value of its type"
        telling.refuse(column, value, reason)
        return None
    nodes = [telling.indicator(one) for one in found]
    stated = ((term("statedAs"), Literal(value)),) if "|" in value else ()
    for node in nodes:
        telling.say(node, "listedIn", event, details=stated)
    if kind == "domain|ip" and len(nodes) == 2:
        telling.say(nodes[0], "resolvedTo", nodes[1])
    return nodes[0]
