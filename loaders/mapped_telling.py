"""What one row of a table says by its mapping: each claim once, each cell read or refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.coded_row import ONCE
from loaders.indicators import Indicator
from loaders.mapped_rows import Cells
from loaders.mapping import TableMapping, Told, Value
from loaders.records import Claim, Details, Entry, Quarantined, Record
from loaders.voice import Voice
from ontology import term
from ontology.identity import Term

_SILENT: Final = "has nothing in the columns that the mapping makes claims of"
_NOBODY: Final = "does not say who says so, and the publisher is not put in their place"
_Stance = tuple[Claim, NamedNode, tuple[NamedNode, ...]]


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells the rows of a table, one after the other."""

    voice: Voice
    mapping: TableMapping
    known: frozenset[str]

    @classmethod
    def of(cls, voice: Voice, mapping: TableMapping) -> "Teller":
        """Return a teller that knows which columns are read, or ignored on purpose."""
        return cls(voice, mapping, frozenset((*mapping.columns, *mapping.ignored)))

    def tell(self, row: Cells) -> Iterator[Record]:
        """Yield what a row says, what cannot be read of it, and nothing else."""
        telling = _Row(self, row, row.entry(self.voice.given.mint))
        for told in self.mapping.claims:
            telling.claim(told)
        for column in self.known:
            row.take(column)
        telling.faults += (*telling.unheard(), *row.unread())
        if not telling.said:
            telling.faults += [] if telling.faults else [_empty(row)]
            yield from telling.faults
            return
        yield from telling.said
        yield from dict.fromkeys(telling.faults)


def _empty(row: Cells) -> Quarantined:
    return row.fault("", "", _SILENT).record


