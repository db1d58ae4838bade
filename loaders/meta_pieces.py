"""Meta's summaries as texts: headings, sentences and rows of tables, and what they count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from loaders import meta_sentences
from loaders.meta_counts import Counts, counts_of
from loaders.source import BYTE_ORDER_MARK

_TITLE: Final = re.compile(
    r"^#\s+(?:Indicators of Compromise:\s*)?(?P<title>.+?)\s*$", re.IGNORECASE
)
_SECTION: Final = re.compile(
    r"^##\s+(?:Meta.s\s+)?(?:Adversarial\s+Threat\s+Report\s+Network|ATR)\s+Summary\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_REPORT: Final = re.compile(r"Adversarial Threat Report,?\s+((?:Q[1-4]|H[12])\s+20\d\d)", re.I)
_RULE: Final = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
# what a page says of itself, for those who lay it out (YAML front matter)
_FRONT: Final = re.compile(
    rf"{BYTE_ORDER_MARK}?---[ \t]*\r?\n(?:[\w-]+:.*\n|[ \t]+.*\n|\r?\n)*---[ \t]*\r?\n"
)
_IN_ALL: Final = re.compile(r"(?:in\s+(?:total|all|sum)|altogether|overall)\b", re.IGNORECASE)
_LISTED: Final = re.compile(r"\*[^*]|[-*+]\s|>\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a sentence or a row of a table, with its characters, and what it counts."""

    line: int
    start: int
    text: str
    kind: str
    section: str
    counts: Counts = field(default_factory=Counts)


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


def several(pieces: list[Piece]) -> dict[int, Piece]:
    """Return the sentences that count, by line, where more than one paragraph does.

    Two removals that a summary counts are of two networks; neither is the number of both. What
    follows under the same heading is of the same network, up to the next that is counted. The
    same row of numbers again is of no other network, and a sum is of none of them.
    """
    found: dict[int, Piece] = {}
    networks: dict[object, Piece] = {}
    now: Piece | None = None
    for line, of_line in groupby(pieces, key=lambda piece: piece.line):
        paragraph = list(of_line)
        counting = next((piece for piece in paragraph if piece.counts.removed), None)
        if paragraph[0].kind != "sentence" or (counting and _IN_ALL.match(counting.text)):
            now = None
        elif counting:
            row = tuple((one.value, one.about) for one in counting.counts.removed)
            now = networks.setdefault(row if len(row) > 1 else line, counting)
        if now:
            found[line] = now
    return found if len(networks) > 1 else {}


def pieces_of(text: str) -> Iterator[Piece]:
    """Yield the pieces of a Markdown text."""
    start, section, is_table = 0, "", False
    front = _FRONT.match(text)
    layout = front.end() if front else 0
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        told = line.lstrip(BYTE_ORDER_MARK + " \t").rstrip()
        begin = start + line.index(told) if told else start
        start += len(line)
        was_table, is_table = is_table, told.startswith("|")
        if not told:
            continue
        if begin < layout:
            yield Piece(number, begin, told, "heading", "")
        elif told.startswith("#"):
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
                at, counts = begin + skipped + first, counts_of(sentence)
                yield Piece(number, at, sentence, "sentence", section, counts)
