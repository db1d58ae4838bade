"""Countries by whichever of their names a source uses: English, short, or an ISO 3166 code."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from babel.core import Locale, get_global

# what CLDR does not have: names that reports use beside those in its English list
_MORE: Final = {
    "america": "US", "bosnia": "BA", "britain": "GB", "burma": "MM", "cape verde": "CV",
    "czech republic": "CZ", "democratic republic of congo": "CD",
    "democratic republic of the congo": "CD", "drc": "CD", "east timor": "TL",
    "great britain": "GB", "hong kong": "HK", "iran, islamic republic of": "IR",
    "islamic republic of iran": "IR", "ivory coast": "CI", "cote d'ivoire": "CI",
    "korea, democratic people's republic of": "KP", "korea, republic of": "KR",
    "lao people's democratic republic": "LA", "macau": "MO", "macedonia": "MK",
    "moldova, republic of": "MD", "myanmar": "MM", "palestine": "PS",
    "palestine, state of": "PS", "palestinian territory, occupied": "PS",
    "people's republic of china": "CN", "prc": "CN", "republic of korea": "KR",
    "russian federation": "RU", "swaziland": "SZ", "syrian arab republic": "SY",
    "the bahamas": "BS", "the gambia": "GM", "turkey": "TR", "u.k.": "GB", "u.s.": "US",
    "u.s.a.": "US", "uae": "AE", "uk": "GB", "united states of america": "US", "us": "US",
    "usa": "US", "vatican": "VA", "venezuela, bolivarian republic of": "VE", "viet nam": "VN",
    "republic of the congo": "CG", "congo, the democratic republic of the": "CD",
    "tanzania, united republic of": "TZ",
    "bolivia, plurinational state of": "BO", "taiwan, province of china": "TW",
    # as the United Nations and others list them
    "bahamas, the": "BS", "bosnia-herzegovina": "BA", "brunei darussalam": "BN",
    "cabo verde": "CV", "china, hong kong special administrative region": "HK",
    "congo, brazzaville": "CG", "congo, democratic republic of the": "CD",
    "congo, kinshasa": "CD", "congo-brazzaville": "CG", "congo-kinshasa": "CD",
    "democratic people's republic of korea": "KP", "dprk": "KP", "dr congo": "CD",
    "federated states of micronesia": "FM", "former yugoslav republic of macedonia": "MK",
    "gambia, the": "GM", "holy see": "VA", "hong kong sar": "HK", "korea, north": "KP",
    "korea, south": "KR", "korea, the democratic people's republic of": "KP",
    "korea, the republic of": "KR", "macedonia, the former yugoslav republic of": "MK",
    "micronesia, federated states of": "FM", "netherlands, kingdom of the": "NL",
    "plurinational state of bolivia": "BO", "republic of moldova": "MD",
    "state of palestine": "PS", "syria, arab republic of": "SY",
    "united kingdom of great britain and northern ireland": "GB",
    "united republic of tanzania": "TZ", "bolivarian republic of venezuela": "VE",
}  # fmt: skip
_REGIONS: Final = {
    "balkans": "Balkans", "gulf": "Persian Gulf", "middle east": "Middle East",
    "north africa": "Northern Africa", "sahel": "Sahel", "west africa": "Western Africa",
    "western balkans": "Western Balkans",
}  # fmt: skip
_BETWEEN: Final = re.compile(r"\s*(?:[,;/&|+]|\band\b|\bor\b)\s*")


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory: its ISO 3166 code and its name in English (CLDR)."""

    code: str
    name: str


def country(spelled: str) -> Country | None:
    """Return the country that a name or code stands for; None where it is none of them.

    >>> country("Russian Federation").name, country("TUR").code
    ('Russia', 'TR')
    >>> country("Iran (Islamic Republic of)").name
    'Iran'
    """
    words = _folded(spelled)
    others = (
        words.removeprefix("the "),
        re.sub(r"^saint ", "st. ", words),
        re.sub(r" \((.+)\)$", r", \1", words),
    )
    code = next(filter(None, map(_codes().get, (words, *others))), None)
    return Country(code, _names()[code]) if code else None


def countries(words: str) -> list[Country]:
    """Return the countries of a list such as "Togo & Burkina Faso"; none if one is unknown."""
    whole = country(words)
    if whole:
        return [whole]
    for name, code in _joined().items():
        words = re.sub(rf"\b{name}\b", code, words, flags=re.IGNORECASE)
    found = [country(part) for part in _BETWEEN.split(words) if part.strip()]
    known = [one for one in found if one]
    return known if len(known) == len(found) else []


def region(spelled: str) -> str:
    """Return the name of the region that words stand for; empty where they are none.

    >>> region("Sub-Saharan Africa"), region("Harbourland")
    ('Sub-Saharan Africa', '')
    """
    words = _folded(spelled).removeprefix("the ")
    return _regions().get(words, "")


@cache
def _regions() -> Mapping[str, str]:
    territories = Locale("en").territories
    areas = {_folded(name): name for code, name in territories.items() if code.isdigit()}
    return {**areas, **_REGIONS}


@cache
def _joined() -> Mapping[str, str]:
    """Return the names that are two words with `and` between them, which no list may part."""
    pairs = ((name, code) for code, name in _names().items() if " & " in name)
    return {re.escape(name).replace(r"\ \&\ ", r"\s+(?:and|&)\s+"): c for name, c in pairs}


@cache
def _names() -> Mapping[str, str]:
    territories = Locale("en").territories
    names = {code: name for code, name in territories.items() if re.fullmatch("[A-Z]{2}", code)}
    plain = ((code, re.sub(r"\s*\(.*\)", "", name)) for code, name in names.items())
    return {code: name.removesuffix(" SAR China") for code, name in plain if code != "ZZ"}


@cache
def _codes() -> Mapping[str, str]:
    found = dict(_spellings())
    for old, new in get_global("territory_aliases").items():
        if len(new) == 1 and new[0] in _names() and re.fullmatch("[A-Z]{3}", old):
            found.setdefault(old.casefold(), new[0])
    return found


def _spellings() -> Iterator[tuple[str, str]]:
    for code, name in Locale("en").territories.items():
        if code in _names():
            yield _folded(name), code
            yield _folded(_names()[code]), code
            yield _folded(name.replace("&", "and")), code
            yield code.casefold(), code
    yield from _MORE.items()


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).replace("’", "'").strip()
    bare = "".join(
        s for s in unicodedata.normalize("NFD", plain) if not unicodedata.combining(s)
    )
    return re.sub(r"\s+", " ", bare).casefold()
