"""One review of a claim: who says of which words, by whom, that they are how accurate."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from loaders import assets
from loaders.claimreview_ratings import Rating
from loaders.json_parts import list_in, object_in
from loaders.members import Member
from loaders.records import Details, Record
from loaders.telling import Telling, scalar
from loaders.voice import Voice
from ontology import term
from ontology.identity import Mint, digest

_PREFIX: Final = re.compile(r"^(?:schema:|https?://schema\.org/)")
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
_NOBODY: Final = re.compile(
    rf"(?:an?\s+)?(?:(?:various|multiple|several|many|some|viral|anonymous|unknown|unidentified"
    rf"|{_PLATFORMS})\s+)*"
    r"(?:various|multiple|unknown|anonymous|n/?a|none|sources?|users?|posts?|people|accounts?"
    r"|pages?|messages?|videos?|images?|websites?|blogs?|rumou?rs?|bloggers?|chain e-?mails?"
    r"|usuarios?|usuários?|publicaciones|publicações|internautes|utilisateurs|nutzer"
    rf"|{_EVERYWHERE})"
    rf"(?:\s+(?:on|from|via|in|of|en|de|do|no|sur|auf|da|nas)\s+(?:las\s+|les\s+)?{_PLATFORMS})?",
    re.IGNORECASE,
)
_QUOTES: Final = " .\"'\u00ab\u00bb\u2018\u2019\u201c\u201d"
_TEXTS: Final = frozenset({"articleBody", "description", "reviewBody", "text"})
_OF_THE_PAGE: Final = frozenset(
    {
        "@context", "@id", "@type", "author", "claimReviewed", "datePublished", "image",
        "inLanguage", "isAccessibleForFree", "isPartOf", "itemReviewed", "license", "logo",
        "mainEntityOfPage", "publisher", "reviewRating", "sdDatePublished", "sdLicense",
        "sdPublisher", "thumbnailUrl", "url", "version",
    }
)  # fmt: skip
_OF_ITEMS: Final = frozenset(
    {
        "@context", "@id", "@type", "appearance", "author", "datePublished",
        "firstAppearance", "image", "name", "sameAs", "url",
    }
)  # fmt: skip
_OF_WORKS: Final = frozenset({"@context", "@id", "@type", "url"})
_NO_WORD: Final = "is a field for which there is no word"
_TEXT: Final = "is a text, which no pattern reads"


@dataclass(frozen=True, slots=True)
class Review:
    """A review in a file, with the other objects of the file that it may point to by id."""

    member: Member
    ids: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def value(self) -> dict[str, Any]:
        """Return its fields by their names in schema.org."""
        return self.fields(self.member.value)

    def fields(self, value: Any) -> dict[str, Any]:
        """Return the fields of an object, or of the one that it points to by its id."""
        found = object_in(value)
        if found.keys() == {"@id"} and (known := self.ids.get(scalar(found["@id"]))):
            found = object_in(known)
        return {_PREFIX.sub("", key): _alone(one) for key, one in found.items()}

    @property
    def words(self) -> str:
        """Return the claim in the words of the review."""
        value = self.value
        items = [self.fields(one) for one in list_in(value.get("itemReviewed"))]
        told = [scalar(value.get("claimReviewed"))]
        told += [scalar(item.get(key)) for item in items for key in ("name", "text")]
        return re.sub(r"\s+", " ", next(filter(None, told), "")).strip()

    @property
    def reviewers(self) -> list["Party"]:
        """Return who reviewed: the authors, else the publisher."""
        value = self.value
        for key in ("author", "publisher", "creator"):
            found = [Party.of(self.fields(one), one) for one in list_in(value.get(key))]
            if named := [party for party in found if party.name]:
                return named
        return []

    @property
    def feeder(self) -> str:
        """Return who publishes the review as data, where that is told."""
        found = self.fields(self.value.get("sdPublisher"))
        return scalar(found.get("name")) or scalar(self.value.get("sdPublisher"))


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organisation that reviews or claims."""

    name: str
    type: str = ""
    address: str = ""
    jobs: tuple[str, ...] = ()

    @classmethod
    def of(cls, found: Mapping[str, Any], value: Any) -> "Party":
        """Return a party by its fields, or by its bare name; by its host if it has no name."""
        types = [_PREFIX.sub("", scalar(one)) for one in list_in(found.get("@type"))]
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
        if _NOBODY.fullmatch(self.name):
            node, kind = mint.named("speaker", self.name, *scope), "UnnamedSpeaker"
        elif self.type in _BODIES:
            node, kind = mint.named("org", self.name), "org:Organization"
        elif self.type in _PEOPLE:
            who = (self.address,) if self.address else scope
            node, kind = mint.named("person", self.name, *who), "foaf:Person"
        else:
            node, kind = mint.named("party", self.name, *scope), "LegalParty"
        return telling.introduce(node, kind, self.name)


def _alone(value: Any) -> Any:
    """Return a value as it is, out of the array or object that JSON-LD may wrap it in."""
    held = value[0] if isinstance(value, list) and len(value) == 1 else value
    inner = held.get("@value") if isinstance(held, dict) else held
    return inner if scalar(inner) else held


def statement(words: str, mint: Mint) -> NamedNode:
    """Return a statement by its words, whoever quotes or says them."""
    folded = unicodedata.normalize("NFKC", words).casefold().strip(_QUOTES)
    return mint.activity("statement", re.sub(r"\s+", " ", folded))


