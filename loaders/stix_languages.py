"""Language content of STIX: what fields of another object say in other languages."""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal

from loaders.records import Attestation, Claim
from loaders.stix_bundle import (
    LANGUAGE,
    PROPERTY,
    Fault,
    Fields,
    Item,
    Thing,
    is_placeholder,
    text,
    texts,
)
from loaders.stix_fields import stated
from loaders.stix_things import main_field
from loaders.stix_words import TEXTS
from ontology import term

_WORDED: Final = ("alias", "describedAs", "hasPurpose", "name", "schema:headline")


def translated(item: Item) -> Iterator[Attestation]:
    """Yield what is said of a thing in other languages (STIX 2.1, section 7.1).

    Raises Refused where nothing is: of a relationship only the words are translated.
    """
    of = item.bundle.end("object_ref", item.fields.get("object_ref"))
    if isinstance(of, Fault):
        raise item.member.fault(item.id, of.column, of.value, of.reason)
    item.take("object_ref", "contents")
    details = (*item.header, *stated("contents", _sound(item.fields.get("contents"))))
    if item.moment("object_modified"):
        details += stated("object_modified", item.fields["object_modified"])
    said = list(_said(item, of))
    if not said:
        raise item.member.fault(
            item.id, "contents", item.fields.get("contents"), "translates nothing that is read"
        )
    for claim in said:
        yield item.says(claim, details)


def _sound(contents: object) -> dict[str, dict[str, object]]:
    """Return the languages with the fields that may stand there, as they are given back."""
    told = contents.items() if isinstance(contents, dict) else ()
    return {
        language: {name: fields[name] for name in fields if PROPERTY.fullmatch(name)}
        for language, fields in told
        if isinstance(fields, dict) and LANGUAGE.fullmatch(language)
    }


def _said(item: Item, of: Thing) -> Iterator[Claim]:
    contents = item.fields.get("contents")
    for language, fields in contents.items() if isinstance(contents, dict) else ():
        if not isinstance(fields, dict) or not LANGUAGE.fullmatch(language):
            item.fault("contents", {language: fields}, "is no language with fields")
            continue
        for name in fields:
            yield from _field(item, of, language, name, fields)


def _field(item: Item, of: Thing, language: str, name: str, fields: Fields) -> Iterator[Claim]:
    main = main_field(item.bundle.objects[text(item.fields, "object_ref")])
    word = "name" if name == main else TEXTS.get(name, "")
    word = word if word in _WORDED else ""
    told = [one for one in texts(fields, name) if not is_placeholder(one)]
    if not (word and told):
        item.fault("contents", {language: {name: fields[name]}}, "is no text that is read")
    for one in told if word else ():
        yield Claim(of.node, term(word), Literal(one, language=language))
