"""What pages say of claims: who said it, through whom, in what, where, and who loaded it.

A pure function of the triples that `explain` returns, and of held texts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from onrecord.holds import Holds
from onrecord.store import Snapshot
from onrecord.web.links import Link, Links
from onrecord.web.passages import Passages
from onrecord.web.stars import Stars
from onrecord.web.testimony import STANCES, Brief, ClaimView, Judgement, Voice
from ontology.flags import QUALIFIERS, said
from ontology.identity import Term


@dataclass(frozen=True)
class Dossier:
    """Claims as pages show them."""

    stars: Stars
    links: Links
    passages: Passages

    @classmethod
    def of(
        cls, snapshot: Snapshot, triples: Iterable[Triple], base: str, texts: Path
    ) -> "Dossier":
        """Return what the triples of a record that explain something tell."""
        stars = Stars(triples)
        links = Links(stars, base)
        return cls(stars, links, Passages(stars, links, texts, Holds(snapshot)))

    def claim(self, node: NamedNode) -> ClaimView:
        """Return a claim with everybody who speaks on it, denials included."""
        status = self.stars.value(node, "status")
        brief = self.brief(node)
        voices = [self.voice(said_) for said_ in self.stars.subjects("claim", node)]
        is_gone = bool(voices) and all(voice.is_withdrawn for voice in voices)
        return ClaimView(
            brief.link,
            brief.subject,
            brief.predicate,
            brief.object,
            brief.qualifiers,
            "withdrawn" if is_gone else self.links.of(status).text,
            _GONE if is_gone else _rule(status),
            self.stars.text(node, "independentOrigins"),
            tuple(sorted(voices, key=lambda v: (v.is_withdrawn, v.place.label, v.place.start))),
            self._briefs(self.stars.nodes(node, "conflictsWith")),
            self._briefs(self.stars.nodes(node, "variantOf")),
            self._briefs(self._implied(node)),
        )

    def brief(self, node: NamedNode) -> Brief:
        """Return a claim in one line."""
        subject, predicate, found = (
            self.links.of(self.stars.value(node, word))
            for word in ("rdf:subject", "rdf:predicate", "rdf:object")
        )
        asserting, denying = (
            self._speakers(node, stance) for stance in ("Assertion", "Denial")
        )
        link = Link("provenance", self.links.href(node), iri=node.value)
        qualifiers = self._qualifiers(node)
        return Brief(link, subject, predicate, found, qualifiers, asserting, denying)

    def voice(self, node: NamedNode) -> Voice:
        """Return one attestation."""
        stars = self.stars
        origin = stars.value(node, "origin")
        return Voice(
            Link("attestation", self.links.href(node), iri=node.value),
            next((word for word in STANCES if stars.is_a(node, word)), ""),
            self.links.of(stars.value(node, "speaker")),
            tuple(self._chain(node)),
            self.passages.of(node),
            self.links.of(origin) if origin else None,
            tuple(self._cosignatories(origin)) if isinstance(origin, NamedNode) else (),
            stars.text(node, "hearsay") == "true",
            tuple(self._facts(node)),
            tuple(self._runs(node)),
            tuple(self._withdrawals(node)),
            self._is_answered_for(node),
        )

    def judgement(self, node: NamedNode) -> Judgement:
        """Return an analyst's verdict."""
        stars = self.stars
        ends = ("first", "second", "premise", "consequence", "assessed")
        verdict = stars.value(node, "verdict") or stars.value(node, "assessedStatus")
        return Judgement(
            Link("judgement", self.links.href(node), iri=node.value),
            self.links.of(verdict).text if verdict else "implies",
            tuple(self.links.of(end) for word in ends for end in stars.values(node, word)),
            stars.text(node, "because"),
            self.links.of(stars.value(node, "judge")),
            stars.text(node, "judgedOn"),
        )

    def _is_answered_for(self, node: NamedNode) -> bool:
        """Return whether who speaks is among those by whom the claim counts as asserted."""
        stars = self.stars
        found = {
            by
            for claim in stars.nodes(node, "claim")
            for by in stars.nodes(claim, "assertedBy")
        }
        speaking = (*stars.nodes(node, "speaker"), *stars.nodes(node, "origin"))
        return stars.text(node, "hearsay") != "true" and not found.isdisjoint(speaking)

    def _briefs(self, claims: Iterable[NamedNode]) -> tuple[Brief, ...]:
        return tuple(self.brief(claim) for claim in dict.fromkeys(claims))

    def _implied(self, claim: NamedNode) -> list[NamedNode]:
        """Return what an analyst reads a claim to imply, unless it counts as a conflict."""
        known = self.stars.nodes(claim, "conflictsWith")
        judged = self.stars.subjects("premise", claim)
        found = (end for node in judged for end in self.stars.nodes(node, "consequence"))
        return [end for end in found if end not in known]

    def _speakers(self, claim: NamedNode, stance: str) -> tuple[Link, ...]:
        said_ = self.stars.subjects("claim", claim)
        valid = [a for a in said_ if not self.stars.values(a, "prov:invalidatedAtTime")]
        found = [self.stars.value(a, "speaker") for a in valid if self.stars.is_a(a, stance)]
        return tuple(self.links.of(speaker) for speaker in dict.fromkeys(found) if speaker)

    def _chain(self, node: NamedNode) -> list[Link]:
        """Return the speakers from the innermost to the one next to the document."""
        hops = self.stars.nodes(node, "relay")
        hops.sort(key=lambda hop: int(self.stars.text(hop, "position") or 0))
        speakers = [self.stars.value(hop, "speaker") for hop in (node, *hops)]
        return [self.links.of(speaker) for speaker in speakers]

    def _cosignatories(self, origin: NamedNode) -> list[Link]:
        """Return who speak in a joint speaker, whichever of the merged IRIs has it so."""
        merged = (origin, *self.stars.subjects("canonical", origin))
        found = (who for one in merged for who in self.stars.nodes(one, "cosignatory"))
        return [self.links.of(who) for who in dict.fromkeys(found)]

    def _qualifiers(self, claim: NamedNode) -> tuple[tuple[Link, Link], ...]:
        return tuple(
            (self.links.of(word), self.links.of(value))
            for word, values in self.stars.star(claim).items()
            if word in QUALIFIERS
            for value in values
        )

    def _facts(self, node: NamedNode) -> list[tuple[str, Link]]:
        told = [
            (label, self.links.of(value))
            for word, label in _FACTS.items()
            for value in self.stars.values(node, word)
        ]
        # the statement itself, else the source in which it stands
        sources = (node, *self._over_its_bytes(self.stars.nodes(node, "prov:wasGeneratedBy")))
        marks = (mark for one in sources for mark in self.stars.values(one, "marking"))
        told += [("Who may have it", self.links.of(mark)) for mark in dict.fromkeys(marks)]
        return told

    def _over_its_bytes(self, runs: list[NamedNode]) -> list[NamedNode]:
        """Return runs, and others that stand over the very same bytes."""
        found = [*runs]
        for run in runs:
            used = set(self.stars.nodes(run, "prov:used"))
            alike = {one for read in used for one in self.stars.subjects("prov:used", read)}
            found += [
                one
                for one in sorted(alike, key=str)
                if set(self.stars.nodes(one, "prov:used")) == used
                and not self.stars.subjects("withdrew", one)
            ]
        return found

    def _runs(self, node: NamedNode) -> list[tuple[Link, str]]:
        runs = self.stars.nodes(node, "prov:wasGeneratedBy")
        return [(self.links.of(run), self.stars.text(run, "prov:endedAtTime")) for run in runs]

    def _withdrawals(self, node: NamedNode) -> list[tuple[Link, str, str]]:
        if not self.stars.values(node, "prov:invalidatedAtTime"):
            return []
        acts = self.stars.nodes(node, "prov:wasInvalidatedBy")
        when = self.stars.text(node, "prov:invalidatedAtTime")
        return [(self.links.of(act), when, self.stars.text(act, "reason")) for act in acts]


def _rule(status: Term | None) -> str:
    """Return what has to hold for a status, as the vocabulary words it."""
    if not isinstance(status, NamedNode):
        return "No status was derived yet."
    return said("skos:definition").get(status, Literal("")).value


_GONE: Final = "Whatever says it was withdrawn. The record no longer counts it."
_FACTS: Final = {
    "mode": "How the text puts it",
    "hedge": "Held at a distance by",
    "wording": "In our words",
    "onBehalfOf": "Speaking for",
    "assertedAt": "Said at",
    "timeBasis": "Time rests on",
    "timeZoneBasis": "Time zone rests on",
    "statedAs": "Stated as",
    "confidence": "Confidence in the reading (0 to 100)",
    "because": "Read so because",
    "note": "Coder's note",
    "markedBy": "Marked by",
}
