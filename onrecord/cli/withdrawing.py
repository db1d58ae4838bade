"""The command that takes evidence back."""

from collections.abc import Iterator
from pathlib import Path

import click

from onrecord import withdraw as withdrawal
from onrecord.cli.completing import Run
from onrecord.cli.keeping import still_read
from onrecord.cli.room import Room, in_room
from onrecord.explain import named


@click.command()
@click.option("--document", metavar="IRI", help="Take back what was found in this document.")
@click.option("--run", metavar="IRI", type=Run(), help="Take back what this run loaded.")
@click.option("--reason", required=True, help="Why; it stays in the record.")
@click.option("--erase", is_flag=True, help="Delete it for good and leave a tombstone.")
@in_room
def withdraw(
    room: Room, document: str | None, run: str | None, reason: str, erase: bool
) -> None:
    """Take back what came from a document or a run.

    It stays in the record as withdrawn; what others say is derived anew without it.

    With --erase it goes for good, from all generations and held texts: every file of the
    record is written anew. Backups, exports and DATA/quarantine are yours to look through.

    \b
    Example: onrecord withdraw --document doc/02ae… --reason "superseded by a correction"
             onrecord withdraw --document doc/02ae… --reason "a court's order" --erase
    """
    base = room.settings.base
    done = withdrawal.withdraw(
        room.record(),
        room.mint,
        document=named(document, base) if document else None,
        run=named(run, base) if run else None,
        reason=reason,
        erase=erase,
    )
    click.echo(done.iri.value)
    if done.before:
        told = f"was taken back already, at {done.before}, by {done.iri.value}"
        room.talk.say(f"{told}; nothing new; the record is as it was")
        return
    verb = "erased" if erase else "withdrew"
    room.talk.say(
        f"{verb} {done.evidence} pieces of evidence; published generation {done.generation}"
    )
    for line in _left(done, room.quarantine) if erase else ():
        room.talk.say(line)


def _left(done: withdrawal.Withdrawn, quarantine: Path) -> Iterator[str]:
    """Yield what an erasure left, and what is to be done about it."""
    for document in done.speaking:
        yield f"what {document.value} says of it stays; erase that as well if it has to go"
    if done.lingering:
        yield still_read(done.lingering)
    if any(quarantine.glob("*")):
        yield f"{quarantine}: has rows that were not taken; look through it yourself"