@dataclass(slots=True)
class _Row:
    """A row in the telling."""

    teller: Teller
    row: Cells
    place: Entry
    said: list[Record] = field(default_factory=list)
    faults: list[Quarantined] = field(default_factory=list)
    _things: dict[str, list[NamedNode]] = field(default_factory=dict)
    _doubted: set[str] = field(default_factory=set)
    _made: dict[_Stance, Details] = field(default_factory=dict)
    _heard: set[str] = field(default_factory=set)
    _left: dict[str, str] = field(default_factory=dict)

    def claim(self, told: Told) -> None:
        """Add what one claim of the mapping comes to, if the row has what it speaks of."""
        if told.when and not self._holds(told):
            return
        # all cells are read, so that a fault of one does not hide that of another
        subjects, objects = self._nodes(told.subject), self._values(told.object)
        about, is_whole = self._pairs(told.about)
        details, _ = self._pairs(told.details)
        stances = self._terms(told.stance.terms(self.row))
        # without one of its qualifiers a claim would say more than the row
        if not subjects or not objects or not is_whole:
            if objects and not subjects and told.subject not in self._doubted:
                self._left[self._column(told.object)] = self._column(Value(told.subject))
            return
        spoken = (Value(label) for label in (told.subject, *told.by))
        self._heard |= {self._column(value) for value in (told.object, *spoken)}
        chains = self._chains(told)
        if not chains:
            self._refuse(told, _NOBODY)
            return
        if len(stances) != 1 or not isinstance(stances[0], NamedNode):
            self._refuse(told, "does not say which one stance is taken")
            return
        details += self._basis(told)
        for subject, value, chain in product(subjects, objects, chains):
            claim = Claim(subject, told.predicate, value, about)
            self._say(claim, stances[0], chain, details, told)

    def unheard(self) -> Iterator[Quarantined]:
        """Yield the cells of which nothing is said, since whatever they are about is empty."""
        known = self._heard | {one.column for one in self.faults}
        for column, subject in self._left.items():
            if column and column not in known:
                reason = f"is said of nothing, since {subject!r} is empty"
                yield self.row.fault(column, self.row.cells.get(column, ""), reason).record

    def _chains(self, told: Told) -> list[tuple[NamedNode, ...]]:
        """Return who says it, through whom; none where the speaker or a relay is not known.

        Where the cell of a relay is empty, the next one had it from whoever stands before.
        """
        links: list[list[NamedNode]] = []
        for position, label in enumerate(told.by):
            found = self._nodes(label)
            if label in self._doubted or not (found or position):
                return []
            links += [found] if found else []
        return list(product(*links))

    def _say(
        self,
        claim: Claim,
        stance: NamedNode,
        chain: tuple[NamedNode, ...],
        details: Details,
        told: Told,
    ) -> None:
        known = self._made.setdefault((claim, stance, chain), details)
        if known is details:
            voice = self.teller.voice
            said = voice.says(
                claim, self.place, details, stance=stance, chain=_spoken(chain, voice)
            )
            self.said.append(said)
        elif known != details:
            self._refuse(told, "is said twice in one row, with other details")

    def _holds(self, told: Told) -> bool:
        assert told.when is not None
        column, values = told.when
        return any(part in values for part in column.parts(self.row))

    def _nodes(self, label: str) -> list[NamedNode]:
        """Return the things under a label, introduced where they come up for the first time."""
        if label not in self._things:
            thing = self.teller.mapping.things[label]
            self._things[label] = []
            for found in thing.found(self.row, self.teller.voice.given.mint):
                if isinstance(found, Quarantined):
                    self.faults.append(found)
                    self._doubted.add(label)
                elif found.node not in self._things[label]:
                    self._things[label].append(found.node)
                    self._introduce(found, thing.worded(found.name))
        return self._things[label]

    def _introduce(self, found: Indicator, name: Literal) -> None:
        where, voice = self.place.passage, self.teller.voice
        self.said += voice.call(found.node, found.kind, name, where, *found.told)

    def _values(self, value: Value) -> Sequence[Term]:
        if value.label:
            return self._nodes(value.label)
        assert value.cell is not None
        return self._terms(value.cell.terms(self.row))

    def _terms(self, found: Iterator[Term | Quarantined]) -> list[Term]:
        """Return what could be read; the rest is refused."""
        terms: list[Term] = []
        for one in found:
            if isinstance(one, Quarantined):
                self.faults.append(one)
            elif one not in terms:
                terms.append(one)
        return terms

    def _pairs(self, pairs: tuple[tuple[NamedNode, Value], ...]) -> tuple[Details, bool]:
        """Return what qualifies or details, and whether all of it could be read."""
        found: list[tuple[NamedNode, Term]] = []
        is_whole = True
        for name, value in pairs:
            before = len(self.faults)
            terms = self._values(value)
            if len(self.faults) > before or value.label in self._doubted:
                is_whole = False
            elif len(terms) > 1 and name in ONCE:
                told = ", ".join(one.value for one in terms)
                self._refuse_value(value, told, "has several values where there is one at most")
                is_whole = False
            else:
                found += ((name, one) for one in terms)
        return tuple(found), is_whole

    def _basis(self, told: Told) -> Details:
        """Return on what the date of a claim rests, as the mapping tells."""
        cells = [told.object.cell, *(value.cell for _, value in (*told.about, *told.details))]
        dated = (cell for cell in cells if cell and cell.basis)
        bases = [cell.basis for cell in dated if cell.basis and any(cell.terms(self.row))]
        return tuple((term("timeBasis"), basis) for basis in dict.fromkeys(bases))

    def _refuse(self, told: Told, reason: str) -> None:
        name = told.predicate.value.rpartition("#")[2]
        self._refuse_value(told.object, "", f"{name}: {reason}")

    def _refuse_value(self, value: Value, shown: str, reason: str) -> None:
        name = self._column(value)
        cell = self.row.cells.get(name, "")
        self.faults.append(self.row.fault(name, shown or cell, reason).record)

    def _column(self, value: Value) -> str:
        """Return the column in which a thing or a value stands; nothing for a constant."""
        things = self.teller.mapping.things
        column = things[value.label].names if value.label else value.cell and value.cell.column
        return column.name if column else ""


def _spoken(chain: tuple[NamedNode, ...], voice: Voice) -> tuple[NamedNode, ...]:
    """Return who is quoted, without the publisher, who is no relay of its own table."""
    return tuple(one for one in chain if one != voice.speaker)
