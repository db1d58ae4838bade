"""Meta's summaries of networks: Markdown with a heading, sentences, a table of indicators."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import assets, indicators
from loaders.accounting import account
from loaders.amounts_in_words import amounts
from loaders.countries import countries
from loaders.meta_networks import AMOUNT_OF, Network
from loaders.records import Attestation, Claim, Passage, Quarantined, Record, Skipped
from loaders.source import BYTE_ORDER_MARK
from loaders.table import Refused
from loaders.voice import Voice
from onrecord.errors import BadInput
from ontology import term

_TITLE: Final = re.compile(r"^#\s+Indicators of Compromise:\s*(.+?)\s*$", re.IGNORECASE)
_REPORT: Final = re.compile(r"Adversarial Threat Report,?\s+((?:Q[1-4]|H[12])\s+20\d\d)", re.I)
# an end of a sentence, but none behind an initial or a title
_END: Final = re.compile(
    r"(?<![A-Z])(?<!\b(?:Mr|Ms|Dr|St|vs|No))[.!?][”\"’)]*\s+(?=[\"“A-Z0-9])"
)
_PLACE: Final = r"(?:the\s+)?[A-Z][\w'’.-]*(?:\s+(?:of\s+|and\s+the\s+)?[A-Z][\w'’.-]*)*"
_ORIGIN: Final = re.compile(
    rf"\b(?:originat(?:ing|ed)\s+(?:in|from)|based\s+in)\s+(?P<own>and\s+targeting\s+)?"
    rf"(?P<places>{_PLACE}(?:(?:,\s*(?:and\s+)?|\s+and\s+){_PLACE})*)"
)
_TARGET: Final = re.compile(
    rf"\b(?:targeting|targeted|that\s+targets)\s+(?:audiences\s+in\s+|people\s+in\s+)?"
    rf"(?P<places>{_PLACE}(?:(?:,\s*(?:and\s+)?|\s+and\s+){_PLACE})*)"
    r"(?P<audience>\s+(?:domestic\s+)?audiences?)?"
)
_REMOVED: Final = re.compile(
    r"\b(?:we|meta)\s+(?:have\s+)?(?:removed|actioned|disabled|took\s+down|taken\s+down)\b",
    re.I,
)
_POLICY: Final = re.compile(
    r"\bfor\s+violating\s+our\s+(?:policy|policies)\s+against\s+([^.,;]+)"
)
# the words of an attribution, and the weakest word of the scheme that says no more than they do
_ATTRIBUTION: Final = re.compile(
    r"\b(?P<how>(?:direct\s+|some\s+)?links?\s+to|linked\s+to|attributed\s+to|associated\s+with"
    r"|operated\s+by|run\s+by|managed\s+by)\s+(?P<whom>[^.;]+?)(?=,\s+(?:which|who|indicating|and\s+we)"
    r"|\s+(?:indicating|suggesting)\b|[.;]|$)",
    re.IGNORECASE,
)
_OPERATED: Final = re.compile(r"(?:operated|run|managed)\s+by", re.IGNORECASE)
_CELL: Final = re.compile(r"(?<!\\)\|")
_RULE: Final = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_UNREAD: Final = "no pattern reads this sentence"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A heading, a sentence or a row of a table, with its characters."""

    line: int
    start: int
    text: str
    kind: str
    section: str


@dataclass(frozen=True, slots=True)
class _Summary:
    voice: Voice
    network: Network

    @property
    def action(self) -> NamedNode:
        """Return the removal of the network."""
        key = ("Meta", self.network.period, self.network.title)
        return self.voice.given.mint.named("event", "removal of a network", *key)


def summary(voice: Voice) -> Iterator[Record]:
    """Yield the records of one summary, sentence by sentence and row by row."""
    text = voice.file.content()
    pieces = list(_pieces(text))
    title = next((match[1] for one in pieces if (match := _TITLE.match(one.text))), "")
    if not title:
        raise BadInput(f"{voice.file.path}: has no heading 'Indicators of Compromise: …'")
    period = _REPORT.search(text)
    network = Network(voice, title, period[1].upper() if period else "")
    found = _Summary(voice, network)
    whole = voice.file.whole(voice.given.mint)
    yield from network.opening(whole)
    yield from _removal(found, whole)
    yield from account(voice.file.path.name, pieces, partial(_tell, found))


def _removal(found: _Summary, whole: Passage) -> Iterator[Attestation]:
    """Yield the removal: that there was one is what such a summary is published for."""
    name = f"removal of {found.network.title}"
    removed = Claim(found.action, term("removed"), found.network.node)
    announced = Claim(found.voice.speaker, term("announced"), found.action)
    yield from found.voice.introduce(
        found.action, "EnforcementAction", name, whole, removed, announced
    )


def _pieces(text: str) -> Iterator[_Piece]:
    """Yield the pieces of a Markdown text."""
    start, section, is_table = 0, "", False
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        told = line.lstrip(BYTE_ORDER_MARK + " \t").rstrip()
        begin = start + line.index(told) if told else start
        start += len(line)
        was_table, is_table = is_table, told.startswith("|")
        if not told:
            continue
        if told.startswith("#"):
            section = told.lstrip("# ")
            yield _Piece(number, begin, told, "heading", section)
        elif is_table:
            kind = "row" if was_table and not _RULE.fullmatch(told) else "heading"
            yield _Piece(number, begin, told, kind, section)
        elif re.match(r"\*[^*]|[-*+]\s|>", told):
            yield _Piece(number, begin, told, "remark", section)
        else:
            for first, sentence in _sentences(told):
                yield _Piece(number, begin + first, sentence, "sentence", section)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    ends = [0, *(found.end() for found in _END.finditer(text)), len(text)]
    for first, last in pairwise(ends):
        if sentence := text[first:last].rstrip():
            yield first, sentence


