"""An explanation as plain text, for a terminal or a mail."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from onrecord.store import Snapshot
from onrecord.web.dossier import Dossier
from onrecord.web.sheets import Sheet, sheet
from onrecord.web.testimony import ClaimView, Voice

_SIDES = (("pro", "Said"), ("contra", "Against"), ("open", "Left open"))


def account(
    snapshot: Snapshot, triples: Iterable[Triple], iri: NamedNode, base: str, texts: Path
) -> Iterator[str]:
    """Yield the lines of an explanation."""
    found = sheet(Dossier.of(snapshot, triples, base, texts), iri)
    yield f"{found.title.text} ({found.kind})" if found.kind else found.title.text
    yield iri.value
    yield from found.remarks
    yield from _claims(found)
    yield ""
    yield "A status is about the record, not about the world."


def _claims(found: Sheet) -> Iterator[str]:
    if found.claim:
        yield from _claim(found.claim)
    elif not found.groups:
        for word, values in found.facts:
            yield f"  {word.text}: {', '.join(value.text for value in values)}"
    for group in found.groups:
        yield ""
        yield f"# {group.heading}"
        for claim in group.claims:
            yield from _claim(claim)


def _claim(claim: ClaimView) -> Iterator[str]:
    said = f"{claim.subject.text} / {claim.predicate.text} / {claim.object.text}"
    limits = "; ".join(f"{word.text}: {value.text}" for word, value in claim.qualifiers)
    yield ""
    yield f"{said} ({limits})" if limits else said
    yield f"  status: {claim.status_text or 'none'}. {claim.rule}"
    if claim.origins:
        yield f"  independent origins that assert it: {claim.origins}"
    for side, heading in _SIDES:
        for voice in claim.on_side(side):
            yield f"  {heading}: {_voice(voice)}"
    for other in claim.denied_elsewhere:
        who = ", ".join(speaker.text for speaker in other.denied_by)
        ends = (other.subject.text, other.predicate.text, other.object.text)
        yield f"  Against: {who} denying {' / '.join(ends)}"


def _voice(voice: Voice) -> str:
    relays = "".join(f", relayed by {hop.text}" for hop in voice.chain[1:])
    place = voice.place
    gone = " (withdrawn)" if voice.is_withdrawn else ""
    signed = ", ".join(who.text for who in voice.cosignatories)
    joint = f"; no independent origin beside those who speak in it: {signed}" if signed else ""
    return (
        f"{voice.speaker.text} {voice.words}{relays}, in {place.label}, "
        f"characters {place.start} to {place.end}{gone}{joint}"
    )
