"""Reads the names in a cell: whether there is one, or several, or none.

A name in quotation marks is taken as it stands, whatever it would be without them.
"""

import re
from typing import Final

from loaders.cells import is_rounded
from loaders.countries import Country, countries, country
from loaders.no_names import (
    CODE_OR_NOTHING,
    NOBODY,
    describes_people,
    is_noted,
    names_nobody,
    why_nobody,
)
from loaders.scheme_words import state

_BETWEEN: Final = re.compile("[;\uff1b\u061b]")  # on keyboards for Chinese and Arabic, too
# what people note where an account had a handle
_GONE: Final = frozenset({"banned", "deleted", "private", "removed", "suspended"})
_WHICH: Final = "leaves open which country"
MAYBE_NO_HANDLE: Final = "may be no handle, unless it is written as an address"
SEVERAL: Final = "names several, where one is wanted"
OPEN: Final = "leaves open which"
_PARTED: Final = "names several, which semicolons have to part"
_OR: Final = re.compile(r"\bor\b", re.IGNORECASE)
_ALTERNATIVES: Final = re.compile(r"(?i:either) .+[,/].+|.*\S (?:and/or|or|oder|ou|или) \S.*")
_INITIALS: Final = r"[A-Z][A-Z\d]"
# initials that are joined, and lists that break off; between capitals a comma may stand in
# `SAMPLE, CY` and in `CRANE, LLC`, too, and what has many may be a word
_JOINED: Final = re.compile(
    rf"{_INITIALS}+(?:(?:, | & ){_INITIALS}+)*,? and {_INITIALS}+"
    r"|(?!.+(?:, | & )(?:AB|AG|AS|BHD|BV|CO|CORP|GMBH|INC|JSC|LLC|LLP|LP|LTD|NV|OY|PLC|SA|SE"
    r"|SPA|SRL)$|.+, (?:UAE|UK|USA?)$)"
    rf"{_INITIALS}{{1,5}}(?:(?:, | & ){_INITIALS}{{1,5}})+"
    r"|.+ (?:et al\.?|(?:&|among|and)(?: \d+)? others|etc\.?)"
)
# where one is wanted, a stroke parts initials, too, but for those of one that is called so; of
# an actor, they may be several names
_STROKES: Final = re.compile(
    rf"(?!(?:[A-Z]*CERT/CC|NSA/CSS|OSCE/ODIHR|RFE/RL)$){_INITIALS}+(?: ?/ ?{_INITIALS}+)+"
)
_PEOPLE: Final = re.compile(r"[A-Z]\S+(?: [A-Z]\S+)+ (?:and|&) [A-Z]\S+(?: [A-Z]\S+)+")
# a mark that leads to a note, or a sign that parts names, of which one is missing
_MARKED: Final = re.compile(
    r".*\S(?:[*†‡§¹²³⁴-⁹]| ?\[\d{1,3}\]| \(\d{1,2}\))|[-–—•·*,/|] ?\S.*|.*\S ?[,/|]"
)
# who says it, and behind that through whom, or whose word it is; a name has a way in it with a
# capital: `La Via Campesina`
_RELAYED: Final = re.compile(
    r".*\S[ (,]+(?i:(?:as )?(?:cited|quoted|reported|told) (?:by|in|to)|according to|citing"
    r"|quoting|(?-i:via)|(?<=[(,] )via|(?<=[(,])via):? \S.*"
)
HEARSAY: Final = "names whose word it is beside who passes it on"
MARKED: Final = "bears a mark that is no part of a name"
_QUOTED: Final = re.compile(r'"([^"]+)"|[“„]([^“”„]+)[”“]|«([^«»]+)»')


def parts(cell: str) -> list[str]:
    """Return what semicolons part in a cell, but for a name in quotation marks.

    >>> parts("Togo; Burkina Faso; Iceland;"), parts("“Crane; Heron”")
    (['Togo', 'Burkina Faso', 'Iceland'], ['“Crane; Heron”'])
    """
    if verbatim(cell):
        return [cell]
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


def verbatim(cell: str) -> str:
    """Return the name that stands in quotation marks; nothing for another cell.

    >>> verbatim("“Not In Our Name”"), verbatim("Not In Our Name"), verbatim('"unknown"')
    ('Not In Our Name', '', '')
    """
    found = _QUOTED.fullmatch(cell)
    name = next(filter(None, found.groups()), "").strip() if found else ""
    return name if any(map(str.isalnum, name)) and not names_nobody(name) else ""


