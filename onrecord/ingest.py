"""From records to a published generation: mapped, gated, stored, derived, audited."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

import queries
from loaders import LOADERS
from loaders.evidence import Evidence, name_of, triples
from loaders.given import Given
from loaders.records import Attestation, Document, HeldText, Quarantined, Record, Skipped
from onrecord import __version__, derive
from onrecord.erasure import described_again
from onrecord.errors import AuditFinding, BadInput, BadRow
from onrecord.shapes import broken_rules, gate, refuse_broken
from onrecord.standing import DEFAULT, INVALIDATED, moment
from onrecord.store import Draft, GenerationStore
from onrecord.vocabulary import publish_vocabulary
from ontology import term
from ontology.identity import Mint

_BATCH: Final = 1_000
_BY_PYSHACL: Final = 2_000  # records: pyshacl takes some 6 ms each, the native check 0.5 ms
# what the coder says of an attestation beside what makes it the one it is
_WORDED: Final = tuple(
    term(word)
    for word in (
        "assertedAt", "because", "confidence", "confidenceScale", "hedge", "mode", "note",
        "statedAs", "timeBasis", "timeZoneBasis", "wording",
    )
)  # fmt: skip

Progress = Callable[[str, int, int | None], None]


def utc_now() -> datetime:
    """Return the present moment with its time zone."""
    return datetime.now(UTC)


def silent(what: str, done: int, of: int | None) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did; `run` and `generation` are None when it brought nothing new."""

    loader: str
    path: Path
    run: NamedNode | None
    generation: int | None
    read: int
    new: int
    known: int
    skipped: int
    quarantined: tuple[Quarantined, ...]


def ingest(
    store: GenerationStore,
    loader: str,
    path: Path,
    given: Given,
    *,
    strict: bool = False,
    now: Callable[[], datetime] = utc_now,
    progress: Progress = silent,
) -> Report:
    """Load one source and publish the next generation, or none if nothing is new.

    Raises BadInput for an unknown format or a source that cannot be read, BadRow for the
    first quarantined record when `strict`, ShapeViolation and AuditFinding for evidence that
    must not be published; in each case the record stays as it was.
    """
    if loader not in LOADERS:
        raise BadInput(f"{loader!r} is no format; known are {', '.join(sorted(LOADERS))}")
    with store.write(f"load {loader} {path.name}") as draft:
        publish_vocabulary(draft)
        load = _Load(draft, loader, given.mint, now(), strict)
        for batch in _batches(LOADERS[loader].load(path, given)):
            load.take(batch)
            progress("read", load.read, None)
        for held in load.texts:
            _keep_text(store.texts, held)
        if load.fresh:
            load.finish(now())
            progress("derived", derive.update(draft, given.mint, load.fresh), None)
            refuse_findings(draft)
        return load.report(path)


def refuse_findings(draft: Draft) -> None:
    """Raise AuditFinding when an audit finds something in a draft."""
    found = [
        f"{audit.summary} {' '.join(map(str, row))}" for audit, row in queries.findings(draft)
    ]
    if found:
        more = f" (and {len(found) - 3} more)" if len(found) > 3 else ""
        raise AuditFinding("; ".join(found[:3]) + more)


@dataclass(slots=True)
class _Load:
    """One load in the making: what was read, and what of it is new to the draft."""

    draft: Draft
    loader: str
    mint: Mint
    started: datetime
    strict: bool
    read: int = 0
    known: int = 0
    skipped: int = 0
    fresh: set[NamedNode] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    documents: set[NamedNode] = field(default_factory=set)
    quarantined: list[Quarantined] = field(default_factory=list)
    texts: list[HeldText] = field(default_factory=list)

    @property
    def run(self) -> NamedNode:
        """Return the IRI of the run that this load is, if it brings anything."""
        return self.mint.run(self.loader, f"{self.started:%Y%m%dT%H%M%S.%fZ}")

    def take(self, batch: Iterable[Record]) -> None:
        """Add a batch of records to the draft, once it passed the shapes."""
        new: list[Triple] = []
        for record in batch:
            self.read += 1
            match record:
                case Quarantined():
                    self._quarantine(record)
                case Skipped():
                    self.skipped += 1
                case HeldText():
                    self.texts.append(record)
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

    def finish(self, ended: datetime) -> None:
        """Add the run itself, tied to the one before."""
        before = _latest_run(self.draft)
        said = [Triple(self.run, term("prov:endedAtTime"), moment(ended))]
        if before:
            said.append(Triple(self.run, term("prov:wasInformedBy"), before))
        manifest = _manifest(self.draft, before, self.lines)
        said.append(Triple(self.run, term("inputManifest"), Literal(manifest)))
        self.draft.insert(map(_quad, said))

    def report(self, path: Path) -> Report:
        """Return what the load did."""
        run, generation = (self.run, self.draft.generation) if self.fresh else (None, None)
        found = tuple(self.quarantined)
        new = len(self.fresh)
        return Report(
            self.loader, path, run, generation, self.read, new, self.known, self.skipped, found
        )

    def _quarantine(self, record: Quarantined) -> None:
        if self.strict:
            raise BadRow(str(record))
        self.quarantined.append(record)

    def _missing(self, record: Evidence) -> Iterator[Triple]:
        """Yield what the draft lacks of a record; a withdrawn one comes back."""
        node = name_of(record, self.mint)
        if isinstance(record, Document):
            self.documents.add(node)
        said = list(triples(record, self.mint))
        withdrawn = [
            *self.draft.quads(node, INVALIDATED, None, DEFAULT),
            *self._tombstone(node),
        ]
        lacking = any(_quad(triple) not in self.draft for triple in said)
        if not lacking and not withdrawn:
            self.known += node not in self.fresh
            return
        self.draft.remove(withdrawn)
        if isinstance(record, Attestation) and record.claim.predicate == term("rdf:type"):
            self.draft.remove(described_again(self.draft, record.claim.subject))
        if node not in self.fresh:
            self.draft.remove(_superseded(self.draft, node, said))
        self.fresh.add(node)
        # whole, so that the shapes see it whole
        yield from said
        yield Triple(node, term("prov:wasGeneratedBy"), self.run)

    def _tombstone(self, node: NamedNode) -> Iterator[Quad]:
        return self.draft.quads(node, term("rdf:type"), term("Tombstone"), DEFAULT)

    def _run_triples(self) -> Iterator[Triple]:
        yield Triple(self.run, term("rdf:type"), term("LoaderRun"))
        yield Triple(self.run, term("rdf:type"), term("prov:Activity"))
        yield Triple(self.run, term("loader"), Literal(self.loader))
        yield Triple(self.run, term("loaderVersion"), Literal(__version__))
        yield Triple(self.run, term("prov:startedAtTime"), moment(self.started))
        for document in self.documents:
            yield Triple(self.run, term("prov:used"), document)


def _superseded(draft: Draft, node: NamedNode, said: list[Triple]) -> list[Quad]:
    """Return the details of known evidence that its source now words otherwise."""
    kept = set(map(_quad, said))
    old = (quad for word in _WORDED for quad in draft.quads(node, word, None, DEFAULT))
    return [quad for quad in old if quad not in kept]


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(islice(records, _BATCH)):
        yield batch


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


def _keep_text(folder: Path, held: HeldText) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / held.sha256
    if not path.exists():
        fresh = path.with_suffix(".new")
        fresh.write_text(held.text, encoding="utf-8", newline="")
        fresh.chmod(0o600)
        fresh.replace(path)
