"""One run of a loader over a draft: what of its records is new, and what is there no longer."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from loaders.evidence import Evidence, Writer, Written, parsed
from loaders.places import Line
from loaders.records import (
    Accounted,
    Attestation,
    Claim,
    Described,
    Document,
    Entry,
    Fate,
    Foreign,
    HeldText,
    PassedOver,
    Quarantined,
    Record,
    Sheet,
    Skipped,
    Total,
)
from onrecord import __version__
from onrecord.derive.alone import Told
from onrecord.erasure import described_again
from onrecord.errors import BadRow, Unaccounted
from onrecord.gate import Gate
from onrecord.holds import RDF, Hold, Holds, read_by
from onrecord.kept import KeptGraphs
from onrecord.left_out import LeftOut
from onrecord.loads import Said
from onrecord.manifest import finish, terms_of
from onrecord.portions import Portions
from onrecord.shapes import broken_rules, refuse_broken
from onrecord.standing import DEFAULT, INVALIDATED, is_evidence, moment, named, subjects
from onrecord.wordings import stands_elsewhere, superseded
from ontology import term

_GENERATED: Final = str(term("prov:wasGeneratedBy"))
_CASE: Final = term("case")


@dataclass
class Run:
    """One load in the making: what was read, and what of it is new to the draft.

    What is new is written and derived in portions, so that memory does not grow with a source.
    """

    portions: Portions
    loader: str
    source: str
    started: datetime
    strict: bool
    read: int = 0
    known: int = 0
    skipped: int = 0
    fresh: set[str] = field(default_factory=set)
    again: set[str] = field(default_factory=set)  # of these, what is only found elsewhere too
    seen: set[NamedNode] = field(default_factory=set)
    vouched: set[NamedNode] = field(default_factory=set)
    cases: set[NamedNode] = field(default_factory=set)
    hashes: set[bytes] = field(default_factory=set)
    documents: set[NamedNode] = field(default_factory=set)
    described: set[NamedNode] = field(default_factory=set)
    quarantined: LeftOut = field(default_factory=LeftOut)
    sheets: list[Sheet] = field(default_factory=list)
    fates: Counter[Fate] = field(default_factory=Counter)
    said: dict[str, Said] = field(default_factory=dict)
    passed: Counter[str] = field(default_factory=Counter)
    expected: int = 0
    _placed: list[Line] | None = None

    def __post_init__(self) -> None:
        """Name the run, if it brings anything, and see what it has to mind."""
        self.draft, self.mint = self.portions.draft, self.portions.mint
        self.iri = self.mint.run(self.loader, f"{self.started:%Y%m%dT%H%M%S.%fZ}")
        self._gate = Gate(self.iri)
        self._tie = f"{_GENERATED} {self.iri} ."
        self._writer, self._holds = Writer(self.mint), Holds(self.draft)
        self.graphs = KeptGraphs(self.draft, self.iri)
        undescribed = self.draft.quads(None, term("rdf:type"), term("Undescribed"), DEFAULT)
        self._may_describe_again = next(undescribed, None) is not None

    @cached_property
    def earlier(self) -> set[NamedNode]:
        """Return the earlier runs over any version of the same source."""
        loader, source = Literal(self.loader), Literal(self.source)
        found = self.draft.quads(None, term("dcterms:source"), source, DEFAULT)
        return {
            run
            for run in named(quad.subject for quad in found)
            if run != self.iri and Quad(run, term("loader"), loader, DEFAULT) in self.draft
        }

    def take(self, records: Iterable[Record]) -> None:
        """Add records to the draft, once they passed the shapes."""
        # not behind them, since what comes last is written more quickly (`Portions.settle`)
        self.portions.settle_if_full()
        for record in records:
            self.read += 1
            match record:
                case Attestation():  # mostly so
                    self._evidence(record)
                case Accounted(_, fate, times):
                    self.fates[fate] += times
                case Total(_, count):
                    self.expected += count
                case Sheet():
                    self.sheets.append(record)
                case Quarantined():
                    self._quarantine(record)
                case Skipped():
                    self.skipped += 1
                case Foreign():
                    self._keep(record)
                case PassedOver(_, reason, times):
                    self.passed[reason] += times
                case HeldText():
                    self.draft.keep_text(record.sha256, record.text)
                case _:
                    self._evidence(record)

    def balance(self) -> None:
        """Raise Unaccounted unless every record that was come across is accounted for."""
        found = self.fates.total()
        if found != self.expected:
            told = ", ".join(f"{count} {fate.value}" for fate, count in self.fates.items())
            raise Unaccounted(f"{self.source}: of {self.expected} records, {told or 'none'}")

    def finish(self, before: NamedNode | None, ended: datetime) -> None:
        """Add the run itself, tied to the one before, once all that it took is written."""
        self.draft.insert(map(_quad, self._triples()))
        brought = term("prov:wasGeneratedBy")
        tied = self.vouched | self.described
        self.draft.insert(Quad(node, brought, self.iri, DEFAULT) for node in tied)
        self.draft.insert(self.graphs.vouched())
        lines = (found.hex() for found in self.hashes)
        finish(self.draft, self.iri, before, lines, ended)
        refuse_broken(broken_rules(self.draft, [self.iri, *self.graphs.seen]))

    def _quarantine(self, record: Quarantined) -> None:
        if self.strict:
            raise BadRow(str(record))
        self.quarantined.append(record)

    def _keep(self, record: Foreign) -> None:
        """Keep what a graph of others' RDF lacks in the draft."""
        if record.graph not in self.graphs.seen and record.graph.value in self.portions:
            self.portions.settle()
        self.portions.wait()
        lines = [f"{quad} .".encode() for quad in self.graphs.take(record, self.earlier)]
        self.hashes.update(sha256(line).digest() for line in lines)
        self.portions.add(record.graph.value, b"\n".join(lines))

    def _evidence(self, record: Evidence) -> None:
        """Take what the draft lacks of a record; a withdrawn one comes back."""
        written = self._writer.write(record)
        if self.earlier:
            self.seen.add(NamedNode(written.node))
        if isinstance(record, Document):
            told = self.described if isinstance(record, Described) else self.documents
            told.add(NamedNode(written.node))
        elif record.details:
            self.cases.update(named(value for key, value in record.details if key == _CASE))
        if isinstance(record, Attestation) and self._may_describe_again:
            self._describe_again(record.claim)
        is_fresh = written.node in self.fresh
        if not is_fresh and written.node in self.portions:  # by an earlier run
            self.portions.settle()
        if not is_fresh and self._is_held(written.node, record):
            self._known(NamedNode(written.node), record, written)
        elif isinstance(record, Attestation) and (
            not is_fresh or self.portions.tells(written.node)
        ):
            self._tell(record, written)
        else:
            self._add(record, written)

    def _is_held(self, node: str, record: Evidence) -> bool:
        """Return whether the draft had a record; of a dataset that is new it had none."""
        place = None if isinstance(record, Document) else record.place
        if isinstance(place, Entry) and self.portions.is_first(place.dataset, self.iri):
            return False
        return any(self.draft.quads(NamedNode(node), None, None, DEFAULT))

    def _known(self, node: NamedNode, record: Evidence, written: Written) -> None:
        """Add what a piece of evidence lacks in the draft, if anything."""
        said = [_quad(triple) for triple in parsed(written.lines)]
        withdrawn = [
            *self.draft.quads(node, INVALIDATED, None, DEFAULT),
            *self.draft.quads(node, term("rdf:type"), term("Tombstone"), DEFAULT),
        ]
        lacking = [quad for quad in said if quad not in self.draft]
        if not withdrawn and not lacking:
            self.known += 1
            if not any(self._is_ours(hold, node, record) for hold in self._holds.of(node)):
                self.vouched.add(node)
            return
        self.portions.wait()  # only one may write
        outdated = [*withdrawn, *superseded(self.draft, node, set(said))]
        is_again = isinstance(record, Attestation) and stands_elsewhere(node, lacking)
        if is_again and not outdated:
            self.again.add(written.node)
        self.draft.remove(outdated)
        self._add(record, written)

    def _is_ours(self, hold: Hold, node: NamedNode, record: Evidence) -> bool:
        """Return whether an earlier run holds a record by the very documents of this one."""
        document = node if isinstance(record, Document) else record.place.passage.document
        read = read_by(document, self.documents, is_rdf=self.loader == RDF)
        return hold.run in self.earlier and hold.documents == read

    def _tell(self, said: Attestation, written: Written) -> None:
        octets = self._passed(said, written)
        _, predicate, _, _ = written.spelled
        if predicate not in self.said:
            self.said[predicate] = Said(said.claim)
        self.said[predicate].times += written.node not in self.fresh  # it may stand twice
        self.fresh.add(written.node)
        self.portions.tell(Told.of(said, written, octets))

    def _add(self, record: Evidence, written: Written) -> None:
        self.portions.add(written.node, self._passed(record, written))
        for node in self._moved(record, NamedNode(written.node)):
            self.portions.changed(node)
        self.fresh.add(written.node)

    def _moved(self, record: Evidence, node: NamedNode) -> set[NamedNode]:
        """Return the evidence from which other things follow than before."""
        if not isinstance(record, Document):
            return {node}
        # what stands in a part may be its own word no longer, now that it is a headline
        inside = subjects(self.draft, "document", node) if record.parts else ()
        return {one for one in inside if is_evidence(self.draft, one)}

    def _passed(self, record: Evidence, written: Written) -> bytes:
        """Return a record and its run as N-Quads, once they passed the shapes."""
        if written.placed is not self._placed and not isinstance(record, Document):
            self._gate.check_place(record.place, written.placed)
            self.portions.place("\n".join(written.placed).encode())
            self._placed = written.placed
        own = [*written.own, f"<{written.node}> {self._tie}"]
        self._gate.check(record, written)
        octets = "\n".join(own).encode()
        self.hashes.add(sha256(octets).digest())
        return octets

    def _describe_again(self, claim: Claim) -> None:
        is_kind = claim.predicate == term("rdf:type")
        if is_kind and (gone := described_again(self.draft, claim.subject)):
            self.portions.wait()
            self.draft.remove(gone)

    def _triples(self) -> Iterator[Triple]:
        """Yield what is said of the run itself."""
        yield Triple(self.iri, term("rdf:type"), term("LoaderRun"))
        yield Triple(self.iri, term("rdf:type"), term("prov:Activity"))
        yield Triple(self.iri, term("loader"), Literal(self.loader))
        yield Triple(self.iri, term("loaderVersion"), Literal(__version__))
        yield Triple(self.iri, term("dcterms:source"), Literal(self.source))
        yield from (Triple(self.iri, term("case"), case) for case in self.cases)
        yield Triple(self.iri, term("prov:startedAtTime"), moment(self.started))
        if places := self.quarantined.places:
            hashed = Literal(places, datatype=term("xsd:base64Binary"))
            yield Triple(self.iri, term("setAside"), hashed)
        yield from (Triple(self.iri, term("prov:used"), one) for one in self.documents)
        for sheet in self.sheets:
            yield from terms_of(self.iri, sheet)


def _quad(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, DEFAULT)
