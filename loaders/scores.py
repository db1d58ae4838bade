"""Scores that a coder gives an attribution, one for each question asked of it.

A score is a claim about the attestation that it judges, with the question as a qualifier: it
has a speaker of its own, who is not that of the attribution, and one pattern asks for it.
"""

import re
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.evidence import name_of_attestation
from loaders.form_row import Form
from loaders.records import Attestation, Claim
from ontology import term

_SCORE: Final = re.compile(r"(\d{1,6})\s*/\s*(\d{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Score:
    """A number of points from none to the best, if it is told how many are the best."""

    points: int
    best: int | None = None

    @classmethod
    def of(cls, cell: str) -> "Score | None":
        """Return the score that a cell such as `3/5` spells; out of none, there is none."""
        found = _SCORE.fullmatch(cell)
        score = cls(int(found[1]), int(found[2])) if found else None
        return score if score and score.is_on_its_scale else None

    @property
    def is_on_its_scale(self) -> bool:
        """Return whether the points are no more than the best, which is some."""
        return self.best is None or self.points <= self.best > 0


@dataclass(frozen=True, slots=True)
class Criterion:
    """A question of a catalogue, and the section of which it is a part."""

    name: str
    catalogue: str
    section: str = ""

    def tell(self, form: Form, judged: Attestation, score: Score) -> None:
        """Say in the voice of the file what an attestation scored."""
        mint = form.telling.mint
        about = [(term("criterion"), self._introduced(form))]
        if score.best is not None:
            ends = (("schema:worstRating", 0), ("schema:bestRating", score.best))
            form.add(
                name_of_attestation(judged, mint),
                "evaluatedAs",
                Literal(score.points),
                (*about, *((term(name), Literal(end)) for name, end in ends)),
            )
        else:
            subject = name_of_attestation(judged, mint)
            form.add(subject, "evaluatedAs", Literal(score.points), tuple(about))

    def _introduced(self, form: Form) -> NamedNode:
        node = self.node(form)
        more = []
        if self.section:
            whole = Criterion(self.section, self.catalogue)._introduced(form)
            more.append(Claim(node, term("dcterms:isPartOf"), whole))
        return form.telling.introduce(node, "skos:Concept", self.name, *more)

    def node(self, form: Form) -> NamedNode:
        """Return the question."""
        return form.telling.mint.named("question", self.name, self.catalogue)