def tell(voice: Voice, review: Review) -> list[Record]:
    """Return what one review says; raises Refused for one without words or reviewer."""
    member, value, words = review.member, review.value, review.words
    url = scalar(value.get("url"))
    key = f"{url} {digest(words)}" if url else digest(member.text)
    if not words:
        found = value.get("claimReviewed", "")
        reason = "has several values" if list_in(found)[1:] else "is empty"
        raise member.fault(key, "claimReviewed", found, reason)
    reviewers = review.reviewers
    if not reviewers:
        raise member.fault(key, "author", value.get("author"), "does not name who reviewed")
    telling = Telling.of(voice, member, key)
    told = _Told(telling, review, statement(words, telling.mint))
    for reviewer in reviewers:
        told.reviewed(reviewer)
    told.page(url)
    for name in sorted(value.keys() - _OF_THE_PAGE):
        telling.refuse(name, value[name], _TEXT if name in _TEXTS else _NO_WORD)
    return telling.records


@dataclass(frozen=True, slots=True)
class _Told:
    telling: Telling
    review: Review
    statement: NamedNode

    def reviewed(self, reviewer: Party) -> None:
        """Say the stance of one reviewer, and by whom and where the claim is said to be."""
        telling, review = self.telling, self.review
        host = assets.host_of(scalar(review.value.get("url"))) or ""
        organisation = Party(reviewer.name, reviewer.type or "Organization", reviewer.address)
        who = organisation.introduced(telling, host)
        chain = [who] if who != telling.voice.speaker else []
        if review.feeder and review.feeder != telling.voice.publisher:
            feeder = Party(review.feeder, "Organization").introduced(telling)
            chain = [who, feeder] if feeder != who else chain
        telling.chain = tuple(chain)
        telling.about = self._published(review.value.get("datePublished"))
        self._words()
        self._rated()
        for item in list_in(review.value.get("itemReviewed")):
            self._item(who, review.fields(item))

    def page(self, url: str) -> None:
        """Say where the review is."""
        if url and (page := self.telling.page(url, "url")):
            self.telling.say(self.statement, "documentedAt", page)

    def _words(self) -> None:
        telling, words = self.telling, self.review.words
        language = scalar(self.review.value.get("inLanguage"))
        told = telling.worded(words, language, "inLanguage")
        telling.say(self.statement, "rdf:type", term("WordedStatement"))
        telling.say(self.statement, "name", told)

    def _rated(self) -> None:
        """Say the rating as it is worded, and the stance that its scale says clearly."""
        telling, found = self.telling, self.review.fields(self.review.value.get("reviewRating"))
        rating = Rating.of(found)
        if not rating.told:
            telling.refuse("reviewRating", found, "has neither words nor a number")
            return
        telling.say(self.statement, "evaluatedAs", Literal(rating.told), rating.scale)
        stance, fault = rating.stance()
        if fault:
            telling.refuse("reviewRating", found, fault)
        if stance:
            telling.say(self.statement, "accurate", Literal(True), stance=stance)
        for name in ("ratingExplanation", "reviewAspect"):
            if text := scalar(found.get(name)):
                telling.refuse(f"reviewRating {name}", text, _TEXT)

    def _item(self, reviewer: NamedNode, item: Mapping[str, Any]) -> None:
        telling = self.telling
        for value in list_in(item.get("author")):
            party = Party.of(self.review.fields(value), value)
            if party.name:
                self._claimed(reviewer, party, item)
            else:
                telling.refuse("itemReviewed author", value, "has no name")
        for name, predicate in (
            ("appearance", "appearedIn"),
            ("firstAppearance", "firstAppearedIn"),
            ("url", "appearedIn"),
            ("sameAs", "appearedIn"),
        ):
            for value in list_in(item.get(name)):
                self._appeared(name, predicate, value)
        again = {name for name in _TEXTS if self._is_the_claim(item.get(name))}
        for name in sorted(item.keys() - _OF_ITEMS - again):
            reason = _TEXT if name in _TEXTS else _NO_WORD
            telling.refuse(f"itemReviewed {name}", item[name], reason)

    def _is_the_claim(self, value: Any) -> bool:
        """Return whether a text is the claim again, in the very words of the review."""
        return re.sub(r"\s+", " ", scalar(value)).strip() == self.review.words

    def _claimed(self, reviewer: NamedNode, party: Party, item: Mapping[str, Any]) -> None:
        """Say that somebody put the claim forward, as the reviewer has it."""
        telling = self.telling
        who = party.introduced(telling, reviewer.value, self.statement.value)
        about, telling.about = telling.about, self._published(item.get("datePublished"))
        relays = telling.chain or (telling.voice.speaker,)
        # a publisher's own review is the document, and no relay
        chain = (who, *(one for one in relays if one not in (who, telling.voice.speaker)))
        telling.say(self.statement, "accurate", Literal(True), chain=chain)
        telling.about = about
        for job in party.jobs:
            telling.say(who, "schema:hasOccupation", Literal(job))

    def _appeared(self, name: str, predicate: str, value: Any) -> None:
        """Say where the claim is found; whoever made that page need not have made the claim."""
        telling, found = self.telling, self.review.fields(value)
        url = scalar(found.get("url")) or scalar(found.get("@id")) or scalar(value)
        if not url:
            telling.refuse(f"itemReviewed {name}", value, "has no address")
        elif page := telling.page(url, f"itemReviewed {name}"):
            telling.say(self.statement, predicate, page)
        for key in sorted(found.keys() - _OF_WORKS):
            telling.refuse(f"{name} {key}", found[key], "is said of the page, not of the claim")

    def _published(self, value: Any) -> Details:
        text = self.telling.text("datePublished", value)
        found = self.telling.moment("datePublished", text) if text else None
        return (
            ((term("assertedAt"), found), (term("timeBasis"), term("stated"))) if found else ()
        )


def types_of(value: Any) -> Iterator[str]:
    """Yield the types of an object by their names in schema.org."""
    for key in ("@type", "type"):
        for one in list_in(object_in(value).get(key)):
            yield _PREFIX.sub("", scalar(one))
