"""Patterns of STIX indicators, as far as they say only that a value equals another."""

import re
from collections.abc import Iterator
from typing import Final

from loaders import indicators
from loaders.indicators import Indicator
from loaders.records import Attestation, Claim
from loaders.stix_bundle import Fields, Item, Thing, text
from loaders.stix_channels import platform
from loaders.stix_embedded import held_in
from loaders.stix_misp import discreet
from loaders.stix_things import thing_of
from loaders.stix_words import NEVER, SECRET_KINDS, WITHHELD
from ontology import term

_NIL: Final = "00000000-0000-4000-8000-000000000000"
_ONE: Final = re.compile(
    r"(?P<type>[a-z0-9-]+):(?P<path>[A-Za-z0-9_.\-']+)\s*=\s*'(?P<value>(?:[^'\\]|\\.)*)'"
)
_SECRET: Final = re.compile(
    rf"(?P<path>(?:\b(?:{'|'.join(SECRET_KINDS)}):value"
    r"|:(?=[\w.\-]*(?:credential|password|phone|e_?mail|address|\bpayload_bin))[\w.\-]++)"
    r"\s*(?:!?=|(?:NOT\s+)?(?:IN|LIKE|MATCHES)\b)\s*\(?\s*)"
    r"'(?:[^'\\]|\\.)*'(?:\s*,\s*'(?:[^'\\]|\\.)*')*",
    re.IGNORECASE,
)
_WITHHELD: Final = f"'{WITHHELD}'"
# an address may as well be one of an object of the file
_REACH: Final = re.compile(
    r"credential|passw|passphrase|contact_number$|phone|e_?mail(?!.*_refs?$)|street|postal"
    r"|birth|nationality|gender|social_security|identity_card|passport|^x_.*(?<!ip_)(?<!mac_)address$"
    r"|contact_information|api_?key"
    r"|(?:^|_)(?:dob|iban|pin|secret|ssn|token)s?$",
    re.IGNORECASE,
)
_TEXT: Final = r"'(?:[^'\\]|\\.)*'"
_IN: Final = re.compile(
    rf"(?<![a-z0-9-])(?P<path>[a-z0-9-]+:[A-Za-z0-9_.\-']+)\s+IN\s*"
    rf"\((?P<values>\s*{_TEXT}(?:\s*,\s*{_TEXT})*\s*)\)"
)
_BETWEEN: Final = re.compile(r"(?<!\s)\s*(?:\]\s*OR\s*\[|OR)\s*")
_BOTH: Final = re.compile(r"(?<!\s)\s*AND\s*")


def without_secrets(fields: dict[str, object]) -> dict[str, object]:
    """Return an object without secrets and ways to reach somebody in what it says freely."""
    pattern = text(fields, "pattern")
    signs = ("user-account:", "payload_bin", *(f"{kind}:" for kind in SECRET_KINDS))
    has_any = any(sign in pattern for sign in signs)
    told = _SECRET.sub(rf"\g<path>{_WITHHELD}", pattern) if has_any else ""
    fields = discreet(_freely(fields))
    if text(fields, "type") in SECRET_KINDS and "value" in fields:
        fields = {**fields, "value": WITHHELD}
    if held := held_in(fields):
        # as STIX 2.0 has them
        of = {key: _freely(one) if isinstance(one, dict) else one for key, one in held.items()}
        fields = {**fields, "objects": of}
    return {**fields, "pattern": told} if told and told != pattern else fields


def _freely(fields: dict[str, object]) -> dict[str, object]:
    own = {one: fields[one] for one in fields if one.startswith("x_")}
    return {
        **fields,
        **_discreet(own),
        # these are kept by ids or languages, which say nothing of what they hold
        **{
            one: _unreachable(fields[one])
            for one in ("extensions", "contents")
            if one in fields
        },
    }


