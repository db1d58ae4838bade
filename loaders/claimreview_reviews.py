"""One review of a claim: who says of which words, by whom, that they are how accurate."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from loaders import assets
from loaders.claimreview_parties import PREFIX, Party
from loaders.claimreview_ratings import Rating
from loaders.details import asserted_at
from loaders.json_parts import list_in, object_in, says_something
from loaders.members import Member
from loaders.records import Details, Record
from loaders.telling import Telling, scalar
from loaders.voice import Voice
from ontology import term
from ontology.digests import digest
from ontology.identity import Mint

_QUOTES: Final = " .\"'\u00ab\u00bb\u2018\u2019\u201c\u201d"
_TEXTS: Final = frozenset(
    {"articleBody", "description", "ratingExplanation", "reviewAspect", "reviewBody", "text"}
)
_OF_THE_PAGE: Final = frozenset(
    {
        "@context", "@id", "@type", "author", "claimReviewed", "datePublished", "image",
        "inLanguage", "isAccessibleForFree", "isPartOf", "itemReviewed", "license", "logo",
        "mainEntityOfPage", "publisher", "reviewRating", "sdDatePublished", "sdLicense",
        "sdPublisher", "thumbnailUrl", "type", "url", "version",
    }
)  # fmt: skip
_OF_ITEMS: Final = frozenset(
    {
        "@context", "@id", "@type", "appearance", "author", "datePublished",
        "firstAppearance", "image", "sameAs", "url",
    }
)  # fmt: skip
_OF_RATINGS: Final = frozenset({"@context", "@id", "@type", "image", "type", "url"})
_OF_WORKS: Final = frozenset({"@context", "@id", "@type", "url"})
_NO_WORD: Final = "is a field for which there is no word"
_TEXT: Final = "is a text, which no pattern reads"


@dataclass(frozen=True)
class Review:
    """A review in a file, with the other objects of the file that it may point to by id."""

    member: Member
    ids: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def value(self) -> dict[str, Any]:
        """Return what its fields tell by their names in schema.org."""
        return self.fields(self.member.value)

    def fields(self, value: Any) -> dict[str, Any]:
        """Return what an object tells, or the one that it points to by its id."""
        found = object_in(value)
        if found.keys() == {"@id"} and (known := self.ids.get(scalar(found["@id"]))):
            found = object_in(known)
        told = ((key, one) for key, one in found.items() if says_something(one))
        return {PREFIX.sub("", key): _alone(one) for key, one in told}

    @cached_property
    def words(self) -> str:
        """Return the claim in the words of the review."""
        value = self.value
        items = [self.fields(one) for one in list_in(value.get("itemReviewed"))]
        # of a person or a page, it would be the person or the page that is false
        items = [item for item in items if "Claim" in types_of(item)]
        told = [scalar(value.get("claimReviewed"))]
        told += [scalar(item.get(key)) for item in items for key in ("name", "text")]
        return re.sub(r"\s+", " ", next(filter(None, told), "")).strip()

    @cached_property
    def reviewers(self) -> list[Party]:
        """Return who reviewed: bodies among the authors, else who publishes, else people.

        What an organisation publishes is its word, whoever of its people wrote it.
        """
        authors = self._parties("author")
        bodies = [one for one in authors if not one.is_person]
        publishers = [one for one in self._parties("publisher") if not one.is_person]
        others = self._parties("publisher") or self._parties("creator")
        return bodies or publishers or authors or others

    @property
    def writers(self) -> list[Party]:
        """Return the people who wrote what others publish."""
        reviewers = self.reviewers
        return [one for one in self._parties("author") if one not in reviewers]

    @property
    def publisher(self) -> str:
        """Return the organisation that publishes the review, where that is told."""
        found = (one.name for one in self._parties("publisher") if not one.is_person)
        return next(found, "")

    @property
    def feeder(self) -> str:
        """Return who publishes the review as data, where that is told."""
        return self._named("sdPublisher")

    def _parties(self, key: str) -> list[Party]:
        values = list_in(self.value.get(key))
        found = [Party.of(self.fields(one), one) for one in values]
        return [one for one in found if one.name]

    def _named(self, key: str) -> str:
        value = self.value.get(key)
        return scalar(self.fields(value).get("name")) or scalar(value)


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
    key = f"{url} {digest(words)}" if url else digest(*chain.from_iterable(member.fields()))
    if not words:
        found = value.get("claimReviewed", "")
        reason = "has several values" if list_in(found)[1:] else "is empty"
        raise member.fault(key, "claimReviewed", found, reason)
    reviewers = review.reviewers
    if not reviewers:
        raise member.fault(key, "author", value.get("author"), "does not name who reviewed")
    telling = Telling.of(voice, member, key)
    told = _Told(telling, review, statement(words, telling.mint))
    told.reviewed(reviewers)
    told.page(url)
    for name in sorted(value.keys() - _OF_THE_PAGE):
        telling.refuse(name, value[name], _TEXT if name in _TEXTS else _NO_WORD)
    return telling.records


@dataclass(frozen=True, slots=True)
class _Told:
    telling: Telling
    review: Review
    statement: NamedNode

    def reviewed(self, reviewers: list[Party]) -> None:
        """Say the stance of the reviewers, and by whom and where the claim is said to be."""
        telling, review = self.telling, self.review
        who, speaking = self._reviewer(reviewers)
        chain = [who] if who != telling.voice.speaker else []
        for name in (review.publisher, review.feeder):
            if name and name != telling.voice.publisher:
                relay = Party(name, "Organization").introduced(telling)
                # who signed it passes on no word of others
                known = relay in (*speaking, *chain)
                chain = [*(chain or [who]), *([] if known else [relay])]
        telling.chain = tuple(chain)
        telling.about = self._published(review.value.get("datePublished"))
        self._words()
        self._rated()
        for item in list_in(review.value.get("itemReviewed")):
            self._item((who, *speaking), review.fields(item))

    def _reviewer(self, reviewers: list[Party]) -> tuple[NamedNode, list[NamedNode]]:
        """Return who reviewed, and who speaks in it.

        Several authors of one review are one voice, not several.
        """
        telling = self.telling
        host = assets.host_of(scalar(self.review.value.get("url"))) or ""
        found = [
            Party(one.name, one.type or "Organization", one.address).introduced(telling, host)
            for one in reviewers
        ]
        if len(set(found)) == 1:
            return found[0], found
        names = "; ".join(sorted(one.name for one in reviewers))
        return telling.joint_speaker(names, host, found), found

    def page(self, url: str) -> None:
        """Say where the review is, and who wrote it for whoever publishes it."""
        telling, page = self.telling, self.telling.page(url, "url") if url else None
        if page:
            telling.say(self.statement, "documentedAt", page)
        for writer in self.review.writers:
            if page:
                who = writer.introduced(telling, assets.host_of(url) or "")
                telling.say(page, "schema:author", who)
            else:
                telling.refuse("author", writer.name, "wrote a review that has no address")

    def _words(self) -> None:
        telling, words = self.telling, self.review.words
        language = scalar(self.review.value.get("inLanguage"))
        told = telling.worded(words, language, "inLanguage")
        telling.say(self.statement, "rdf:type", term("WordedStatement"))
        telling.say(self.statement, "name", told)

    def _rated(self) -> None:
        """Say the rating as it is worded, and the stance that its scale says clearly."""
        telling, told = self.telling, self.review.value.get("reviewRating")
        if list_in(told)[1:]:
            telling.refuse("reviewRating", told, "has several values")
            return
        found = self.review.fields(told)
        rating = Rating.of(found)
        if not rating.told:
            telling.refuse("reviewRating", told, "has neither words nor a number")
            return
        telling.say(self.statement, "evaluatedAs", Literal(rating.told), rating.scale)
        stance, fault = rating.stance()
        if fault:
            telling.refuse("reviewRating", found, fault)
        if stance:
            telling.say(self.statement, "accurate", Literal(True), stance=stance)
        for name in sorted(found.keys() - _OF_RATINGS):
            if name not in rating.read(found):
                reason = _TEXT if name in _TEXTS else _NO_WORD
                telling.refuse(f"reviewRating {name}", found[name], reason)

    def _item(self, reviewers: tuple[NamedNode, ...], item: Mapping[str, Any]) -> None:
        telling, scope = self.telling, (reviewers[0].value, self.statement.value)
        for value in list_in(item.get("author")):
            party = Party.of(self.review.fields(value), value)
            if reason := party.why_no_claimant:
                telling.refuse("itemReviewed author", value, reason)
            elif (who := party.claiming(telling, *scope)) in reviewers:
                telling.refuse("itemReviewed author", value, "is who reviews the claim")
            else:
                self._claimed(who, party, item)
        for name, predicate in (
            ("appearance", "appearedIn"),
            ("firstAppearance", "firstAppearedIn"),
            ("url", "appearedIn"),
            ("sameAs", "appearedIn"),
        ):
            for value in list_in(item.get(name)):
                self._appeared(name, predicate, value)
        again = {name for name in (*_TEXTS, "name") if self._is_the_claim(item.get(name))}
        for name in sorted(item.keys() - _OF_ITEMS - again):
            reason = _TEXT if name in _TEXTS else _NO_WORD
            telling.refuse(f"itemReviewed {name}", item[name], reason)

    def _is_the_claim(self, value: Any) -> bool:
        """Return whether a text is the claim again, in the very words of the review."""
        return re.sub(r"\s+", " ", scalar(value)).strip() == self.review.words

    def _claimed(self, who: NamedNode, party: Party, item: Mapping[str, Any]) -> None:
        """Say that somebody put the claim forward, as the reviewer has it."""
        telling = self.telling
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
        telling, text = self.telling, self.telling.text("datePublished", value)
        told = telling.moment("datePublished", text) if text else None
        return asserted_at(told and telling.likely("datePublished", told))


def types_of(value: Any) -> Iterator[str]:
    """Yield the types of an object by their names in schema.org."""
    for key in ("@type", "type"):
        for one in list_in(object_in(value).get(key)):
            yield PREFIX.sub("", scalar(one))
