"""Whoever reviews or claims in a review: people, organisations, and nobody in particular."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import NamedNode

from loaders import assets
from loaders.json_parts import list_in
from loaders.no_names import is_noted
from loaders.scheme_words import platform
from loaders.telling import Telling, scalar

PREFIX: Final = re.compile(r"^(?:schema:|https?://schema\.org/)")
_PEOPLE: Final = frozenset({"Person"})
_BODIES: Final = frozenset(
    {
        "Corporation", "EducationalOrganization", "FactCheckingOrganization",
        "GovernmentOrganization", "NGO", "NewsMediaOrganization", "Organization",
        "PoliticalParty", "ResearchOrganization",
    }
)  # fmt: skip
_EVERYWHERE: Final = (
    r"social media|internet|redes sociales|redes sociais|réseaux sociaux|soziale medien"
)
_PLATFORMS: Final = (
    rf"(?:{_EVERYWHERE}|facebook|twitter|x|instagram|tiktok|whatsapp|telegram|threads|reddit"
    r"|youtube|online|web)"
)
_LISTED: Final = re.compile(r"\s*(?:[.,;/&|]|\band\b|\bor\b)\s*", re.IGNORECASE)
_NOBODY: Final = re.compile(
    rf"(?:an?\s+)?(?:(?:various|multiple|several|many|some|viral|anonymous|unknown|unidentified"
    rf"|{_PLATFORMS})\s+)*"
    r"(?:various|multiple|unknown|anonymous|n/?a|none|sources?|users?|posts?|people|accounts?"
    r"|pages?|messages?|videos?|images?|websites?|blogs?|rumou?rs?|bloggers?|chain e-?mails?"
    r"|usuarios?|usuários?|publicaciones|publicações|internautes|utilisateurs|nutzer"
    rf"|{_EVERYWHERE})"
    rf"(?:\s+(?:on|from|via|in|of|en|de|do|no|sur|auf|da|nas)\s+(?:las\s+|les\s+)?{_PLATFORMS})?"
    r"|\W+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organisation that reviews or claims."""

    name: str
    type: str = ""
    address: str = ""
    jobs: tuple[str, ...] = ()

    @property
    def is_person(self) -> bool:
        """Return whether it is said to be a person."""
        return self.type in _PEOPLE

    @classmethod
    def of(cls, found: Mapping[str, Any], value: Any) -> "Party":
        """Return a party by its fields, or by its bare name; by its host if it has no name."""
        types = [PREFIX.sub("", scalar(one)) for one in list_in(found.get("@type"))]
        known = next((one for one in types if one in _PEOPLE | _BODIES), "")
        addresses = (
            scalar(one) for key in ("sameAs", "url", "@id") for one in list_in(found.get(key))
        )
        name = scalar(found.get("name")) or scalar(value)
        places = [scalar(one) for one in list_in(found.get("url"))]
        hosts = (assets.host_of(place) for place in places if "://" in place)
        name = name or next(filter(None, hosts), "").removeprefix("www.")
        jobs = tuple(filter(None, map(scalar, list_in(found.get("jobTitle")))))
        return cls(name, known, next(filter(None, addresses), ""), jobs)

    def introduced(self, telling: Telling, *scope: str) -> NamedNode:
        """Return the party, introduced; what identifies a person is an address, or a scope."""
        mint = telling.mint
        is_nobody = self.type not in _BODIES and is_noted(self.name)
        if is_nobody or _NOBODY.fullmatch(self.name):
            return self._unnamed(telling, *scope)
        if self.type in _BODIES:
            node, kind = mint.named("org", self.name), "org:Organization"
        elif self.type in _PEOPLE:
            who = (self.address,) if self.address else scope
            node, kind = mint.named("person", self.name, *who), "foaf:Person"
        else:
            node, kind = mint.named("party", self.name, *scope), "LegalParty"
        return telling.introduce(node, kind, self.name)

    def claiming(self, telling: Telling, *scope: str) -> NamedNode:
        """Return the party as the one who claims; a platform is where others do.

        It is no person, nor does the company whose place it is claim what stands there.
        """
        places = filter(None, _LISTED.split(self.name))
        if self.type not in _BODIES and all(map(platform, places)):
            return self._unnamed(telling, *scope)
        return self.introduced(telling, *scope)

    def _unnamed(self, telling: Telling, *scope: str) -> NamedNode:
        node = telling.mint.named("speaker", self.name, *scope)
        return telling.introduce(node, "UnnamedSpeaker", self.name)
