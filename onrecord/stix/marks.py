"""Markings of objects that did not come from STIX: how far their sources may be passed on."""

from collections.abc import Iterable, Iterator
from typing import Final

from loaders.markings import NAMES, STRICTEST, UNREAD, strictest
from onrecord.stix.ids import of_object
from onrecord.stix.records import Stix
from ontology.identity import Term

_FREE: Final = ("", "TLP:CLEAR", "TLP:WHITE")
_REFS: Final = "object_marking_refs"
# the extension for the second version of the protocol, and the ids that it gives
_EXTENSION: Final = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
_IDS: Final = {
    "TLP:GREEN": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "TLP:AMBER": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "TLP:AMBER+STRICT": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "TLP:RED": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
    UNREAD: of_object("marking-definition", UNREAD),
}
_STATED: Final = {
    "definition_type": "statement",
    "definition": {
        "statement": "The source says who may have this in a form that is not read here. "
        "Until you know better, treat it as if it were TLP:RED."
    },
}


def mark_of(values: Iterable[Term]) -> str:
    """Return how what some runs brought is marked."""
    return _strictest({NAMES.get(value, UNREAD) for value in values})


def is_free(values: Iterable[Term]) -> bool:
    """Return whether everybody may have what some runs brought."""
    return mark_of(values) in _FREE


def _strictest(words: set[str]) -> str:
    word = strictest(words - {UNREAD})
    return UNREAD if UNREAD in words and word != STRICTEST else word


def marked(found: Stix, marks: Iterable[str]) -> Stix:
    """Return an object with the strictest of the markings of what it was made from."""
    word = _strictest(set(marks))
    return found if word in _FREE else found | {_REFS: [_IDS[word]]}


def definitions(objects: Iterable[Stix]) -> Iterator[Stix]:
    """Yield the definitions of the markings that objects were given here."""
    used = {id for each in objects if isinstance(ids := each.get(_REFS), list) for id in ids}
    for word, id in _IDS.items():
        if id not in used:
            continue
        spoken: Stix = {"type": "marking-definition", "spec_version": "2.1", "id": id}
        spoken["created"] = "2022-10-01T00:00:00.000Z"
        if word == UNREAD:
            yield spoken | _STATED
        else:
            colour = word.removeprefix("TLP:").casefold()
            extension = {"extension_type": "property-extension", "tlp_2_0": colour}
            yield spoken | {"name": word, "extensions": {_EXTENSION: extension}}
