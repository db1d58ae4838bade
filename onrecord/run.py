"""One run of a loader over a draft: what of its records is new, and what is there no longer."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from loaders.evidence import Evidence, name_of, triples
from loaders.records import (
    Accounted,
    Attestation,
    Document,
    Fate,
    HeldText,
    Quarantined,
    Record,
    Sheet,
    Skipped,
    Total,
)
from loaders.values import moment as time
from onrecord import __version__
from onrecord.erasure import described_again
from onrecord.errors import BadRow, Unaccounted
from onrecord.shapes import broken_rules, gate, refuse_broken
from onrecord.standing import (
    DEFAULT,
    INVALIDATED,
    is_evidence,
    moment,
    named,
    standing_runs,
    stands,
    subjects,
)
from onrecord.store import Draft
from ontology import term
from ontology.identity import Mint

_BY_PYSHACL: Final = 2_000  # records: pyshacl takes some 6 ms each, the native check 0.5 ms
_CASE: Final = term("case")
# what the coder says of an attestation beside what makes it the one it is
_WORDED: Final = tuple(
    term(word)
    for word in (
        "assertedAt", "because", "confidence", "confidenceScale", "hedge", "mode", "note",
        "statedAs", "timeBasis", "timeZoneBasis", "wording",
    )
)  # fmt: skip


@dataclass
class Run:
    """One load in the making: what was read, and what of it is new to the draft."""

    draft: Draft
    loader: str
    source: str
    mint: Mint
    started: datetime
    strict: bool
    read: int = 0
    known: int = 0
    skipped: int = 0
    fresh: set[NamedNode] = field(default_factory=set)
    seen: set[NamedNode] = field(default_factory=set)
    vouched: set[NamedNode] = field(default_factory=set)
    cases: set[NamedNode] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    documents: set[NamedNode] = field(default_factory=set)
    quarantined: list[Quarantined] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    fates: Counter[Fate] = field(default_factory=Counter)
    expected: int = 0

    @property
    def iri(self) -> NamedNode:
        """Return the IRI of the run that this load is, if it brings anything."""
        return self.mint.run(self.loader, f"{self.started:%Y%m%dT%H%M%S.%fZ}")

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

    def take(self, batch: Iterable[Record]) -> None:
        """Add a batch of records to the draft, once it passed the shapes."""
        new: list[Triple] = []
        for record in batch:
            self.read += 1
            match record:
                case Accounted(_, fate):
                    self.fates[fate] += 1
                case Total(_, records):
                    self.expected += records
                case Sheet():
                    self.sheets.append(record)
                case Quarantined():
                    self._quarantine(record)
                case Skipped():
                    self.skipped += 1
                case HeldText():
                    self.draft.keep_text(record.sha256, record.text)
                case _:
                    new.extend(self._missing(record))
        if not new:
            return
        if self.read <= _BY_PYSHACL:
            gate([*new, *self._run_triples()])
        self.lines.update(sha256(str(triple).encode()).hexdigest() for triple in new)
        self.draft.load(f"{triple} ." for triple in new)
        self.draft.insert(map(_quad, self._run_triples()))
        nodes = (triple.subject for triple in new)
        refuse_broken(broken_rules(self.draft, (n for n in nodes if isinstance(n, NamedNode))))

    def balance(self) -> None:
        """Raise Unaccounted unless every record that was come across is accounted for."""
        found = self.fates.total()
        if found != self.expected:
            told = ", ".join(f"{count} {fate.value}" for fate, count in self.fates.items())
            raise Unaccounted(f"{self.source}: of {self.expected} records, {told or 'none'}")

    def missing(self) -> tuple[set[NamedNode], set[NamedNode]]:
        """Return what earlier runs brought and this one has not: theirs alone, others' too."""
        brought = {
            node
            for run in self.earlier
            for node in subjects(self.draft, "prov:wasGeneratedBy", run) - self.seen
            if is_evidence(self.draft, node) and stands(self.draft, node)
        }
        runs = {node: standing_runs(self.draft, node) for node in brought}
        alone = {node for node in brought if runs[node] <= self.earlier}
        return alone, {node for node in brought - alone if runs[node] & self.earlier}

    def finish(self, ended: datetime) -> None:
        """Add the run itself, tied to the one before."""
        self.draft.insert(map(_quad, self._run_triples()))
        brought = term("prov:wasGeneratedBy")
        self.draft.insert(Quad(node, brought, self.iri, DEFAULT) for node in self.vouched)
        finish(self.draft, self.iri, self.lines, ended)

    def _quarantine(self, record: Quarantined) -> None:
        if self.strict:
            raise BadRow(str(record))
        self.quarantined.append(record)

    def _missing(self, record: Evidence) -> Iterator[Triple]:
        """Yield what the draft lacks of a record; a withdrawn one comes back."""
        node = name_of(record, self.mint)
        self.seen.add(node)
        if isinstance(record, Document):
            self.documents.add(node)
        else:
            self.cases.update(named(value for key, value in record.details if key == _CASE))
        said = list(triples(record, self.mint))
        withdrawn = [
            *self.draft.quads(node, INVALIDATED, None, DEFAULT),
            *self._tombstone(node),
        ]
        lacking = any(_quad(triple) not in self.draft for triple in said)
        if not lacking and not withdrawn:
            self.known += node not in self.fresh
            if node not in self.fresh and not standing_runs(self.draft, node) & self.earlier:
                self.vouched.add(node)
            return
        self.draft.remove(withdrawn)
        if isinstance(record, Attestation) and record.claim.predicate == term("rdf:type"):
            self.draft.remove(described_again(self.draft, record.claim.subject))
        if node not in self.fresh:
            self.draft.remove(_superseded(self.draft, node, said))
        self.fresh.add(node)
        # whole, so that the shapes see it whole
        yield from said
        yield Triple(node, term("prov:wasGeneratedBy"), self.iri)

    def _terms(self, sheet: Sheet) -> Iterator[Triple]:
        told = (("licence", sheet.licence), ("retrievedFrom", sheet.url))
        for word, value in told:
            if value:
                yield Triple(self.iri, term(word), Literal(value))
        if sheet.retrieved:
            yield Triple(self.iri, term("retrievedAt"), time(sheet.retrieved))
        if sheet.marking:
            yield Triple(self.iri, term("marking"), sheet.marking)

    def _tombstone(self, node: NamedNode) -> Iterator[Quad]:
        return self.draft.quads(node, term("rdf:type"), term("Tombstone"), DEFAULT)

    def _run_triples(self) -> Iterator[Triple]:
        yield Triple(self.iri, term("rdf:type"), term("LoaderRun"))
        yield Triple(self.iri, term("rdf:type"), term("prov:Activity"))
        yield Triple(self.iri, term("loader"), Literal(self.loader))
        yield Triple(self.iri, term("loaderVersion"), Literal(__version__))
        yield Triple(self.iri, term("dcterms:source"), Literal(self.source))
        for case in self.cases:
            yield Triple(self.iri, term("case"), case)
        yield Triple(self.iri, term("prov:startedAtTime"), moment(self.started))
        for document in self.documents:
            yield Triple(self.iri, term("prov:used"), document)
        for sheet in self.sheets:
            yield from self._terms(sheet)


