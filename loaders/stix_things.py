"""What the objects of STIX bundles are of: which thing, of which class, under which name."""

from collections.abc import Callable
from typing import Final

from loaders import indicators, stix_misp
from loaders.indicators import Indicator
from loaders.names_in_cells import why_no_actor
from loaders.no_names import DOUBTED, NOBODY, is_described, is_noted, why_nobody
from loaders.stix_accounts import account
from loaders.stix_bundle import (
    Fault,
    Fields,
    Thing,
    inferred_by_rules,
    is_placeholder,
    opencti,
    text,
)
from loaders.stix_channels import asset_set, channel
from loaders.stix_places import place
from loaders.stix_techniques import tactic, technique
from loaders.stix_words import WITHHELD
from ontology.identity import Mint

Reader = Callable[[Fields, Mint], Thing | Fault]

# the field that says which thing an object is of
MAIN: Final = (
    "name", "value", "url", "account_login", "user_id", "display_name", "persona_name", "title",
    "path", "abstract", "pattern",
)  # fmt: skip
SYSTEM: Final = "prov:SoftwareAgent"
_IS_PLACEHOLDER: Final = "is a placeholder"


def thing_of(fields: Fields, mint: Mint, is_maker: bool = False) -> Thing | Fault:
    """Return what an object is of, or what keeps it from being taken."""
    kind = text(fields, "id").partition("--")[0]
    read = _READERS.get(kind)
    if read is None and (kind.startswith("x-") or _is_new(fields)):
        read = _of_id("skos:Concept", "concept")
    if read is None:
        return Fault("type", kind, "is a type of object that is not known")
    if inferred := inferred_by_rules(fields):
        return inferred
    column = main_field(fields)
    if column and is_placeholder(text(fields, column)):
        return Fault(column, fields[column], _IS_PLACEHOLDER)
    found = read(fields, mint)
    # whoever makes objects is somebody, though their name may be a question
    is_somebody = is_maker and isinstance(found, Fault) and found.reason == DOUBTED
    return _named("LegalParty", "org")(fields, mint) if is_somebody else found


def _is_new(fields: Fields) -> bool:
    """Return whether an object is of a kind that STIX has not, as an extension says.

    Its kind need not be known to know it by its id (STIX 2.1, section 7.3.2). Files that
    OpenCTI exports have no extensions, and name the kinds of the platform in a property.
    """
    if text(fields, "x_opencti_type"):
        return True
    extensions = fields.get("extensions")
    told = extensions.values() if isinstance(extensions, dict) else ()
    kinds = {text(one, "extension_type") for one in told if isinstance(one, dict)}
    return bool(kinds & {"new-sdo", "new-sco"})


def main_field(fields: Fields) -> str:
    """Return the name of the field by which an object goes; nothing where it has none."""
    found = (name for name in MAIN if isinstance(fields.get(name), str))
    return next((name for name in found if fields[name] != WITHHELD), "")


def _main(fields: Fields) -> str:
    return text(fields, main_field(fields))


def _named(kind: str, path: str, *scope: str) -> Reader:
    """Return a reader of things that their name tells apart."""

    def read(fields: Fields, mint: Mint) -> Thing | Fault:
        name = text(fields, "name")
        if not name:
            return Fault("name", fields.get("name"), "is no name")
        key = name.casefold() if scope else name
        return Thing(mint.named(path, key, *scope), kind, name)

    return read


def _of_id(kind: str, path: str) -> Reader:
    """Return a reader of things that only their id tells apart."""

    def read(fields: Fields, mint: Mint) -> Thing | Fault:
        return Thing(mint.activity(path, "stix", text(fields, "id")), kind, _main(fields))

    return read


def _named_of_id(kind: str, path: str, fields: Fields, mint: Mint) -> Thing | Fault:
    """Return what its name alone does not tell apart, such as a person."""
    return _named(kind, path, "stix", text(fields, "id"))(fields, mint)


def _person(fields: Fields, mint: Mint) -> Thing | Fault:
    name = text(fields, "name")
    if reason := name and why_nobody(name):
        return Fault("name", name, reason)
    # names do not tell people apart
    node = mint.named("person", name, "stix", text(fields, "id"))
    return Thing(node, "foaf:Person", name) if name else Fault("name", "", "is no name")


def _identity(fields: Fields, mint: Mint) -> Thing | Fault:
    kind = text(fields, "identity_class") or str(opencti(fields, "type") or "unknown")
    match kind.casefold():
        case "individual":
            return _person(fields, mint)
        case "class" | "sector":
            return _named("UnnamedGroup", "group", "stix")(fields, mint)
        case "system" | "securityplatform":
            # a product often has the name of whoever makes it
            return _named_of_id(SYSTEM, "system", fields, mint)
        case "organization" | "group":
            return _party("org:Organization", fields, mint)
    # no other class tells whether it is one person (identity-class-ov)
    return _party("LegalParty", fields, mint)


def _party(kind: str, fields: Fields, mint: Mint) -> Thing | Fault:
    """Return a party by name; people who are only described are others in each object."""
    name = text(fields, "name")
    if is_described(name):
        return _named_of_id("UnnamedGroup", "group", fields, mint)
    if reason := name and why_no_actor(name):
        return Fault("name", name, reason)
    return _named(kind, "org")(fields, mint)


