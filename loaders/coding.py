"""A coder's table, read row by row through the lexicon of its case."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from loaders.articles import Article
from loaders.evidence import name_of_claim
from loaders.lexicon import Lexicon, Predicate
from loaders.records import Attestation, Claim, Details, Passage, Quarantined, Record, Skipped
from loaders.source import Source
from loaders.table import Row, rows
from loaders.tree import Tree
from loaders.values import value, word
from onrecord.errors import BadInput, TextMismatch, UnknownWord
from ontology import term
from ontology.identity import Term

_STANCES: Final = {
    term("denied"): term("Denial"),
    term("challenged"): term("Question"),
    term("alleged"): term("Allegation"),
}
_COUNT: Final = (term("comparator"), term("exact"))
_OTHER_ROW: Final = "claim "


@dataclass(frozen=True, slots=True)
class Table:
    """One table; a row may name another row's claim as its object."""

    source: Source
    lexicon: Lexicon
    rows: Mapping[str, Row]
    faults: tuple[Quarantined, ...]

    @classmethod
    def read(cls, path: Path, lexicon: Lexicon) -> "Table":
        """Read a table whole; what its rows say is worked out one by one."""
        source = Source.read(
            path, f"{lexicon.tree.source.dataset.partition('/')[0]}/{path.name}"
        )
        found = list(rows(source, "id"))
        good = {row.key: row for row in found if isinstance(row, Row)}
        faults = tuple(row for row in found if isinstance(row, Quarantined))
        return cls(source, lexicon, good, faults)

    def records(self) -> Iterator[Record]:
        """Yield the attestations of every row, and the rows that were not taken."""
        yield self.source.document
        yield self.lexicon.tree.source.document
        yield from self.faults
        for row in self.rows.values():
            yield from self._row(row)

    def claims(self, key: str) -> tuple[Claim, ...]:
        """Return the claims of a row; raises BadInput when there is no such row."""
        if key not in self.rows:
            raise BadInput(f"row {key!r} is not in {self.source.path.name}")
        return tuple(said.claim for said in self._attestations(self.rows[key]))

    def _row(self, row: Row) -> Iterator[Record]:
        if row.take("grade") == "exclude":
            yield Skipped(self.source.path.name, row.key)
            return
        try:
            found = list(self._attestations(row))
            row.finish()
        except TextMismatch as error:
            place = f"{self.source.path.name}:{row.line} ({row.key})"
            raise TextMismatch(f"{place}: {error}") from error
        except (BadInput, UnknownWord) as error:
            where = f"line {row.line}"
            yield Quarantined(self.source.path.name, row.key, "", where, str(error))
        else:
            yield from found

    def _attestations(self, row: Row) -> Iterator[Attestation]:
        for instead in self.lexicon.row(row.key):
            yield from Saying(self, row, instead).attestations()


