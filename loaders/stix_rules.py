"""What marking definitions of STIX say of who may have something, as far as it is read."""

import re
from collections.abc import Iterator
from typing import Final

from loaders.markings import UNREAD, is_free, of_tag, word_of
from loaders.stix_bundle import OPENCTI, Fields, opencti, text

# the ids that the specification gives to the markings of the protocol (STIX 2.1, section
# 7.2.1.4, and the extension for its second version), which files need not repeat
_BY_ID: Final = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "TLP:WHITE",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "TLP:GREEN",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "TLP:AMBER",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "TLP:RED",
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": "TLP:CLEAR",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "TLP:GREEN",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "TLP:AMBER",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "TLP:AMBER+STRICT",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "TLP:RED",
    # of OpenCTI, which has it where others have none
    "marking-definition--826578e1-40ad-459f-bc73-ede076f81f37": "TLP:AMBER+STRICT",
    # which say nothing of that: copyright of MITRE (ATT&CK, CAPEC), the licence of DISARM
    "marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168": "",
    "marking-definition--17d82bb2-eeeb-4898-bda5-3ddbcd2b799d": "",
    "marking-definition--f79f25d2-8b96-4580-b169-eb7b613a7c31": "",
}
# a statement may as well be a notice of copyright, which is no licence
_NAMED: Final = (
    r"CC0|CC[- ]BY|Creative ?Commons|MIT Licen[cs]e|Apache|BSD|A?GPL|ODbL|OGL|Etalab"
    r"|Licence Ouverte|public domain"
)
_KNOWN: Final = re.compile(rf"\b(?:{_NAMED})\b", re.IGNORECASE)
LICENCE: Final = re.compile(rf"\b(?:{_NAMED}|licen[cs]ed under)\b", re.IGNORECASE)
_COPYRIGHT: Final = re.compile(r"(?:copyright|\(c\)|©)", re.IGNORECASE)
_SMALL: Final = ("by", "of", "the", "and", "et", "de", "und", "(c)", "copyright")
_TRADEMARK: Final = re.compile(r"\btrademarks?\b", re.IGNORECASE)
_FORBIDS: Final = re.compile(
    r"\b(?:only|not|never|internal|members?|clients?|customers?|partners?|secret|private"
    r"|reserved|permission|consent|eyes|limited to|confiden\w+|restrict\w+|proprietary"
    r"|classified|sensitive|authori[sz]\w+|disclos\w+|distribut\w+|shar(?:e[ds]?|ing))\b",
    re.IGNORECASE,
)
_SENTENCES: Final = re.compile(r"[.;]\s+|\s*\n\s*")


def rules(id: str, fields: Fields) -> set[str]:
    """Return what a marking says of who may have a thing: words, and whether a rule is unread.

    Nothing comes of what is known to say nothing of that, such as a licence.
    """
    told = [*told_of(fields)] if _BY_ID.get(id) != "" else []
    found = {_read(kind, value) for kind, value in told}
    found |= {of_tag(text(fields, "name")), _BY_ID.get(id, "")}
    is_known = bool(told) or id in _BY_ID or found != {""}
    return found - {""} if is_known else {UNREAD}


def statement(fields: Fields) -> str:
    """Return the statement of a marking, if it is one."""
    definition = fields.get("definition")
    return text(definition, "statement") if isinstance(definition, dict) else ""


def _defined(fields: Fields) -> list[tuple[str, str]]:
    """Return what a definition says, by the kind of marking: `PAP`, `PAP:GREEN`."""
    found = fields.get("definition")
    if isinstance(found, str):
        return [(text(fields, "definition_type"), found)]
    return [(kind, text(found, kind)) for kind in found] if isinstance(found, dict) else []


def is_policy(fields: Fields) -> bool:
    """Return whether a marking is a policy with rules beside its word (IEP 2.0 of FIRST)."""
    return any(kind == "tlp" for kind, _ in _extended(fields))


def told_of(fields: Fields) -> Iterator[tuple[str, str]]:
    """Yield all that a marking says, by its kind.

    OpenCTI writes what STIX has no kind for as a statement that says nothing, and what it is
    beside it.
    """
    meant = opencti(fields, "definition")
    if isinstance(meant, str) and meant.strip():
        yield str(opencti(fields, "definition_type")), meant
    else:
        yield from _defined(fields)
    yield from _extended(fields)


def _extended(fields: Fields) -> Iterator[tuple[str, str]]:
    """Yield what each extension of a marking says; its id is the kind of what is not read."""
    found = fields.get("extensions")
    for id, one in found.items() if isinstance(found, dict) else ():
        told = one if isinstance(one, dict) else {}
        words = [(kind, text(told, kind)) for kind in ("tlp_2_0", "tlp") if kind in told]
        yield from words or ([(id, "")] if id not in OPENCTI else [])


def _read(kind: str, value: str) -> str:
    """Return what a rule of a kind says: a word, nothing, or that it is not read."""
    match kind.upper():
        case "TLP" | "TLP_2_0":
            return word_of(value) or UNREAD
        case "STATEMENT" if _is_notice(value):
            return ""
        case "PAP" if is_free(value):
            return ""
    # a word of other protocols may be called as one of this is: it has to say TLP
    return of_tag(value) or UNREAD


def _is_notice(spelled: str) -> bool:
    """Return whether a statement has nothing but licences and notices of copyright.

    >>> _is_notice("Copyright 2031, The Harbour Watch."), _is_notice("Copyright 2031, for us")
    (True, False)
    """
    sentences = [one for one in _SENTENCES.split(spelled.strip().rstrip(".")) if one]
    kinds = (_is_copyright, _TRADEMARK.search, _KNOWN.search)
    is_plain = all(any(is_kind(one) for is_kind in kinds) for one in sentences)
    return bool(sentences) and is_plain and not _FORBIDS.search(spelled)


def _is_copyright(sentence: str) -> bool:
    """Return whether there are years and a name, and nothing that could be a rule."""
    words = sentence.split()
    is_named = all(not one[:1].islower() or one.casefold() in _SMALL for one in words)
    return bool(_COPYRIGHT.match(sentence)) and is_named
