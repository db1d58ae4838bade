"""Meta's summaries of networks: Markdown with a heading, sentences, a table of indicators."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import assets, indicators, meta_sentences
from loaders.accounting import account
from loaders.amounts_in_words import on_facebook
from loaders.meta_networks import AMOUNT_OF, Network
from loaders.meta_pieces import (
    Piece,
    is_summary,
    period_of,
    pieces_of,
    several,
    title_of,
)
from loaders.meta_places import Aims, aims, names_a_place, places
from loaders.records import Attestation, Claim, Passage, Quarantined, Record, Skipped
from loaders.table import Refused
from loaders.voice import Voice
from onrecord.errors import BadInput
from ontology import term

_POLICY: Final = re.compile(
    r"\bfor\s+violating\s+our\s+(?:policy|policies)\s+against\s+([^.,;]+)"
)
_LINK: Final = re.compile(r"\[(?P<text>[^\[\]]+)\]\((?P<target>[^()\s]*)\)")
_CROSS_LINKS: Final = "Cross-Links"
_CELL: Final = re.compile(r"(?<!\\)\|")
_UNREAD: Final = "no pattern reads this sentence"
_ASIDE: Final = "has a number that may be of another removal"
_NUMBER: Final = "has a number that no pattern reads"
_PLACE: Final = "has a place or an audience that no pattern reads"
_SOMEBODY: Final = "says who is behind it in words that no pattern reads"
_MORE: Final = "says more than any pattern reads"
_ONLY_LINKS: Final = "only its links are read"


@dataclass(frozen=True, slots=True)
class _Network:
    """The network that a paragraph speaks of, and its removal."""

    node: NamedNode
    action: NamedNode
    title: str


@dataclass(frozen=True, slots=True)
class _Summary:
    """A summary, mostly of one network; by line, the sentence that counts one of several."""

    voice: Voice
    network: Network
    several: Mapping[int, Piece]

    @property
    def whole(self) -> _Network:
        """Return the network of which the title speaks."""
        key = ("Meta", self.network.period, self.network.title)
        action = self.voice.given.mint.named("event", "removal of a network", *key)
        return _Network(self.network.node, action, self.network.title)

    def of(self, piece: Piece) -> _Network:
        """Return the network of which a piece speaks."""
        counting = self.several.get(piece.line)
        if counting is None:
            return self.whole
        mint, found = self.voice.given.mint, counting.counts.removed
        title = f"{self.network.title}: {counting.text[found[0].start : found[-1].end]}"
        key = ("Meta", self.network.period, self.network.title, counting.text)
        action = mint.named("event", "removal of a network", *key)
        return _Network(mint.named("network", *key), action, title)


def summary(voice: Voice) -> Iterator[Record]:
    """Yield the records of one summary, sentence by sentence and row by row."""
    text = voice.file.content()
    pieces = list(pieces_of(text))
    title = title_of(pieces)
    if not title or not is_summary(text):
        raise BadInput(f"{voice.file.path}: has no heading of a summary of a network")
    network = Network(voice, title, period_of(text))
    if " " not in title:  # the name of the file stands where a title belongs
        network = Network.of(voice, title)
    found = _Summary(voice, network, several(pieces))
    whole = voice.file.whole(voice.given.mint)
    yield from network.opening(whole)
    yield from _removal(found, found.whole, whole)
    yield from account(voice.file.path.name, pieces, partial(_tell, found), voice)


def _removal(found: _Summary, network: _Network, where: Passage) -> Iterator[Attestation]:
    """Yield the removal: that there was one is what such a summary is published for."""
    removed = Claim(network.action, term("removed"), network.node)
    announced = Claim(found.voice.speaker, term("announced"), network.action)
    yield from found.voice.introduce(
        network.action,
        "EnforcementAction",
        f"removal of {network.title}",
        where,
        removed,
        announced,
    )


def _part(found: _Summary, piece: Piece) -> Iterator[Attestation]:
    """Yield the network of a paragraph, where it is one of several."""
    network, where = found.of(piece), _where(found, piece)
    if network.node == found.whole.node:
        return
    belongs = Claim(network.node, term("dcterms:isPartOf"), found.whole.node)
    yield from found.voice.introduce(network.node, "Network", network.title, where, belongs)
    yield from _removal(found, network, where)


def _tell(found: _Summary, piece: Piece) -> Iterator[Record]:
    if piece.kind == "heading":
        yield Skipped(found.voice.file.path.name, piece.text)
    elif piece.kind == "row":
        yield from _row(found, piece)
    else:
        yield from _sentence(found, piece)


def _sentence(found: _Summary, piece: Piece) -> Iterator[Record]:
    """Yield what a sentence says; what it says beside that is kept in quarantine."""
    counts = piece.counts
    ends = aims(piece.text, counts.removed[-1].end if counts.removed else 0)
    whom = meta_sentences.behind(_LINK.sub(r"\g<text>", piece.text))
    told = [*_counts(found, piece), *_ties(found, piece, ends), *_behind(found, piece, whom)]
    links = list(_links(found, piece))
    if told or links:
        yield from _part(found, piece)
    yield from told
    yield from links
    if not told and not (links and piece.section == _CROSS_LINKS):
        reason = _ONLY_LINKS if links else _ASIDE if counts.aside else _reason(piece.text)
        yield _quarantined(found, piece, reason)
    elif told and (more := _more(piece, ends, whom)):
        yield _quarantined(found, piece, more)


def _more(piece: Piece, ends: Aims, whom: meta_sentences.Behind | None) -> str:
    """Return what a sentence says beside what is told of it; nothing where all is read."""
    is_more = not whom.is_all if whom else meta_sentences.names_somebody(piece.text)
    rest = meta_sentences.unread(piece.text, _read(piece, ends, whom))
    left = (
        (_ASIDE, piece.counts.aside),
        (_NUMBER, piece.counts.unread),
        (_PLACE, ends.unread or any(map(names_a_place, rest))),
        (_SOMEBODY, is_more),
        (_MORE, any(map(meta_sentences.says_much, rest))),
    )
    return next((reason for reason, is_so in left if is_so), "")


def _read(
    piece: Piece, ends: Aims, whom: meta_sentences.Behind | None
) -> list[tuple[int, int]]:
    """Return where a sentence stands that is told."""
    amounts = ((one.start, one.end) for one in (*piece.counts.removed, *piece.counts.told))
    links = (link.span() for link in _LINK.finditer(piece.text))
    read = [*amounts, *ends.read, *links]
    if whom and not _LINK.search(piece.text[: whom.start]):
        read.append((whom.start, len(piece.text)))
    return read


def _reason(text: str) -> str:
    """Return why nothing is said by a sentence."""
    targets = [link["target"] for link in _LINK.finditer(text)]
    return f"links to {targets[0]!r}, which is no web address" if targets else _UNREAD


def _row(found: _Summary, piece: Piece) -> Iterator[Record]:
    cells = [cell.strip().strip("`") for cell in _CELL.split(piece.text.strip("|"))]
    mint, where = found.voice.given.mint, _where(found, piece)
    if len(cells) < 2 or not cells[1]:
        raise _refused(found, piece, "has no value beside its type")
    one = indicators.indicator(cells[1], mint)
    if one and cells[0].casefold() == "domain" and one.kind == "WebAddress":
        one = indicators.named_host(assets.host_of(cells[1]) or "", mint) or one
    is_account = cells[0].casefold() == "social media account"
    if is_account and one and one.kind == "WebAddress":
        one = indicators.web(cells[1], mint, is_account=True)
    if one is None:
        raise _refused(found, piece, "is no indicator of a kind that is known")
    yield from indicators.introduced(found.voice, one, where)
    # a page that somebody else may have published, such as a newspaper that was taken in
    is_page = one.kind == "WebAddress" and not is_account
    of = found.voice.file.whole(mint).document if is_page else found.network.node
    predicate = term("listedIn") if is_page else term("belongsTo")
    yield found.voice.says(Claim(one.node, predicate, of), where)
    if any(cells[2:]):
        yield _quarantined(found, piece, "has cells beside type and value that nobody reads")


def _counts(found: _Summary, piece: Piece) -> Iterator[Attestation]:
    counts, network = piece.counts, found.of(piece)
    for amount in counts.removed:
        about = on_facebook(amount.about)
        removed = Claim(network.action, term("removedCount"), amount.value, about)
        yield _said(found, piece, removed)
    for amount in counts.told:
        predicate = term(AMOUNT_OF[amount.what])
        about = amount.about if amount.what == "assets" else on_facebook(amount.about)
        yield _said(found, piece, Claim(network.node, predicate, amount.value, about))
    if counts.is_removal and (policy := _POLICY.search(piece.text)):
        reason = Literal(policy[1].strip(), language="en")
        yield _said(found, piece, Claim(network.action, term("reason"), reason))


def _ties(found: _Summary, piece: Piece, ends: Aims) -> Iterator[Attestation]:
    """Yield where a sentence says that the network came from, and whom it was aimed at."""
    for predicate, names in (("originatedIn", ends.origins), ("targeted", ends.targets)):
        for name in dict.fromkeys(names):
            yield from _placed(found, piece, predicate, name)
    for audience in dict.fromkeys(ends.audiences):
        group = found.voice.given.mint.named("group", audience, "audience")
        yield from found.voice.introduce(group, "UnnamedGroup", audience, _where(found, piece))
        yield _said(found, piece, Claim(found.of(piece).node, term("targeted"), group))


def _placed(
    found: _Summary,
    piece: Piece,
    predicate: str,
    name: str,
    details: tuple[tuple[NamedNode, Literal], ...] = (),
) -> Iterator[Attestation]:
    place = found.voice.given.mint.named("place", name)
    yield from found.voice.introduce(place, "schema:Place", name, _where(found, piece))
    claim = Claim(found.of(piece).node, term(predicate), place)
    yield _said(found, piece, claim, details)


def _behind(
    found: _Summary, piece: Piece, one: meta_sentences.Behind | None
) -> Iterator[Attestation]:
    """Yield whom a sentence names behind the network, in the words that it has."""
    if one is None:
        return
    words = ((term("wording"), Literal(one.wording, language="en")),)
    if names := places(one.whom):
        for name in names:
            yield from _placed(found, piece, one.predicate, name, words)
        return
    mint = found.voice.given.mint
    # "actors in Iceland" behind two networks need not be the same
    node = mint.named("group", one.whom, "described", found.of(piece).node.value)
    kind = "UnnamedGroup"
    if one.is_name:
        node, kind = mint.named("org", one.whom), "prov:Agent"
    yield from found.voice.introduce(node, kind, one.whom, _where(found, piece))
    claim = Claim(found.of(piece).node, term(one.predicate), node)
    yield _said(found, piece, claim, words)


def _links(found: _Summary, piece: Piece) -> Iterator[Attestation]:
    """Yield what a text links to: pages about the network, and what it refers to itself."""
    predicate = "documentedAt" if piece.section == _CROSS_LINKS else "dcterms:references"
    for link in _LINK.finditer(piece.text):
        url = assets.address(link["target"]) if "://" in link["target"] else None
        if url is None:
            continue
        page = assets.web_address(url, found.voice.given.mint)
        told = Claim(page, term("address"), Literal(url))
        yield from found.voice.introduce(page, "WebAddress", url, _where(found, piece), told)
        words = ((term("wording"), Literal(link["text"], language="en")),)
        yield _said(found, piece, Claim(found.of(piece).node, term(predicate), page), words)


def _said(
    found: _Summary,
    piece: Piece,
    claim: Claim,
    details: tuple[tuple[NamedNode, Literal], ...] = (),
) -> Attestation:
    return found.voice.says(claim, _where(found, piece), details)


def _where(found: _Summary, piece: Piece) -> Passage:
    return found.voice.file.place(piece.start, piece.text, found.voice.given.mint)


def _quarantined(found: _Summary, piece: Piece, reason: str) -> Quarantined:
    key = f"char={piece.start},{piece.start + len(piece.text)}"
    name = found.voice.file.path.name
    return Quarantined(name, piece.line, key, piece.section, piece.text, reason)


def _refused(found: _Summary, piece: Piece, reason: str) -> Refused:
    return Refused(_quarantined(found, piece, reason))