def _actor(fields: Fields, mint: Mint) -> Thing | Fault:
    if str(opencti(fields, "type")).endswith("Individual"):
        return _person(fields, mint)
    # who has the means of one person may be one (attack-resource-level-ov)
    is_alone = text(fields, "resource_level") == "individual"
    return _party("LegalParty" if is_alone else "org:Organization", fields, mint)


def _intrusions(fields: Fields, mint: Mint) -> Thing | Fault:
    name = text(fields, "name")
    if is_described(name):
        return _named_of_id("Network", "network", fields, mint)
    if reason := name and why_no_actor(name):
        return Fault("name", name, reason)
    return _named("Network", "network", "intrusion set")(fields, mint)


def _campaign(fields: Fields, mint: Mint) -> Thing | Fault:
    name = text(fields, "name")
    if name and is_noted(name):
        return Fault("name", name, NOBODY)
    return _named("Campaign", "campaign", "campaign")(fields, mint)


def _note(fields: Fields, mint: Mint) -> Thing | Fault:
    content = text(fields, "content")
    if not content or is_placeholder(content):
        return Fault("content", fields.get("content"), "says nothing")
    return _of_id("schema:Comment", "note")(fields, mint)


def _address(fields: Fields, mint: Mint) -> Thing | Fault:
    """Return the account, page or hashtag that an address leads to."""
    column = "value" if "value" in fields else "url"
    spelled = text(fields, column)
    if counted := asset_set(spelled, fields, mint):
        return counted
    found = indicators.hashtag(spelled, mint) or indicators.web(spelled, mint)
    return _of(found) if found else Fault(column, spelled, "is no web address")


def _value(read: Callable[[str, Mint], Indicator | None], wanted: str) -> Reader:
    def thing(fields: Fields, mint: Mint) -> Thing | Fault:
        spelled = text(fields, "value")
        found = read(spelled, mint)
        return _of(found) if found else Fault("value", spelled, f"is no {wanted}")

    return thing


def _of(found: Indicator) -> Thing:
    return Thing(found.node, found.kind, found.name, found.told)


def _file(fields: Fields, mint: Mint) -> Thing | Fault:
    hashes = fields.get("hashes")
    listed = sorted(hashes.items()) if isinstance(hashes, dict) else []
    # not everybody spells them as the specification does (hash-algorithm-ov)
    for name in ("sha256", "sha1", "md5"):
        for key, spelled in listed:
            if key.casefold().replace("-", "") == name and isinstance(spelled, str):
                found = indicators.hashed_file(spelled, mint)
                if found:
                    return Thing(
                        found.node, found.kind, _main(fields) or found.name, found.told
                    )
    return _of_id("Observable", "observable")(fields, mint)


_EVENT: Final = _of_id("sem:Event", "event")
_TRACE: Final = _of_id("Observable", "observable")

_READERS: Final[dict[str, Reader]] = {
    "identity": _identity,
    "threat-actor": _actor,
    "intrusion-set": _intrusions,
    "campaign": _campaign,
    "narrative": _named("Narrative", "narrative", "narrative"),
    "tool": _named("Software", "software"),
    "malware": _named("Software", "software"),
    "software": _named("Software", "software"),
    "infrastructure": channel,
    "channel": channel,
    "location": place,
    "attack-pattern": technique,
    "course-of-action": technique,
    "x-mitre-tactic": tactic,
    "report": _of_id("schema:Report", "report"),
    "note": _note,
    "opinion": _of_id("schema:Comment", "opinion"),
    "grouping": _of_id("Grouping", "grouping"),
    "x-misp-attribute": stix_misp.of_attribute,
    "x-misp-object": stix_misp.of_object,
    "x-mitre-matrix": _of_id("Grouping", "grouping"),
    "x-mitre-collection": _of_id("Grouping", "grouping"),
    "attack-flow": _of_id("Grouping", "grouping"),
    "indicator": _of_id("Indicator", "indicator"),
    "marking-definition": _of_id("MarkingDefinition", "marking"),
    "extension-definition": _of_id("CitedWork", "work"),
    "vulnerability": _of_id("skos:Concept", "concept"),
    "observed-data": _of_id("Observation", "observation"),
    "malware-analysis": _of_id("Observation", "observation"),
    "user-account": account,
    "url": _address,
    "media-content": _address,
    "domain-name": _value(indicators.named_host, "domain name"),
    "hostname": _value(indicators.named_host, "domain name"),
    "ipv4-addr": _value(indicators.ip_address, "internet address"),
    "ipv6-addr": _value(indicators.ip_address, "internet address"),
    "email-addr": _value(indicators.email, "mail address"),
    "file": _file,
    **dict.fromkeys(
        (
            "incident", "event", "case-incident", "x-opencti-case-incident", "case-rfi",
            "case-rft", "x-opencti-incident", "attack-action",
        ),
        _EVENT,
    ),
    **dict.fromkeys(
        (
            "artifact", "autonomous-system", "bank-account", "cryptocurrency-wallet",
            "directory", "email-message", "mac-addr", "mutex", "network-traffic",
            "payment-card", "persona", "phone-number", "process", "text", "tracking-number",
            "user-agent",
            "windows-registry-key", "x509-certificate",
        ),
        _TRACE,
    ),
}  # fmt: skip