def _tell(found: _Summary, piece: _Piece) -> Iterator[Record]:
    name = found.voice.file.path.name
    if piece.kind == "heading":
        yield Skipped(name, piece.text)
    elif piece.kind == "row":
        yield from _row(found, piece)
    elif piece.kind == "remark":
        if re.match(r"\*(?:Note|No IOCs)\b", piece.text):
            yield Skipped(name, piece.text)
        else:
            yield _quarantined(found, piece, "is a link beside the report, which is not read")
    else:
        told = [*_counts(found, piece), *_ties(found, piece), *_attributions(found, piece)]
        yield from told
        if not told:
            yield _quarantined(found, piece, _UNREAD)


def _row(found: _Summary, piece: _Piece) -> Iterator[Record]:
    cells = [cell.strip().strip("`") for cell in _CELL.split(piece.text.strip("|"))]
    mint, where = found.voice.given.mint, _where(found, piece)
    if len(cells) < 2 or not cells[1]:
        raise _refused(found, piece, "has no value beside its type")
    one = indicators.indicator(cells[1], mint)
    if one and cells[0].casefold() == "domain" and one.kind == "WebAddress":
        one = indicators.named_host(assets.host_of(cells[1]) or "", mint) or one
    if one is None:
        raise _refused(found, piece, "is no indicator of a kind that is known")
    yield from indicators.introduced(found.voice, one, where)
    yield found.voice.says(Claim(one.node, term("belongsTo"), found.network.node), where)


def _counts(found: _Summary, piece: _Piece) -> Iterator[Attestation]:
    is_removal = bool(_REMOVED.search(piece.text))
    for amount in amounts(piece.text):
        if amount.what == "assets" and is_removal:
            subject, predicate = found.action, "removedCount"
        else:
            subject, predicate = found.network.node, AMOUNT_OF[amount.what]
        about = list(amount.about)
        if is_removal and all(key != term("platform") for key, _ in about):
            kinds = {value for key, value in about if key == term("assetKind")}
            if kinds <= {term("page"), term("group")}:  # which only Facebook has
                about.append((term("platform"), term("facebook")))
        yield _said(found, piece, Claim(subject, term(predicate), amount.value, tuple(about)))
    if is_removal and (policy := _POLICY.search(piece.text)):
        reason = Literal(policy[1].strip(), language="en")
        yield _said(found, piece, Claim(found.action, term("reason"), reason))


def _ties(found: _Summary, piece: _Piece) -> Iterator[Attestation]:
    """Yield where a sentence says that the network came from, and whom it was aimed at."""
    if origin := _ORIGIN.search(piece.text):
        yield from _placed(found, piece, "originatedIn", origin["places"])
        if origin["own"]:
            yield from _placed(found, piece, "targeted", origin["places"])
    if target := _TARGET.search(piece.text):
        if not target["audience"]:
            yield from _placed(found, piece, "targeted", target["places"])
            return
        audience = f"{target['places']}{target['audience']}"
        group = found.voice.given.mint.named("group", audience, "audience")
        yield from found.voice.introduce(group, "UnnamedGroup", audience, _where(found, piece))
        yield _said(found, piece, Claim(found.network.node, term("targeted"), group))


def _placed(
    found: _Summary, piece: _Piece, predicate: str, words: str
) -> Iterator[Attestation]:
    known = countries(words)
    for name in [one.name for one in known] or re.split(r",\s*(?:and\s+)?|\s+and\s+", words):
        place = found.voice.given.mint.named("place", name)
        yield from found.voice.introduce(place, "schema:Place", name, _where(found, piece))
        yield _said(found, piece, Claim(found.network.node, term(predicate), place))


def _attributions(found: _Summary, piece: _Piece) -> Iterator[Attestation]:
    """Yield whom a sentence names behind the network, in the words that it has."""
    match = _ATTRIBUTION.search(piece.text)
    if not match or not re.search(
        r"\b(?:network|operation|investigation|campaign)\b", piece.text, re.I
    ):
        return
    predicate = "operatedBy" if _OPERATED.match(match["how"]) else "linkedTo"
    whom = match["whom"].strip(" ,")
    node, kind = _whom(found, whom)
    yield from found.voice.introduce(node, kind, whom, _where(found, piece))
    claim = Claim(found.network.node, term(predicate), node)
    yield _said(found, piece, claim, ((term("wording"), Literal(match[0], language="en")),))


def _whom(found: _Summary, words: str) -> tuple[NamedNode, str]:
    """Return whom words name: an actor by its name, or a group that they only describe."""
    mint = found.voice.given.mint
    if re.match(r"(?:the\s+)?[A-Z]", words) and not re.search(r"\s(?:and|or)\s|,", words):
        return mint.named("org", re.sub(r"^the\s+", "", words)), "prov:Agent"
    return mint.named("group", words, "described"), "UnnamedGroup"


def _said(
    found: _Summary,
    piece: _Piece,
    claim: Claim,
    details: tuple[tuple[NamedNode, Literal], ...] = (),
) -> Attestation:
    return found.voice.says(claim, _where(found, piece), details)


def _where(found: _Summary, piece: _Piece) -> Passage:
    return found.voice.file.place(piece.start, piece.text, found.voice.given.mint)


def _quarantined(found: _Summary, piece: _Piece, reason: str) -> Quarantined:
    key = f"char={piece.start},{piece.start + len(piece.text)}"
    name = found.voice.file.path.name
    return Quarantined(name, piece.line, key, piece.section, piece.text, reason)


def _refused(found: _Summary, piece: _Piece, reason: str) -> Refused:
    return Refused(_quarantined(found, piece, reason))
