"""What one row of a coder's table says: stances of a speaker, in one passage of one text."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Final, TypeVar

from pyoxigraph import Literal, NamedNode

from loaders.articles import Article
from loaders.evidence import name_of_claim
from loaders.lexicon import Instead, Lexicon, Meaning, Predicate, Speaker, find
from loaders.records import Attestation, Claim, Details, Passage
from loaders.table import Refused, Row
from loaders.values import english, number, percent, sha256_digits, value, whole_number, word
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Term

T = TypeVar("T")

_STANCES: Final = {
    term("denied"): term("Denial"),
    term("challenged"): term("Question"),
    term("alleged"): term("Allegation"),
}
_OTHER_ROW: Final = "claim "
ONCE: Final = frozenset(
    term(word)
    for word in (
        "assertedAt", "atTime", "comparator", "cumulative", "hedge", "reportedStance",
        "timeBasis", "timeZoneBasis", "validFrom", "validTo", "withinPeriod", "wording",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Saying:
    """One row, with the cells that the mapping puts in place of its own."""

    row: Row
    instead: Instead
    lexicon: Lexicon
    claim_of: Callable[[str], Claim]

    def attestations(self) -> Iterator[Attestation]:
        """Yield one attestation for each pair of a subject and an object that the row names."""
        article = self._read("doc", partial(find, self.lexicon.documents))
        passage = self._passage(article)
        chain = self._read("chain", partial(self._chain, passage=passage))
        mode = self._read("mode", partial(find, self.lexicon.modes))
        stance = self._stance(mode)
        about, details = self._meaning()
        speaker, *relays = [link.iri for link in chain] or [article.outlet]
        details = (*details, *(chain[0].behalf if chain else ()))
        for claim in self._claims(about, speaker):
            yield Attestation(
                claim, stance, mode, speaker, passage, tuple(relays), len(chain), details
            )

    def _passage(self, article: Article) -> Passage:
        start, end = self._read("start", whole_number), self._read("end", whole_number)
        quote = self.row.raw("quote")
        digest = self._if_any("quote_sha256", sha256_digits) or ""
        if self.row.take("file") not in ("", article.sidecar.text("file")):
            raise self._fault("file", f"the document is {article.sidecar.text('file')!r}")
        check = partial(article.passage, start, end, quote=quote, digest=digest)
        passage = self.row.doing("start", f"{start}-{end}", check)
        times = self._if_any("occurrences", whole_number)
        if article.text is not None and times is not None:
            found = article.text.count(article.text[start:end])
            if found != times:
                raise self._fault(
                    "occurrences", f"the passage stands in the text {found} times"
                )
        return passage

    def _chain(self, cell: str, passage: Passage) -> list[Speaker]:
        *speakers, last = (link.strip() for link in cell.split("<"))
        label, kind = _voice(last)
        if label != self.row.take("doc"):
            raise BadInput("does not end in the row's document")
        if kind and kind not in (part.kind for part in passage.parts):
            raise BadInput("names a part of the document in which the passage does not stand")
        return [self.lexicon.speaker(speaker) for speaker in speakers]

    def _stance(self, mode: NamedNode) -> NamedNode:
        negated = self.row.take("negated").casefold()
        if negated not in ("true", "false", ""):
            raise self._fault("negated", "neither True nor False")
        if self.instead.stance:
            return self.instead.stance
        return term("Denial") if negated == "true" else _STANCES.get(mode, term("Assertion"))

    def _meaning(self) -> tuple[Details, Details]:
        """Return what the row says of its claims and of its attestations beyond the rest."""
        parts = [self._if_any("time", partial(find, self.lexicon.times)) or Meaning()]
        parts += self._if_any("qualifiers", self._qualifiers) or []
        parts.append(self.instead.more)
        claim = dict.fromkeys(pair for part in parts for pair in part.claim)
        details = dict.fromkeys(
            (*(pair for part in parts for pair in part.details), *self._own())
        )
        for name, times in Counter(name for name, _ in (*claim, *details)).items():
            if times > 1 and name in ONCE:
                raise self._fault(self._filled(), f"<{name.value}> has {times} values")
        return tuple(claim), tuple(details)

    def _qualifiers(self, cell: str) -> list[Meaning]:
        labels = (label.strip() for label in cell.split(";"))
        return [find(self.lexicon.qualifiers, label) for label in labels]

    def _own(self) -> Iterator[tuple[NamedNode, Term]]:
        for column in ("hedge", "wording"):
            if text := self._if_any(column, english):
                yield term(column), text
        if (confidence := self._if_any("confidence", percent)) is not None:
            yield term("confidence"), confidence
            yield term("confidenceScale"), term("hundredPoints")
        yield term("recordKey"), Literal(self.row.key)
        yield from self.lexicon.given.membership

    def _claims(self, about: Details, speaker: NamedNode) -> Iterator[Claim]:
        predicate = self._read("predicate", partial(find, self.lexicon.predicates))
        subjects = self._read("subject", self._things)
        if predicate.stance_on_object:
            yield self._judged(subjects, about, speaker)
            return
        objects = self._read("object", partial(self._objects, predicate))
        if predicate.count and all(key != term("comparator") for key, _ in about):
            about = (*about, (term("comparator"), term("exact")))
        for subject, found in product(subjects, objects):
            if not predicate.inverse:
                yield Claim(subject, predicate.iri, found, about)
            elif isinstance(found, NamedNode):
                yield Claim(found, predicate.iri, subject, about)

    def _judged(self, subjects: list[NamedNode], about: Details, speaker: NamedNode) -> Claim:
        if not self._cell("object").startswith(_OTHER_ROW):
            raise self._fault("object", "has to be the claim of another row")
        if subjects != [speaker]:
            raise self._fault("subject", "has to be the speaker, whose stance it is")
        if about:
            raise self._fault(self._filled(), "restricts the claim of another row")
        return self._read("object", self._other)

    def _objects(self, predicate: Predicate, cell: str) -> list[Term]:
        if predicate.object == "string":
            return [Literal(cell)]
        if predicate.object == "value":
            reading = number if predicate.count else value
            return [reading(part.strip()) for part in cell.split(";")]
        if cell.startswith(_OTHER_ROW):
            return [name_of_claim(self._other(cell), self.lexicon.given.mint)]
        return list(self._things(cell))

    def _other(self, cell: str) -> Claim:
        return self.claim_of(cell.removeprefix(_OTHER_ROW))

    def _things(self, cell: str) -> list[NamedNode]:
        labels = [cell] if cell in self.lexicon.things else cell.split(";")
        return [self.lexicon.thing(label.strip()) for label in labels]

    def _filled(self) -> str:
        """Return which column tells more of a claim than who says what."""
        columns = ("qualifiers", "wording", "hedge", "time")
        return next((column for column in columns if self._cell(column)), columns[0])

    def _cell(self, column: str) -> str:
        own = self.row.take(column)
        return self.instead.cells.get(column, own).strip()

    def _read(self, column: str, reading: Callable[[str], T]) -> T:
        return self.row.read_as(column, reading, self._cell(column))

    def _if_any(self, column: str, reading: Callable[[str], T]) -> T | None:
        return self._read(column, reading) if self._cell(column) else None

    def _fault(self, column: str, reason: str) -> Refused:
        return self.row.fault(column, self._cell(column), reason)


def _voice(label: str) -> tuple[str, NamedNode | None]:
    """Return the document at the end of a chain, and the part of it that a bracket names."""
    found = re.fullmatch(r"(\S+?)\((.+)\)", label)
    if not found:
        return label, None
    first, *others = found[2].split() or [""]
    return found[1], word(first + "".join(other.capitalize() for other in others), "PartKind")
