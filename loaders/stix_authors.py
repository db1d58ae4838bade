"""Who speaks in opinions and notes of STIX: their maker, else the authors that they name.

An opinion often comes from somebody else than what it is about, and from a tool that leaves its
maker out. It is then the word of its authors, and the publisher only passes it on.
"""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from loaders.no_names import is_described, is_noted
from loaders.records import Attestation, Details
from loaders.stix_bundle import Item, Thing
from loaders.stix_fields import stated


@dataclass(frozen=True, slots=True)
class Author:
    """Who says an opinion or a note; nobody where that is the maker of the object."""

    node: NamedNode | None = None
    told: tuple[Attestation, ...] = ()


def authors(item: Item) -> list[Author]:
    """Return who says what an object holds.

    A name alone does not tell whether it is of a person or of an organisation, and is that of
    nobody beyond this publisher.
    """
    if item.bundle.creator(item.fields):
        return [Author()]
    # which MISP writes where the organisation is known
    known = item.bundle.end("x_misp_author_ref", item.fields.get("x_misp_author_ref"))
    if isinstance(known, Thing):
        item.take("x_misp_author_ref")
        return [Author(known.node)]
    return [_named(item, name) for name in _names(item)] or [Author()]


def written_by(item: Item) -> Details:
    """Return the authors that an object names, as it names them."""
    names = _names(item)
    if names and names == item.fields.get("authors"):
        item.take("authors")
    return stated("authors", names) if names else ()


def _names(item: Item) -> list[str]:
    found = item.fields.get("authors")
    told = found if isinstance(found, list) else []
    return [name for name in told if isinstance(name, str) and name.strip()]


def _named(item: Item, name: str) -> Author:
    voice, mint = item.bundle.voice, item.bundle.mint
    if name == voice.publisher:
        return Author()
    # whom nobody names in one object is somebody else in another
    nameless = (item.id,) if is_noted(name) or is_described(name) else ()
    node = mint.named("party", name, voice.publisher, *nameless)
    return Author(node, tuple(voice.introduce(node, "LegalParty", name, item.place.passage)))
