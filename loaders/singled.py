"""Cells of a form in which one name is wanted, or several, and how many stand there."""

import re
from typing import Final

from loaders.cells import is_rounded
from loaders.countries import Country, countries, country
from loaders.silence import CODE_OR_NOTHING, NOBODY, is_noted, why_nobody
from loaders.spelled import state

_BETWEEN: Final = re.compile("[;\uff1b\u061b]")  # on keyboards for Chinese and Arabic, too
# what people note where an account had a handle
_GONE: Final = frozenset({"banned", "deleted", "private", "removed", "suspended"})
MAYBE_NO_HANDLE: Final = "may be no handle, unless it is written as an address"
_WHICH: Final = "leaves open which country"
_SEVERAL: Final = "names several, where one is wanted"
_OR: Final = re.compile(r"\bor\b", re.IGNORECASE)


def parts(cell: str) -> list[str]:
    """Return what semicolons part in a cell.

    >>> parts("Togo; Burkina Faso; Iceland;")
    ['Togo', 'Burkina Faso', 'Iceland']
    """
    return [part for one in _BETWEEN.split(cell) if (part := one.strip())]


def is_list(name: str) -> bool:
    """Return whether a name stands on several lines, or is a list of countries.

    >>> is_list("Togo / Iceland"), is_list("Bosnia and Herzegovina"), is_list("Bo & Sons")
    (True, False, False)
    >>> is_list("US/UK"), is_list("PR/TV")  # which may be initials, as any two codes
    (True, False)
    """
    is_told = len(name) > 5 or all(map(state, re.findall(r"\w+", name)))
    return "\n" in name or (is_told and len(countries(name)) > 1)


def why_no_party(name: str) -> str:
    """Return why a value among others in a cell names no one; nothing if it may."""
    return "names several, which semicolons have to part" if is_list(name) else why_nobody(name)


def why_no_name(cell: str) -> str:
    """Return why a cell is no name of anything; nothing if it may be."""
    return NOBODY if is_noted(cell) else ""


def why_no_actor(name: str) -> str:
    """Return why a name that others chose freely names no actor; nothing if it may.

    >>> why_no_actor("Togo or Iceland"), why_no_actor("Togo and Iceland")
    ('leaves open which country', '')
    """
    _, reason = places_in(name)
    return reason if reason == _WHICH else why_nobody(name)


def why_not_one(cell: str) -> str:
    """Return why a cell is not the name of one; nothing if it may be.

    >>> why_not_one("Bo Sample; Cy Sample"), why_not_one("Bo Sample")
    ('names several, where one is wanted', '')
    """
    is_several = len(parts(cell)) > 1 or is_list(cell)
    return _SEVERAL if is_several else why_nobody(cell)


def why_no_network(cell: str) -> str:
    """Return why a cell is not the name of one network, which may be that of two countries.

    >>> why_no_network("Togo / Iceland"), why_no_network("Crane; Heron")
    ('', 'names several, where one is wanted')
    """
    return _SEVERAL if len(parts(cell)) > 1 or "\n" in cell else why_nobody(cell)


def is_no_handle(word: str) -> bool:
    """Return whether a word, with or without its sign, is a note that there is no handle.

    >>> is_no_handle("@deleted"), is_no_handle("unknown"), is_no_handle("HarbourWatch")
    (True, True, False)
    """
    bare = word.removeprefix("@")
    return is_noted(bare) or bare.casefold() in _GONE


def known_by(word: str) -> str:
    """Return a handle or an id; nothing for a note that there is none, or a rounded number.

    >>> known_by("@deleted"), known_by("1.23457E+18"), known_by("@HarbourWatch")
    ('', '', '@HarbourWatch')
    """
    is_lost = not word.isdigit() and is_rounded(word)
    return "" if is_lost or is_no_handle(word) else word


def places_in(part: str) -> tuple[list[Country], str]:
    """Return the countries that a part of a cell names, or why it names none.

    >>> places_in("Togo or Iceland")
    ([], 'leaves open which country')
    """
    known = [] if part in CODE_OR_NOTHING else countries(part)
    if known and _OR.search(part) and not country(part):
        return [], _WHICH
    return known, CODE_OR_NOTHING.get(part, "names no country that is known")
