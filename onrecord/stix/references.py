"""References of STIX objects to works of others, as the specification wants them."""

import re
from typing import Final
from urllib.parse import quote

from loaders.assets import address, refanged
from onrecord.stix.records import Stix

_URI: Final = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?://(?P<host>[^/?#]*))?(?P<path>[^?#]*)(?P<rest>.*)"
)
_HOST: Final = re.compile(r"(?:[^\[\]@]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^\[\]:@]*)(?::\d*)?")
_LOST_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ALLOWED: Final = "%/:?#@!$&'()*+,;=~[]"
_NUMBERS: Final = {
    "cve": re.compile(r"CVE-\d{4}-(?:0\d{3}|[1-9]\d{3,})"),
    "capec": re.compile(r"CAPEC-\d+"),
}


def uri(spelled: str) -> str:
    """Return an address as RFC 3986 has it, what may not stand in one encoded; else nothing.

    >>> uri(" https://example.org/[Tide] table.pdf")
    'https://example.org/%5BTide%5D%20table.pdf'
    """
    found = refanged(spelled.strip())
    if not _URI.fullmatch(found):
        found = address(found) or ""
    encoded = _LOST_PERCENT.sub("%25", quote(found, safe=_ALLOWED))
    parts = _URI.fullmatch(encoded)
    if parts is None or not _HOST.fullmatch(parts["host"] or ""):
        return ""
    begin = encoded[: parts.start("path")]
    query, mark, fragment = parts["rest"].partition("#")
    tail = query + mark + fragment.replace("#", "%23")
    return begin + (parts["path"] + tail).replace("[", "%5B").replace("]", "%5D")


def sound_reference(found: Stix) -> Stix | None:
    """Return a reference that keeps the rules; None where nothing is left of it.

    It needs a name and an address, a number or a description, and a number of CVE or CAPEC its
    form (STIX 2.1, section 2.5). An address that is none goes into the description.
    """
    made = {name: value for name, value in found.items() if value not in (None, "", [], {})}
    if "url" in made:
        told = filter(None, (made.get("description"), made.pop("url")))
        if read := uri(str(found["url"])):
            made["url"] = read
        else:
            made["description"] = "; ".join(map(str, told))
    named = str(made.get("source_name", "unknown"))
    if "external_id" in made:
        made["external_id"] = number = str(made["external_id"])
        form = _NUMBERS.get(named)
        # whoever spells the catalogue in capitals is held to no form
        named = named if form is None or form.fullmatch(number) else named.upper()
    made["source_name"] = named
    return made if {"url", "external_id", "description"} & set(made) else None