def _unreachable(value: object) -> object:
    """Return a value without the fields by which somebody could be reached or impersonated."""
    if isinstance(value, list):
        return [_unreachable(one) for one in value]
    return _discreet(value) if isinstance(value, dict) else value


def _discreet(fields: dict[str, object]) -> dict[str, object]:
    return {
        name: _withheld(one) if _is_secret(name, fields) else _unreachable(one)
        for name, one in fields.items()
    }


def _is_secret(name: str, fields: Fields) -> bool:
    # MISP puts a file beside its name
    return bool(_REACH.search(name)) or (name == "data" and "value" in fields)


def _withheld(value: object) -> object:
    """Return a value without what it says, but for references to other objects."""
    if isinstance(value, dict):
        return {
            name: one if name.endswith(("_ref", "_refs")) else _withheld(one)
            for name, one in value.items()
        }
    if isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        return [_withheld(one) for one in value]
    return value if value in (None, "", []) or isinstance(value, bool) else WITHHELD


def indicated(item: Item, thing: Thing) -> Iterator[Attestation]:
    """Yield the accounts, domains and the like that a plain pattern names.

    What is not plain, such as LIKE or FOLLOWEDBY, stays words and is reported.
    """
    pattern = text(item.fields, "pattern")
    item.take("pattern")
    if text(item.fields, "pattern_type") not in ("", "stix"):
        item.fault("pattern", pattern, "is no pattern of STIX, and stays words")
        return
    if _WITHHELD in pattern:
        reason = NEVER["x_opencti_files" if "payload_bin" in pattern else "contact_information"]
        item.fault("pattern", WITHHELD, reason)
    found = list(_named(pattern, item))
    if not found:
        item.fault("pattern", pattern, "is no plain equation, and stays words")
    for one in found:
        yield from indicators.introduced(item.bundle.voice, one, item.place.passage)
        yield item.says(Claim(thing.node, term("indicates"), one.node, item.valid))


def _named(pattern: str, item: Item) -> Iterator[Indicator]:
    inner = re.fullmatch(r"\s*\[(.*)\]\s*", _equations(pattern), re.DOTALL)
    parts = _BETWEEN.split(inner[1].strip()) if inner else []
    things = [_thing(part.strip(), item) for part in parts]
    if all(things):
        yield from (one for one in things if one)


def _equations(pattern: str) -> str:
    """Return a pattern with one equation for each value of a list: what is in it equals one."""
    return pattern if " AND " in pattern else _IN.sub(_apart, pattern)


def _apart(found: re.Match[str]) -> str:
    values = re.findall(_TEXT, found["values"])
    return " OR ".join(f"{found['path']} = {value}" for value in values)


def _thing(part: str, item: Item) -> Indicator | None:
    """Return what equations that hold together name: an account by login and platform."""
    equations = [_ONE.fullmatch(one.strip()) for one in _BOTH.split(part)]
    fields: dict[str, object] = {}
    for equation in equations:
        if equation is None or fields.get("type", equation["type"]) != equation["type"]:
            return None
        fields["type"] = equation["type"]
        value = re.sub(r"\\(.)", r"\1", equation["value"])
        if equation["path"].startswith("hashes."):
            fields["hashes"] = {equation["path"].removeprefix("hashes.").strip("'"): value}
        else:
            fields[equation["path"]] = value
    kind = str(fields["type"])
    by_id = not platform(text(fields, "account_type")) and kind == "user-account"
    if by_id or kind not in _PLAIN or (len(equations) > 1 and kind != "user-account"):
        return None
    found = thing_of({**fields, "id": f"{kind}--{_NIL}"}, item.bundle.mint)
    if not isinstance(found, Thing) or found.kind == "Observable":
        return None
    return Indicator(found.node, found.kind, found.name, found.told)


_PLAIN: Final = (
    "domain-name", "email-addr", "file", "hostname", "ipv4-addr", "ipv6-addr", "url",
    "user-account",
)  # fmt: skip
