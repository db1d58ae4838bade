"""Meta's summaries as texts: headings, sentences and rows of tables, and what they count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from loaders import meta_sentences
from loaders.amounts_in_words import Amount, amounts
from loaders.source import BYTE_ORDER_MARK

_TITLE: Final = re.compile(
    r"^#\s+(?:Indicators of Compromise:\s*)?(?P<title>.+?)\s*$", re.IGNORECASE
)
_SECTION: Final = re.compile(
    r"^##\s+(?:Meta.s\s+)?(?:Adversarial\s+Threat\s+Report\s+Network|ATR)\s+Summary\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_REPORT: Final = re.compile(r"Adversarial Threat Report,?\s+((?:Q[1-4]|H[12])\s+20\d\d)", re.I)
_REMOVED: Final = re.compile(
    r"\b(?:we|meta)\s+(?:have\s+)?"
    r"(?:removed|actioned|disabled|disrupted|took\s+down|taken\s+down)\b",
    re.I,
)
_BEFORE: Final = re.compile(
    r"\b(?:previously|earlier|formerly|to\s+date|so\s+far|(?:in|since)\s+(?:\w+\s+)?20\d\d"
    r"|(?:last|past|previous|prior|preceding)\s+(?:\w+\s+)?(?:week|month|quarter|year)s?"
    r"|(?:another|other|different|separate|unrelated)\s+(?:network|operation|campaign)s?)\b",
    re.IGNORECASE,
)
# behind it stands what a platform of others removed, or what another removal is set beside
_ASIDE: Final = re.compile(
    r"\b(?:Google|YouTube|Twitter|X|TikTok|Telegram|Reddit|LinkedIn|Microsoft|OpenAI|Apple"
    r"|Spotify|Pinterest|Medium|VK)\s+(?:(?:also|has|have|had|then|since|in\s+turn)\s+)*"
    r"(?:removed|terminated|suspended|disabled|banned|deleted|blocked|took\s+down|taken\s+down"
    r"|identified|found|told|reported|announced)\b"
    r"|\b(?:in\s+addition\s+to|on\s+top\s+of|compared\s+(?:to|with)|(?:up|down)\s+from"
    r"|following\s+(?:the|our)\s+(?:removal|takedown)\s+of)\b"
)
_ANOTHER: Final = re.compile(
    r"\b(?:previous(?:ly)?|earlier|prior|another|separate|unrelated|different)\b", re.IGNORECASE
)
_RULE: Final = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_LISTED: Final = re.compile(r"\*[^*]|[-*+]\s|>\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a sentence or a row of a table, with its characters."""

    line: int
    start: int
    text: str
    kind: str
    section: str

    @property
    def removed(self) -> list[Amount]:
        """Return what the sentence counts as removed."""
        if self.kind != "sentence" or not removes(self.text):
            return []
        found = (one for one in amounts(self.text) if one.what == "assets")
        return [one for one in found if not is_aside(self.text, one)]


def is_summary(text: str) -> bool:
    """Return whether a Markdown text is laid out as a summary of a network."""
    return bool(
        re.search(r"^# Indicators of Compromise: ", text, re.MULTILINE) or _SECTION.search(text)
    )


def title_of(pieces: list[Piece]) -> str:
    """Return what the first heading of the first order says; empty without one."""
    return next((match["title"] for one in pieces if (match := _TITLE.match(one.text))), "")


def period_of(text: str) -> str:
    """Return the quarter or half of a year that the report is on; empty if it tells none."""
    found = _REPORT.search(text)
    return found[1].upper() if found else ""


def removes(sentence: str) -> bool:
    """Return whether a sentence is on the removal itself, and on none before it."""
    return bool(_REMOVED.search(sentence)) and not _BEFORE.search(sentence)


def is_aside(sentence: str, amount: Amount) -> bool:
    """Return whether a number stands behind words that make it one of another removal.

    Of assets a sentence as a whole tells which removal it is about; of followers and spending
    the words before the number do.
    """
    if amount.what != "assets" and _ANOTHER.search(sentence, 0, amount.start):
        return True
    return bool(_ASIDE.search(sentence, 0, amount.start))


def several(pieces: list[Piece]) -> dict[int, Piece]:
    """Return the sentences that count, by their lines, where more than one paragraph does.

    Two removals that a summary counts are of two networks; neither is the number of both.
    """
    counting: dict[int, Piece] = {}
    for piece in pieces:
        if piece.removed:
            counting.setdefault(piece.line, piece)
    return counting if len(counting) > 1 else {}


def pieces_of(text: str) -> Iterator[Piece]:
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
            yield Piece(number, begin, told, "heading", section)
        elif is_table:
            kind = "row" if was_table and not _RULE.fullmatch(told) else "heading"
            yield Piece(number, begin, told, kind, section)
        elif re.match(r"\*(?:Note|No IOCs)\b", told):
            yield Piece(number, begin, told, "heading", section)
        else:
            listed = _LISTED.match(told)
            skipped = len(listed[0]) if listed and not told.startswith("*") else 0
            for first, sentence in meta_sentences.sentences(told[skipped:]):
                yield Piece(number, begin + skipped + first, sentence, "sentence", section)
