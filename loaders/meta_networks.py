"""The networks of Meta's reports and the steps of its kill chain, as their files name them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.countries import countries
from loaders.records import Attestation, Claim, Passage
from loaders.voice import Voice
from ontology import term
from ontology.identity import Mint

CHAIN: Final = "Online Operations Kill Chain"
AMOUNT_OF: Final = {
    "assets": "assetCount",
    "followers": "followerCount",
    "members": "memberCount",
    "spend": "adSpend",
}
_QUARTER: Final = re.compile(
    r"\b(Q[1-4](?:-Q?[1-4])?|H[12])[\s_-]*(20\d\d)\b|\b(20\d\d)[\s_-]*(Q[1-4]|H[12])\b", re.I
)
# a workbook of which each sheet was saved under its own name, and a prefix that says nothing
_SHEET: Final = re.compile(r"^.*GithubIOCs\s+-\s+|^meta-(?=[hq]\d)", re.IGNORECASE)
_DATED: Final = re.compile(r"^(20\d\d)[_-](\d\d)[_-](.+)$")
_ACQUIRED: Final = re.compile(r"\bac\w*ing\s+assets\b", re.IGNORECASE)
_OF_ITS_OWN: Final = re.compile(
    r"\b(?:fictitious|disguising\s+(?:apps|malware)|backstopping|redirect\s+domains"
    r"|command\s+and\s+control|likely\s+fake\s+accounts|replacing\s+infrastructure)\b",
    re.IGNORECASE,
)
_ASSETS: Final = (
    "Account",
    "Domain",
    "EmailAddress",
    "HashedFile",
    "IpAddress",
    "IpNetwork",
    "Software",
)
_STEP: Final = re.compile(r"(\d+(?:\.\d+)*)\.?\s+(.+)", re.DOTALL)
_BASED: Final = re.compile(r"(.+?)[\s-]based\b", re.IGNORECASE)
_TARGETING: Final = re.compile(
    r"(?:.*\bnetwork\s+)?(?:targeting\s+(?P<after>.+)|(?P<before>.+?)\s+targeting\b)", re.I
)


@dataclass(frozen=True, slots=True)
class Network:
    """A network, or the set of what one report lists, by its title and the period reported."""

    voice: Voice
    title: str
    period: str
    kind: str = "Network"

    @classmethod
    def of(cls, voice: Voice, dataset: str) -> "Network":
        """Return the network that a file's name speaks of.

        A name such as `2021_04_taking_action…` is that of a report, which may be on several.
        """
        stem = dataset.replace("\\", "/").rpartition("/")[2]
        stem = re.sub(r"(?i)\.(?:csv|json|tsv|md)$", "", stem).strip().replace(" _ ", " & ")
        stem = _SHEET.sub("", stem)
        dated = _DATED.match(stem)
        if dated:
            title = re.sub(r"[_\s]+", " ", dated[3]).strip()
            return cls(voice, title, f"{dated[1]}-{dated[2]}", "AssetSet")
        found = _QUARTER.search(stem.replace("_", " ")) or _QUARTER.search(
            dataset.replace("_", " ")
        )
        period = _spelled(found) if found else ""
        title = _QUARTER.sub(" ", stem.replace("_", " "))
        title = re.sub(r"(?i)\bupdated\b", " ", title)
        title = re.sub(r"\s+", " ", title).strip(" -_")
        kind = (
            "Network"
            if re.search(r"(?i)\b(?:network|cluster|APT|CIB|IB)\b", title)
            else "AssetSet"
        )
        return cls(voice, title or stem, period, kind)

    @property
    def node(self) -> NamedNode:
        """Return the network."""
        title = re.sub(r"[\W_]+", " ", self.title).strip().casefold()
        return self.voice.given.mint.named("network", title, "Meta", self.period.casefold())

    def opening(self, where: Passage) -> Iterator[Attestation]:
        """Yield what the network is called, and the places that its title names."""
        named = f"{self.title} ({self.period})" if self.period else self.title
        yield from self.voice.introduce(self.node, self.kind, named, where)
        if self.kind != "Network":
            return
        place = self.voice.file.entry(self.node.value, (("title", self.title),), where)
        words = ((term("wording"), in_words(self.title)),)
        for predicate, names in (
            ("originatedIn", origins(self.title)),
            ("targeted", targets(self.title)),
        ):
            for name in names:
                spot = self.voice.given.mint.named("place", name)
                yield from self.voice.introduce(spot, "schema:Place", name, where)
                yield self.voice.says(Claim(self.node, term(predicate), spot), place, words)

    def technique(self, steps: tuple[str, str, str]) -> NamedNode:
        """Return the narrowest step that is named."""
        return self.step(self.voice.given.mint, next(step for step in reversed(steps) if step))

    @staticmethod
    def step(mint: Mint, spelled: str) -> NamedNode:
        """Return a step of the kill chain by its name: its number changes between versions."""
        name = step_name(spelled)[1]
        return mint.named("technique", name.casefold(), CHAIN)


def is_own(steps: tuple[str, str, str], kind: str) -> bool:
    """Return whether what is listed under a step is an asset of the network.

    Other steps list whom it defaced, where it posted and what it linked to.

    >>> is_own(("0. Acquiring assets", "", "0.6 Acquiring domains"), "Domain")
    True
    >>> is_own(("3. Compromising assets", "", "3.2.1 Defacing websites"), "Domain")
    False
    """
    tactic, *narrower = steps
    if _ACQUIRED.search(tactic):
        return kind != "Hashtag"
    return kind in _ASSETS and any(_OF_ITS_OWN.search(step) for step in narrower)


def in_words(text: str) -> Literal:
    """Return words of a report: English, but for posts that it quotes in other scripts."""
    is_english = sum(sign.isascii() for sign in text) >= 0.9 * len(text)
    return Literal(text, language="en" if is_english else "und")


def step_name(spelled: str) -> tuple[str, str]:
    """Return number and name of a step.

    >>> step_name("0.9.1 Acquiring Facebook assets")
    ('0.9.1', 'Acquiring Facebook assets')
    """
    text = re.sub(r"\s+", " ", spelled).strip()
    found = _STEP.fullmatch(text)
    return (found[1], found[2].strip()) if found else ("", text)


def techniques(
    voice: Voice, steps: tuple[str, str, str], where: Passage
) -> Iterator[Attestation]:
    """Yield the steps of a row, each a part of the one before, the first time they come up."""
    mint, before = voice.given.mint, None
    for spelled in filter(None, steps):
        number, name = step_name(spelled)
        node = Network.step(mint, spelled)
        more = (
            [Claim(node, term("dcterms:isPartOf"), before)] if before and before != node else []
        )
        if number:
            more.append(Claim(node, term("notation"), Literal(number)))
        yield from voice.introduce(node, "Technique", name, where, *more)
        before = node


def origins(title: str) -> list[str]:
    """Return the places on which a title says that a network is based.

    >>> origins("Venezuela US-based CIB network")
    ['Venezuela', 'United States']
    >>> origins("Belarus, Russia-Based Influence Operation Network Targeting Poland")
    ['Belarus', 'Russia']
    """
    found = _BASED.match(title.replace("_", " "))
    return _places(found[1]) if found else []


def targets(title: str) -> list[str]:
    """Return the places that a title says a network targeted.

    >>> targets("MOLDOVA & MADAGASCAR TARGETING CIB NETWORK")
    ['Moldova', 'Madagascar']
    """
    found = _TARGETING.search(title.replace("_", " "))
    if not found or (found["before"] and _BASED.match(title)):
        found = re.search(r"(?i)\btargeting\s+(?P<after>.+)", title)
        return _places(found["after"]) if found else []
    return _places(found["after"] or found["before"])


def _places(words: str) -> list[str]:
    """Return the countries at the end of some words, such as a nickname before them."""
    parts = words.split()
    for first in range(len(parts)):
        if found := countries(re.sub(r"\s(US|UK|UAE|EU)$", r", \1", " ".join(parts[first:]))):
            return [one.name for one in found]
    return []


def _spelled(found: re.Match[str]) -> str:
    half, year = (found[1], found[2]) if found[1] else (found[4], found[3])
    return f"{half.upper()} {year}"
