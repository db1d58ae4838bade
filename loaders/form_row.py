"""A row of a form, filled in: each cell is read or refused, and the row goes on.

Where several values may stand in one cell, semicolons part them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.details import asserted_at, citing
from loaders.mapping_dates import recent
from loaders.members import Cells
from loaders.names_in_cells import (
    parts,
    places_in,
    verbatim,
    why_no_name,
    why_no_party,
    why_not_one,
)
from loaders.no_names import (
    CODE_OR_NOTHING,
    FORMULA_FAILED,
    describes_people,
    is_failed,
    says_nothing,
    why_nobody,
)
from loaders.numerals import Number, comparator, number
from loaders.records import Attestation, Details, Record
from loaders.scheme_words import currencies, platforms, state, words
from loaders.table import Row
from loaders.telling import Telling
from loaders.voice import Voice
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Term

UNREAD: Final = "stands beside a cell that could not be read"


@dataclass(slots=True)
class Form:
    """One row of a form being read; what cannot be read of it is refused cell by cell.

    `chain` is who is quoted, innermost first, and `spoken` are details of what they say.
    """

    row: Row
    telling: Telling
    chain: tuple[NamedNode, ...] = ()
    spoken: Details = ()
    _lost: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, voice: Voice, row: Row) -> "Form":
        """Return a row in the voice of its file."""
        member = Cells(row.file, row.line, row.start, row.text, row.cells)
        form = cls(row, Telling.of(voice, member, row.key))
        who = form.take("publisher")
        if who and who != voice.publisher:
            form.refuse("publisher", who, "is not who publishes the file")
        return form

    def told(self) -> Iterator[Record]:
        """Yield the records, and last the cells that nobody read."""
        yield from self.telling.records
        yield from self.row.unread()

    def quote(
        self,
        subject: NamedNode,
        predicate: str,
        value: Term,
        about: Details = (),
        details: Details = (),
        *,
        stance: NamedNode | None = None,
    ) -> Attestation:
        """Add a statement of whom the row quotes."""
        told = (*self.spoken, *details)
        stance = stance or term("Assertion")
        return self.telling.say(
            subject, predicate, value, about, told, chain=self.chain, stance=stance
        )

    def add(
        self, subject: NamedNode, predicate: str, value: Term, about: Details = ()
    ) -> Attestation:
        """Add a statement of whoever publishes the file."""
        return self.telling.say(subject, predicate, value, about, chain=())

    def refuse(self, column: str, value: str, reason: str) -> None:
        """Add that a cell is not taken."""
        self._lost.add(column)
        self.telling.refuse(column, value, reason)

    def is_lost(self, column: str) -> bool:
        """Return whether a cell was refused; what stands for an empty one does not for it."""
        return column in self._lost

    def take(self, column: str) -> str:
        """Return a cell; one such as `N/A`, which says nothing, is empty."""
        cell = self.row.take(column)
        if is_failed(cell):
            if column not in self._lost:
                self.refuse(column, cell, FORMULA_FAILED)
            return ""
        return "" if says_nothing(cell) else cell

    def need(self, column: str) -> str:
        """Return a cell without which the row says nothing; raises Refused without it."""
        if cell := self.take(column):
            return cell
        cell = self.row.take(column)
        raise self.row.fault(column, cell, FORMULA_FAILED if is_failed(cell) else "is empty")

    def name(self, column: str, why: Callable[[str], str] = why_no_name) -> str:
        """Return a name; one such as `unknown`, which is none as `why` tells, is refused."""
        cell = self.take(column)
        if cell and (reason := why(cell)):
            self.refuse(column, cell, reason)
            return ""
        return verbatim(cell) or cell

    def need_name(self, column: str, why: Callable[[str], str] = why_no_name) -> str:
        """Return a name without which the row says nothing; raises Refused without it."""
        if reason := why(cell := self.need(column)):
            raise self.row.fault(column, cell, reason)
        return verbatim(cell) or cell

    def need_party(self, column: str, scope: str) -> NamedNode:
        """Return the one without whom the row says nothing; raises Refused for no such cell."""
        self.need_name(column, why_not_one)
        return self.party(self.take(column), scope)

    def needs(self, column: str, other: str) -> bool:
        """Return whether a cell can be used that hangs on another, which it is not without."""
        if self.take(other) and other not in self._lost:
            return True
        cell = self.take(column)
        if cell and column not in self._lost:
            reason = UNREAD if other in self._lost else f"stands beside no {other}"
            self.refuse(column, cell, reason)
        return False

    def several(self, column: str) -> list[str]:
        """Return the values in a cell."""
        return [part for part in parts(self.take(column)) if not says_nothing(part)]

    def moment(self, column: str) -> Literal | None:
        """Return the time in a cell, as precise as it is there."""
        if not (cell := self.take(column)):
            return None
        try:
            return recent(cell)
        except BadInput as error:
            self.refuse(column, cell, str(error))
            return None

    def number(self, column: str) -> tuple[Number, NamedNode] | None:
        """Return the number in a cell with its comparator, from before it or from beside it."""
        beside = f"{column}_comparator"
        cell, word = self.take(column), self.take(beside)
        if not cell:
            self.needs(beside, column)
            return None
        if self.is_lost(beside):
            self.refuse(column, cell, UNREAD)
            return None
        found, told = number(cell), comparator(word) if word else None
        if found is None:
            self.refuse(column, cell, "is no number, with or without a comparator before it")
            self.needs(beside, column)
            return None
        if word and (told is None or found.comparator not in (None, told)):
            reason = "is no comparator" if told is None else f"is not what {column} says"
            self.refuse(beside, word, reason)
            self.refuse(column, cell, UNREAD)
            return None
        return found, told or found.comparator or found.bare

    def count(self, column: str) -> tuple[Literal, NamedNode] | None:
        """Return the whole number in a cell with its comparator."""
        found = self.number(column)
        if found is None:
            return None
        if (whole := found[0].whole) is None:
            self.refuse(column, self.take(column), "is no whole number")
            return None
        return whole, found[1]

    def word(self, column: str, scheme: str) -> NamedNode | None:
        """Return the word of a scheme in a cell, by its name or its label."""
        if not (cell := self.take(column)):
            return None
        found = words(scheme).get(re.sub(r"\s+", " ", cell).casefold())
        if found is None:
            self.refuse(column, cell, f"is no word of the scheme {scheme}")
        return found

    def platforms(self, column: str) -> list[NamedNode]:
        """Return the platforms in a cell."""
        found: list[NamedNode] = []
        for name in self.several(column):
            if not (nodes := platforms(name)):
                self.refuse(column, name, "is no platform that is known")
            found += nodes
        return list(dict.fromkeys(found))

    def platform(self, column: str) -> NamedNode | None:
        """Return the one platform in a cell; raises Refused for another cell than that."""
        name, found = self.take(column), self.platforms(column)
        if name and len(found) != 1:
            raise self.row.fault(column, name, "is not one platform that is known")
        return found[0] if found else None

    def read_speaker(self) -> None:
        """Quote whom `said_by` names, as said on `said_on`, and cite `source_url` for it."""
        if self.take("said_by") or self.is_lost("said_by"):
            self.chain = (self.need_party("said_by", ""),)
        page = self.cited("source_url")
        self.spoken = (*asserted_at(self.moment("said_on")), *citing(page))

    def currency(self, column: str) -> Literal | None:
        """Return the currency in a cell, by its code in ISO 4217."""
        cell = self.take(column)
        if cell and cell not in currencies():
            self.refuse(column, cell, "is no code of a currency (ISO 4217)")
            return None
        return Literal(cell) if cell else None

    def places(self, column: str, cell: str | None = None) -> list[NamedNode]:
        """Return the countries in a cell, or in what is put in its place."""
        told, found = self.row.take(column), list[NamedNode]()
        if cell is None:
            cell = told if told in CODE_OR_NOTHING else self.take(column)
        for part in parts(cell):
            known, reason = places_in(part)
            if not known:
                self.refuse(column, part, reason)
            found += [self.telling.country(one) for one in known]
        return list(dict.fromkeys(found))

    def mention(self, node: NamedNode, kind: str, name: str) -> NamedNode:
        """Say what a thing is and is called in this row; others may spell it otherwise."""
        self.add(node, "rdf:type", term(kind))
        self.add(node, "name", Literal(name))
        return node

    def organisation(self, name: str) -> NamedNode:
        """Return an organisation by its name."""
        return self.mention(self.telling.mint.named("org", name), "org:Organization", name)

    def party(self, name: str, scope: str) -> NamedNode:
        """Return whom words name: a country, an actor by its name, or people described.

        Of an actor nothing is said but that it acts. Words in lower case, or beginning with one
        such as `Unknown`, describe people whom nobody names; the same words elsewhere are about
        others. What stands in quotation marks is the name of an actor.
        """
        own = verbatim(name)
        if found := state(own or name):
            return self.telling.country(found)
        if own:
            return self.mention(self.telling.mint.named("org", own), "prov:Agent", own)
        if describes_people(name):
            dataset = self.row.file.dataset
            group = self.telling.mint.named("group", name, dataset, scope)
            return self.mention(group, "UnnamedGroup", name)
        return self.mention(self.telling.mint.named("org", name), "prov:Agent", name)

    def parties(self, column: str, scope: str) -> list[NamedNode]:
        """Return whom a cell names; words that name nobody are refused."""
        names = self.named(column, self.several(column), why_no_party)
        return [self.party(name, scope) for name in names]

    def named(
        self, column: str, names: list[str], why: Callable[[str], str] = why_nobody
    ) -> list[str]:
        """Return the names of a cell; words that name nobody or deny that are refused."""
        for name in filter(why, names):
            self.refuse(column, name, why(name))
        return [name for name in names if not why(name)]

    def cited(self, column: str) -> NamedNode | None:
        """Return the web address in a cell."""
        cell = self.take(column)
        return self.telling.page(cell, column) if cell else None
