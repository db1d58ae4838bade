"""Commands that lead back to sources: explanations and audits."""

import sys

import click

import queries
from onrecord.cli.account import account
from onrecord.cli.room import Room, in_room
from onrecord.cli.talk import show_table
from onrecord.explain import explain as explained
from onrecord.explain import named
from onrecord.legible import legible
from onrecord.web.answers import plain
from onrecord.web.graphs import graph_written


@click.command()
@click.argument("iri")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "turtle", "jsonld", "ntriples"]),
    default="text",
)
@in_room
def explain(room: Room, iri: str, format_: str) -> None:
    """Tell who said it, where, and who loaded it.

    The IRI may be shortened: a path of ours (org/ispr) or a prefixed word (rec:disputed).

    Example: onrecord explain org/ispr
    """
    base = room.settings.base
    about = named(iri, base)
    with room.store().read() as snapshot:
        triples = explained(snapshot, about)
        if format_ == "text":
            for line in account(snapshot, triples, about, base, room.store().texts):
                click.echo(legible(line))
            return
    sys.stdout.buffer.write(graph_written(triples, format_))
    sys.stdout.buffer.flush()


@click.command()
@in_room
def audit(room: Room) -> None:
    """Look for statements that nobody could trace.

    Each one found is a bug.

    Example: onrecord audit
    """
    with room.asking() as snapshot:
        found = [
            (audit_.name, " ".join(map(plain, row)))
            for audit_, row in queries.findings(snapshot)
        ]
    if found:
        show_table(("audit", "finding"), found)
        raise click.ClickException(f"{len(found)} findings")
    room.talk.say(f"{len(queries.audits())} audits found nothing")
