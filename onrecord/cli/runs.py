"""Commands about the runs that made the record, and the forms of our own tables."""

from typing import Final

import click

from loaders import LOADERS
from onrecord.cli.completing import Run
from onrecord.cli.room import Room, in_room
from onrecord.cli.talk import show_table
from onrecord.explain import named
from onrecord.holds import Holds
from onrecord.runs import LoaderRun, brought, run_of
from onrecord.runs import runs as every_run
from ontology.flags import label

_OURS: Final = ("accounts", "attributions", "series", "takedowns")


@click.command()
@in_room
def runs(room: Room) -> None:
    """List the runs that made the record, the latest last.

    Example: onrecord runs
    """
    base = room.settings.base
    with room.store().read() as snapshot:
        found = every_run(snapshot)
        gone = Holds(snapshot).taken_back(run.iri for run in found)
    columns = ("run", "source", "started", "licence", "marking", "withdrawn")
    show_table(columns, [_row(run, base, "yes" if run.iri in gone else "") for run in found])


def _row(run: LoaderRun, base: str, gone: str) -> tuple[str, ...]:
    marking = _markings(run)
    started = run.started[:19].replace("T", " ")
    return (run.iri.value.removeprefix(base), run.source, started, run.licence, marking, gone)


@click.command()
@click.argument("iri", metavar="IRI", type=Run())
@in_room
def run(room: Room, iri: str) -> None:
    """Tell what one run read, on what terms, and what it brought.

    The IRI may be shortened, as `onrecord runs` lists it.

    Example: onrecord run run/case/20261101t120000-000000z
    """
    base = room.settings.base
    with room.store().read() as snapshot:
        found = run_of(snapshot, named(iri, base))
        times, withdrawn = brought(snapshot, found.iri)
    facts = (
        ("run", found.iri.value),
        ("loader", f"{found.loader} {found.version}"),
        ("source", found.source),
        ("documents", "\n".join(found.documents)),
        ("publisher's licence", found.licence or "not told"),
        ("retrieved from", found.url or "not told"),
        ("retrieved", found.retrieved or "not told"),
        ("marking", _markings(found) or "not told"),
        ("started", found.started),
        ("ended", found.ended),
        ("manifest", found.manifest),
        ("withdrawn since", f"{withdrawn:,}"),
    )
    show_table(("", ""), facts)
    rows = [(label(word), f"{count:,}") for word, count in times.most_common()]
    show_table(("what it says", "times"), rows)


def _markings(run: LoaderRun) -> str:
    return "; ".join(map(label, run.markings))


@click.command()
@click.argument("format", type=click.Choice(_OURS))
def template(format: str) -> None:
    """Write the header and example rows of one of our own tables.

    \b
    Example: onrecord template takedowns > takedowns.csv
             onrecord load takedowns takedowns.csv
    """
    click.echo(vars(LOADERS[format])["TEMPLATE"], nl=False)
