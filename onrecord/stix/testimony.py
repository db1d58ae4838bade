"""The standing evidence of a record, one attestation after another, as an export needs it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from loaders.markings import UNREAD, WORDS
from onrecord.licences import counting
from onrecord.runs import runs
from onrecord.standing import DEFAULT, INVALIDATED, star_of
from onrecord.store import Snapshot
from ontology import term
from ontology.flags import QUALIFIERS
from ontology.identity import Term

_STANCES: Final = {
    term(word): word
    for word in (
        "Assertion", "Denial", "Question", "Allegation", "Retraction", "DeclinedComment",
    )
}  # fmt: skip
_CLAIM: Final = term("claim")
_TYPE: Final = term("rdf:type")
_RUN: Final = term("prov:wasGeneratedBy")
_MARKING: Final = term("marking")
_UNREAD: Final = WORDS[UNREAD]

Star = dict[NamedNode, list[Term]]


@dataclass(frozen=True, slots=True)
class Said:
    """An attestation with its claim; `key` is that of its record, if it stands in one."""

    stance: str
    claim: NamedNode
    subject: NamedNode
    predicate: NamedNode
    object: Term
    qualifiers: tuple[tuple[NamedNode, Term], ...]
    speaker: NamedNode
    document: str
    record: str
    key: str
    loaded: str
    marks: tuple[Term, ...]
    details: Star

    def detail(self, word: str) -> list[str]:
        """Return what a detail says, in order."""
        return sorted(value.value for value in self.details.get(term(word), []))


def standing(snapshot: Snapshot, case: NamedNode | None) -> Iterator[Said]:
    """Yield the attestations that stand, of one case or of all."""
    keys: dict[str, str] = {}
    known = {run.iri.value: run for run in runs(snapshot)}
    counts = {run.value: marks for run, marks in counting(known.values()).items()}
    for quad in snapshot.quads(None, _CLAIM, None, DEFAULT):
        if not isinstance(quad.subject, NamedNode):
            continue
        star = star_of(snapshot, quad.subject)
        if INVALIDATED in star or (case and case not in star.get(term("case"), [])):
            continue
        record = _one(star, "record")
        if record and record not in keys:
            keys[record] = _one(star_of(snapshot, NamedNode(record)), "recordKey")
        brought = [run.value for run in star.get(_RUN, []) if run.value in known]
        loaded = min((known[run].started for run in brought), default="")
        marks = _marks(star, [mark for run in brought for mark in counts[run]])
        found = _said(snapshot, star, (record, keys.get(record, ""), loaded, marks))
        if found:
            yield found


def _marks(star: Star, of_runs: Iterable[Term]) -> tuple[Term, ...]:
    """Return how an attestation is marked; a word that is told of its runs counts instead."""
    found = set(of_runs)
    own = set(star.get(_MARKING, []))
    return tuple(found | (own - {_UNREAD} if found else own))


def _said(
    snapshot: Snapshot, star: Star, where: tuple[str, str, str, tuple[Term, ...]]
) -> Said | None:
    stance = next((_STANCES[kind] for kind in _kinds(star) if kind in _STANCES), "")
    (claim,) = star[_CLAIM]
    parts = star_of(snapshot, NamedNode(claim.value))
    subject, predicate, value = (
        parts.get(term(f"rdf:{word}"), [None])[0] for word in ("subject", "predicate", "object")
    )
    if not (isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and value):
        return None
    about = tuple(
        (key, one)
        for key in sorted(QUALIFIERS & set(parts), key=str)
        for one in sorted(parts[key], key=str)
    )
    speaker = NamedNode(_one(star, "speaker"))
    named = NamedNode(claim.value)
    document = _one(star, "document")
    return Said(
        stance, named, subject, predicate, value, about, speaker, document, *where, star
    )


def _kinds(star: Star) -> list[NamedNode]:
    return [kind for kind in star.get(_TYPE, []) if isinstance(kind, NamedNode)]


def _one(star: Star, word: str) -> str:
    return min((value.value for value in star.get(term(word), [])), default="")