@dataclass(frozen=True, slots=True)
class Saying:
    """What one row says, with the cells that the mapping puts in place of its own."""

    table: Table
    row: Row
    instead: Mapping[str, Tree]

    def attestations(self) -> Iterator[Attestation]:
        """Yield one attestation for each pair of a subject and an object that the row names."""
        for column in ("id", "file", "occurrences", "note", "grade"):
            self.row.take(column)
        predicate = self.lexicon.predicate(self._cell("predicate"))
        subjects = self._things(self._cell("subject"))
        article = self.lexicon.document(self.row.need("doc"))
        for subject, found in product(subjects, self._objects(predicate)):
            yield self._attestation(article, predicate, subject, found)

    @property
    def lexicon(self) -> Lexicon:
        """Return the labels of the table's case."""
        return self.table.lexicon

    def _attestation(
        self, article: Article, predicate: Predicate, subject: NamedNode, found: Term | Claim
    ) -> Attestation:
        (about, details), chain = self._qualifiers(), self._chain(article)
        if predicate.stance_on_object:
            if not isinstance(found, Claim):
                raise self._fault("object", "has to be another row's claim")
            if chain and subject != chain[0][0]:
                raise self._fault("subject", "has to be the speaker whose stance it is")
            claim = found
        else:
            claim = self._claim(predicate, subject, found, about)
        return Attestation(
            claim,
            self._stance(),
            self._mode(),
            chain[0][0] if chain else article.outlet,
            self._passage(article),
            tuple(speaker for speaker, _ in chain[1:]),
            len(chain),
            tuple(dict.fromkeys((*details, *self._own(), *(chain[0][1] if chain else ())))),
        )

    def _claim(
        self, predicate: Predicate, subject: NamedNode, found: Term | Claim, about: Details
    ) -> Claim:
        given = (
            name_of_claim(found, self.lexicon.given.mint) if isinstance(found, Claim) else found
        )
        if predicate.count and all(key != _COUNT[0] for key, _ in about):
            about = (*about, _COUNT)
        if not predicate.inverse:
            return Claim(subject, predicate.iri, given, about)
        if not isinstance(given, NamedNode):
            raise self._fault(
                "object", "has to be a thing, since the predicate is turned round"
            )
        return Claim(given, predicate.iri, subject, about)

    def _qualifiers(self) -> tuple[Details, Details]:
        first, time = self.lexicon.time(self._cell("time"))
        second, other = self.lexicon.qualifiers(self._cell("qualifiers"))
        more = self._pairs("claim")
        return tuple(dict.fromkeys((*first, *second, *more))), (*time, *other)

    def _own(self) -> Details:
        texts = (("hedge", self.row.take("hedge")), ("wording", self.row.take("wording")))
        said = tuple((term(name), value(text)) for name, text in texts if text)
        confidence = self.row.take("confidence")
        sure = ((term("confidence"), value(confidence)),) if confidence else ()
        key = ((term("recordKey"), _string(self.row.key)),)
        return (*self._pairs("details"), *said, *sure, *key, *self.lexicon.given.membership)

    def _pairs(self, section: str) -> Details:
        found = self.instead.get(section)
        return self.lexicon.pairs(found) if found else ()

    def _stance(self) -> NamedNode:
        if "stance" in self.instead:
            return word(self.instead["stance"].scalar())
        negated = self.row.take("negated").casefold()
        if negated not in ("true", "false", ""):
            raise self._fault("negated", "is neither True nor False")
        if negated == "true":
            return term("Denial")
        return _STANCES.get(self._mode(), term("Assertion"))

    def _mode(self) -> NamedNode:
        self.row.take("negated")
        return self.lexicon.mode(self._cell("mode"))

    def _chain(self, article: Article) -> list[tuple[NamedNode, Details]]:
        *speakers, last = self._cell("chain").split(" < ")
        label, kind = _voice(last)
        if label != self.row.take("doc"):
            raise self._fault("chain", "does not end in the row's document")
        if kind and kind not in (part.kind for part in self._passage(article).parts):
            raise self._fault("chain", "names a part in which the passage does not stand")
        return [self.lexicon.speaker(speaker) for speaker in speakers]

    def _passage(self, article: Article) -> Passage:
        quote, digest = self.row.take("quote"), self.row.take("quote_sha256")
        start, end = self.row.integer("start"), self.row.integer("end")
        return article.passage(start, end, quote=quote, digest=digest)

    def _things(self, label: str) -> Iterator[NamedNode]:
        labels = [label] if self.lexicon.knows(label) else label.split(";")
        return (self.lexicon.thing(part.strip()) for part in labels)

    def _objects(self, predicate: Predicate) -> Iterator[Term | Claim]:
        label = self._cell("object")
        if label.startswith(_OTHER_ROW):
            yield from self.table.claims(label.removeprefix(_OTHER_ROW))[:1]
        elif predicate.object == "thing" and not label.startswith("xsd:"):
            yield from self._things(label)
        elif predicate.object == "string":
            yield _string(label)
        else:
            yield from (value(part.strip()) for part in label.split(";"))

    def _cell(self, column: str) -> str:
        own = self.row.take(column)
        return self.instead[column].scalar() if column in self.instead else own

    def _fault(self, column: str, reason: str) -> BadInput:
        return self.row.fault(column, self._cell(column), reason)


def _voice(label: str) -> tuple[str, NamedNode | None]:
    found = re.fullmatch(r"(\S+?)\((.+)\)", label.strip())
    if not found:
        return label.strip(), None
    first, *others = found[2].split()
    return found[1], term(first + "".join(other.capitalize() for other in others))


def _string(text: str) -> Term:
    return value(f"xsd:string {text}")