def why_no_party(name: str) -> str:
    """Return why a value among others in a cell names no one; nothing if it may.

    >>> why_no_party("GRU or SVR"), why_no_party("FBI and CISA"), why_no_party("Bo and Sons")
    ('leaves open which', 'names several, which semicolons have to part', '')
    """
    if verbatim(name):
        return ""
    if is_list(name) or is_joined(name):
        return _PARTED
    told = OPEN if is_open(name) else MARKED if is_marked(name) else ""
    return why_nobody(name) or told


def is_joined(name: str) -> bool:
    """Return whether a name joins several by their initials, or is the beginning of a list.

    >>> is_joined("FBI and CISA"), is_joined("Bo and others"), is_joined("Bo and Sons")
    (True, True, False)
    """
    return _JOINED.fullmatch(name) is not None


def is_relayed(name: str) -> bool:
    """Return whether a name is one of who says something beside one of whose word it is.

    >>> is_relayed("Bo Sample via Crane Check"), is_relayed("Bo Sample (Via Crane Check)")
    (True, True)
    >>> is_relayed("Via Crane"), is_relayed("La Via Campesina")
    (False, False)
    """
    return _RELAYED.fullmatch(name) is not None


def is_marked(name: str) -> bool:
    """Return whether a name bears a mark that leads to a note, or a sign that parts names.

    >>> is_marked("Togo*"), is_marked("Crane Group [1]"), is_marked("NoName057(16)")
    (True, True, False)
    """
    return _MARKED.fullmatch(name) is not None


def is_open(name: str) -> bool:
    """Return whether a name leaves open which of several it is."""
    return _ALTERNATIVES.fullmatch(name) is not None and not describes_people(name)


def why_no_name(cell: str) -> str:
    """Return why a cell is no name of anything; nothing if it may be."""
    return NOBODY if is_noted(cell) and not verbatim(cell) else ""


def why_no_actor(name: str) -> str:
    """Return why a name that others chose freely names no actor; nothing if it may.

    >>> why_no_actor("Togo or Iceland"), why_no_actor("Togo and Iceland")
    ('leaves open which country', '')
    """
    _, reason = places_in(name)
    return reason if reason == _WHICH else why_nobody(name)


def why_no_coded(name: str) -> str:
    """Return why a name that a catalogue has as one names no one; nothing if it may.

    >>> why_no_coded("GRU or SVR"), why_no_coded("FBI and CISA"), why_no_coded("Bo / Cy")
    ('leaves open which', 'names several, where one is wanted', '')
    """
    told = SEVERAL if is_joined(name) else HEARSAY if is_relayed(name) else ""
    return why_nobody(name) or (OPEN if is_open(name) else told)


def why_not_one(cell: str) -> str:
    """Return why a cell is not the name of one; nothing if it may be.

    >>> why_not_one("Bo Sample; Cy Sample"), why_not_one("Bo Sample")
    ('names several, where one is wanted', '')
    """
    if is_relayed(cell) and not verbatim(cell):
        return HEARSAY
    is_several = len(parts(cell)) > 1 or is_list(cell) or _STROKES.fullmatch(cell)
    reason = SEVERAL if is_several and not verbatim(cell) else why_no_party(cell)
    return SEVERAL if reason == _PARTED else reason


def why_not_one_person(cell: str) -> str:
    """Return why a cell is not the name of one person; nothing if it may be.

    >>> why_not_one_person("Bo Sample & Cy Sample")
    'names several, where one is wanted'
    """
    is_several = _PEOPLE.fullmatch(cell) and not verbatim(cell)
    return SEVERAL if is_several else why_not_one(cell)


def why_no_network(cell: str) -> str:
    """Return why a cell is not the name of one network, which may be that of two countries.

    >>> why_no_network("Togo / Iceland"), why_no_network("Crane; Heron")
    ('', 'names several, where one is wanted')
    """
    is_several = len(parts(cell)) > 1 or "\n" in cell
    reason = SEVERAL if is_several else why_nobody(cell)
    return "" if verbatim(cell) else reason


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
