"""Currencies by the signs, codes and names that stand beside a sum: "C$", "EUR", "zlotys"."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from babel.core import get_global
from babel.numbers import get_currency_name

# only signs of one currency: `¥` is of two
_SIGNS: Final = {
    "$": "USD", "us$": "USD", "c$": "CAD", "ca$": "CAD", "a$": "AUD", "au$": "AUD",
    "hk$": "HKD", "nt$": "TWD", "nz$": "NZD", "s$": "SGD", "r$": "BRL", "mx$": "MXN",
    "€": "EUR", "£": "GBP", "₽": "RUB", "₹": "INR", "₴": "UAH", "₪": "ILS", "₦": "NGN",
    "₺": "TRY", "₫": "VND", "₾": "GEL", "₸": "KZT", "zł": "PLN",
}  # fmt: skip
# as reports in English use them without a country
_PLAIN: Final = {
    "dollar": "USD", "dollars": "USD", "u.s. dollar": "USD", "u.s. dollars": "USD",
    "pound": "GBP", "pounds": "GBP", "pounds sterling": "GBP", "brazilian reais": "BRL",
}  # fmt: skip


def currency(sign: str | None, name: str | None) -> str:
    """Return the ISO 4217 code of what stands before a sum and behind it; empty if they differ.

    >>> currency("C$", None), currency("$", "Canadian dollars"), currency("£", "euros")
    ('CAD', 'CAD', '')
    """
    before = _code(sign) if sign else ""
    behind = _code(name) if name else ""
    if before and behind and before != behind:
        return behind if sign == "$" and "dollar" in _folded(name or "") else ""
    return before or behind


def _code(spelled: str) -> str:
    folded = _folded(spelled)
    return _SIGNS.get(folded) or _NAMES.get(folded) or (spelled if spelled in _CODES else "")


def _tender() -> frozenset[str]:
    """Return the codes of the currencies that are legal tender somewhere today."""
    used = get_global("territory_currencies").values()
    return frozenset(code for of in used for code, _, end, legal in of if legal and not end)


def _names(codes: frozenset[str]) -> Mapping[str, str]:
    """Return the names of currencies in English, and those that only one of them has."""
    full: dict[str, str] = {}
    short: dict[str, set[str]] = defaultdict(set)
    for code in sorted(codes):
        for count in (1, 2):
            name = _folded(get_currency_name(code, count, "en"))
            full[name] = code
            short[_bare(name)].add(code)
    alone = {_last(name): code for name, code in full.items() if len(short[_bare(name)]) == 1}
    return {**alone, **full, **_PLAIN}


def _last(name: str) -> str:
    return name.rpartition(" ")[2]


def _bare(name: str) -> str:
    """Return the last word without its plural: one manat is not told from others by an s."""
    return _last(name).rstrip("s")


def _folded(name: str) -> str:
    bare = unicodedata.normalize("NFD", name)
    plain = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return re.sub(r"\s+", " ", plain).strip().casefold()


def _pattern(words: list[str]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)


_CODES: Final = _tender()
_NAMES: Final = _names(_CODES)
_ISO: Final = rf"(?-i:{'|'.join(sorted(_CODES))})\b"
BEFORE: Final = rf"(?:{_pattern(list(_SIGNS))}|{_ISO})"
BEHIND: Final = rf"(?:(?:{_pattern(list(_NAMES))})\b|{_ISO})"
