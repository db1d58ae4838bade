"""What a page tells of a claim: values without a way to look anything up."""

from dataclasses import dataclass
from typing import Final

from onrecord.web.links import Link
from onrecord.web.passages import Place

# what each stance is called after its speaker
STANCES: Final = {
    "Assertion": "says so",
    "Denial": "denies it",
    "Question": "raises doubt about it",
    "Allegation": "alleges it, as unproven",
    "Retraction": "takes it back",
    "DeclinedComment": "was asked and declined to comment",
}
_OWNED: Final = "alleges it in their own name, as unproven"
_SIDES: Final = {
    "Assertion": "pro",
    "Denial": "contra",
    "Question": "contra",
    "Retraction": "contra",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """One attestation: a stance, who takes it, and the whole way to the document."""

    link: Link
    stance: str
    speaker: Link
    chain: tuple[Link, ...]
    place: Place
    origin: Link | None
    cosignatories: tuple[Link, ...]  # who speak in the origin, where that is a joint speaker
    is_hearsay: bool
    facts: tuple[tuple[str, Link], ...]
    runs: tuple[tuple[Link, str], ...]
    withdrawals: tuple[tuple[Link, str, str], ...]
    is_answered_for: bool  # whether the claim counts as asserted by who speaks here

    @property
    def words(self) -> str:
        """Return the stance in words that follow the speaker's name."""
        return _OWNED if self._is_owned else STANCES.get(self.stance, self.stance)

    @property
    def side(self) -> str:
        """Return whether it speaks for the claim, against it, or leaves it open."""
        return "pro" if self._is_owned else _SIDES.get(self.stance, "open")

    @property
    def _is_owned(self) -> bool:
        """Return whether it is an allegation in the speaker's own name, which asserts."""
        return self.stance == "Allegation" and self.is_answered_for

    @property
    def is_withdrawn(self) -> bool:
        """Return whether the record no longer holds it."""
        return bool(self.withdrawals)


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim with everybody who speaks on it."""

    link: Link
    subject: Link
    predicate: Link
    object: Link
    qualifiers: tuple[tuple[Link, Link], ...]
    status_text: str
    rule: str
    origins: str
    voices: tuple[Voice, ...]
    conflicts: tuple["Brief", ...]
    variants: tuple["Brief", ...]
    implied: tuple["Brief", ...]

    def on_side(self, side: str) -> list[Voice]:
        """Return the voices of one side: `pro`, `contra` or `open`."""
        return [voice for voice in self.voices if voice.side == side]

    @property
    def denied_elsewhere(self) -> list["Brief"]:
        """Return the denied ones among the claims that conflict with it or follow from it."""
        return [other for other in (*self.conflicts, *self.implied) if other.denied_by]


@dataclass(frozen=True, slots=True)
class Brief:
    """A claim in one line, with who asserts and who denies it."""

    link: Link
    subject: Link
    predicate: Link
    object: Link
    qualifiers: tuple[tuple[Link, Link], ...]
    asserted_by: tuple[Link, ...]
    denied_by: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """An analyst's verdict on two things or two claims."""

    link: Link
    verdict: str
    ends: tuple[Link, ...]
    because: str
    judge: Link
    on: str
