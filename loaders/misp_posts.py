"""Posts in MISP events: who published what and where; their words only if asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from loaders import assets, indicators
from loaders.assets import Handle
from loaders.misp_attributes import FILE_REASON, FILES
from loaders.misp_objects import Thing, attributes
from loaders.misp_templates import Post, first, platform_of
from loaders.names_in_cells import known_by
from loaders.records import Details
from loaders.telling import Telling
from ontology import term
from ontology.identity import as_seen

TEXTS: Final = ("post", "content", "body", "video-transcript", "comment")
_LINKS: Final = frozenset({"embedded-link", "embedded-safe-link"})
_TIMES: Final = frozenset({"creation-date", "post-date", "publication-date"})
_PAGES: Final = {"archive": "documentedAt", "link": "atAddress", "url": "atAddress"}
_AUTHORS: Final = ("user-id", "username", "user-name", "creator")
_IDS: Final = ("user-id", "in-reply-to-user-id")
_QUOTED: Final = frozenset({"username-quoted", "in-reply-to-user-id"})


def tell(telling: Telling, event: NamedNode, thing: Thing, value: Mapping[str, Any]) -> None:
    """Add that somebody published a post, or that the event lists it if nobody says who."""
    assert isinstance(thing.template, Post)
    name = thing.template.platform or first(thing.values, ("type", "platform"))
    _Told(telling, thing, platform_of(name)).tell(event, value)


@dataclass(frozen=True, slots=True)
class _Told:
    telling: Telling
    thing: Thing
    platform: NamedNode | None

    def tell(self, event: NamedNode, value: Mapping[str, Any]) -> None:
        telling, post = self.telling, self.thing.node
        about = tuple(
            pair
            for _, relation, kind, text in attributes(value)
            for pair in self._qualifiers(relation, kind, text)
        )
        telling.say(post, "rdf:type", term("schema:SocialMediaPosting"))
        author = self._author()
        telling.say(post, "listedIn", event, () if author else about)
        if self.platform:
            telling.say(post, "onPlatform", self.platform)
        if author:
            telling.say(author, "posted", post, about)
        for relation, predicate in _PAGES.items():
            for text in self.thing.values.get(relation, ()):
                if page := telling.page(text, relation):
                    telling.say(post, predicate, page)

    def _author(self) -> NamedNode | None:
        """Return the account that published the post, once it is introduced."""
        values = self.thing.values
        id, name = first(values, _AUTHORS[:1]), first(values, _AUTHORS[1:])
        known, told = self._named("user-id", id), self._named("username", name)
        if known and told:
            known = replace(told, id=known.id)
        if found := known or told:
            return self.telling.indicator(indicators.account(found, self.telling.mint))
        is_told = self.platform is None and (known_by(id) or known_by(name))
        return None if is_told else self._author_in_address()

    def _named(self, relation: str, text: str) -> Handle | None:
        """Return the account that an attribute names by its id or handle."""
        name = known_by(text).lstrip("@")
        if self.platform is None or not name or any(sign.isspace() for sign in name):
            return None
        if relation in _IDS:
            return Handle(self.platform, id=name)
        return indicators.handle_in(self.platform, name)

    def _author_in_address(self) -> NamedNode | None:
        for column in ("link", "url"):
            for url in self.thing.values.get(column, ()):
                head = url.partition("/status/")[0]
                if head != url and (found := assets.handle_of(head)):
                    return self.telling.indicator(indicators.account(found, self.telling.mint))
        return None

    def _qualifiers(
        self, relation: str, kind: str, text: str
    ) -> Iterator[tuple[NamedNode, Any]]:
        telling, mint = self.telling, self.telling.mint
        if kind in FILES:
            telling.refuse(relation, text, FILE_REASON)
        elif relation in TEXTS:
            yield from self._words(text)
        elif relation == "hashtag" and as_seen(text).strip("# "):
            yield term("hashtag"), mint.hashtag(text.strip("# "))
        elif relation in _LINKS:
            if page := telling.page(text, relation):
                yield term("link"), page
        elif relation == "language":
            yield term("inLanguage"), Literal(text)
        elif relation in _TIMES:
            if found := telling.moment(relation, text):
                yield term("atTime"), found
        elif relation == "removal-date":
            if found := telling.moment(relation, text):
                telling.say(self.thing.node, "takenDownOn", found)
        elif relation == "source":
            yield term("client"), Literal(text)
        elif relation == "in-reply-to-status-id" and self.platform and known_by(text):
            yield term("replyTo"), mint.activity("post", self._platform_name, text)
        elif relation in _QUOTED and self.platform:
            yield from self._others(relation, text)
        elif self._is_left(relation, text):
            telling.describe(self.thing.node, relation, text)

    def _is_left(self, relation: str, text: str) -> bool:
        """Return whether nothing else reads an attribute."""
        if relation in _AUTHORS:
            return self._named(relation, text) is None
        if relation == "post-id":
            return not known_by(text)
        return relation not in _PAGES and relation != "type"

    @property
    def _platform_name(self) -> str:
        return self.platform.value.rpartition("#")[2] if self.platform else ""

    def _words(self, text: str) -> Details:
        digits = Literal(sha256(text.encode()).hexdigest())
        words = ((term("text"), Literal(text)),)
        kept = words if self.telling.voice.given.texts_of_posts else ()
        return (term("textSha256"), digits), *kept

    def _others(self, relation: str, text: str) -> Iterator[tuple[NamedNode, NamedNode]]:
        account = self._named(relation, text)
        if account is None:
            self.telling.refuse(relation, text, "is no name of an account")
            return
        word = "replyToAccount" if relation in _IDS else "mention"
        yield term(word), account.account(self.telling.mint)