def finish(draft: Draft, run: NamedNode, lines: Iterable[str], ended: datetime) -> None:
    """Add the end of a run and the hash of what it wrote, tied to the run before.

    `lines` are the SHA-256 of the lines that it wrote, in hexadecimal.
    """
    before = _latest_run(draft)
    said = [Triple(run, term("prov:endedAtTime"), moment(ended))]
    if before:
        said.append(Triple(run, term("prov:wasInformedBy"), before))
    said.append(Triple(run, term("inputManifest"), Literal(_manifest(draft, before, lines))))
    draft.insert(map(_quad, said))


def _superseded(draft: Draft, node: NamedNode, said: list[Triple]) -> list[Quad]:
    """Return the details of known evidence that its source now words otherwise."""
    kept = set(map(_quad, said))
    old = (quad for word in _WORDED for quad in draft.quads(node, word, None, DEFAULT))
    return [quad for quad in old if quad not in kept]


def _manifest(draft: Draft, before: NamedNode | None, lines: Iterable[str]) -> str:
    """Return the hash of a run's lines, chained to that of the run before."""
    hashed = sha256()
    if before:
        for quad in draft.quads(before, term("inputManifest"), None, DEFAULT):
            hashed.update(str(quad.object).encode())
    for line in sorted(lines):
        hashed.update(line.encode())
    return hashed.hexdigest()


def _quad(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, DEFAULT)


def _latest_run(draft: Draft) -> NamedNode | None:
    ends = draft.quads(None, term("prov:endedAtTime"), None, DEFAULT)
    runs = [
        (quad.object.value, quad.subject)
        for quad in ends
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
        and Quad(quad.subject, term("rdf:type"), term("LoaderRun"), DEFAULT) in draft
    ]
    return max(runs, key=lambda run: (run[0], run[1].value))[1] if runs else None
