"""Commands that help to write the mapping of a table."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from loaders import mapped
from loaders.given import Given, Terms
from loaders.mapped_rows import Layout
from loaders.mapping import TableMapping
from loaders.mapping_draft import draft
from loaders.mapping_files import beside
from loaders.records import Accounted, Attestation, Fate, Quarantined
from onrecord.cli.completing import MappingFile
from onrecord.cli.loaded import reasons, short
from onrecord.cli.room import Room, in_room
from onrecord.cli.talk import show_table
from onrecord.left_out import LeftOut

_FILE: Final = click.Path(path_type=Path, exists=True, dir_okay=False)
_SOMEBODY: Final = "somebody"  # publishes a table of which nobody has told yet who does


@click.group()
def mapping() -> None:
    """Draft and check the mapping that says what the columns of a table mean.

    \b
    Example: onrecord mapping init cases.csv > cases.mapping.yaml
             onrecord mapping check cases.csv cases.mapping.yaml
             onrecord load table cases.csv
    """


@mapping.command()
@click.argument("file", type=_FILE)
@click.option("--sheet", default="", help="Which sheet of a workbook, or table of a database.")
@click.option("--delimiter", default="", help="What stands between cells; else , or a tab.")
@click.option(
    "--header",
    type=click.IntRange(min=1),
    default=1,
    help="The line of a sheet on which the columns are named.",
)
@in_room
def init(room: Room, /, file: Path, sheet: str, delimiter: str, header: int) -> None:
    """Write a first mapping of FILE, with comments that say what was guessed and why.

    Example: onrecord mapping init cases.csv > cases.mapping.yaml
    """
    click.echo(draft(file, Given(mint=room.mint), Layout(delimiter, sheet, header)), nl=False)
    room.talk.say("drafted; mend it, then: onrecord mapping check FILE MAPPING")


@mapping.command()
@click.argument("file", type=_FILE)
@click.argument("mapping", type=MappingFile())
@in_room
def check(room: Room, /, file: Path, mapping: Path) -> None:
    """Read all of FILE by MAPPING, and show what it would say; nothing is loaded.

    A mapping that is wrong is told by its line and key; a column that nobody reads, as well.

    Example: onrecord mapping check cases.csv cases.mapping.yaml
    """
    read = TableMapping.read(mapping)
    publisher = Terms(publisher=read.terms.publisher or _SOMEBODY)
    given = replace(Given(mint=room.mint), mapping=mapping, terms=publisher)
    said: Counter[str] = Counter()
    first: dict[str, Attestation] = {}
    fates: Counter[Fate] = Counter()
    quarantined = LeftOut()
    for record in mapped.load(file, given):
        match record:
            case Attestation(claim):
                word = short(claim.predicate, room.settings.base)
                said[word] += 1
                first.setdefault(word, record)
            case Accounted(_, fate, records):
                fates[fate] += records
            case Quarantined():
                quarantined.append(record)
    base = room.settings.base
    rows = [
        (word, f"{times:,}", _shown(first[word], base)) for word, times in said.most_common()
    ]
    show_table(("what is said", "times", "for example"), rows)
    if quarantined:
        show_table(("why quarantined", "times", "for example"), reasons([quarantined]))
    told = ", ".join(f"{fates[fate]:,} {fate.value}" for fate in Fate)
    is_beside = mapping == beside(file)
    words = () if is_beside else ("--mapping", str(mapping))
    then = room.command("load", "table", str(file), *words)
    room.talk.say(f"{fates.total():,} rows: {told}; next: {then}")


def _shown(said: Attestation, base: str) -> str:
    stance = said.stance.value.rpartition("#")[2].lower()
    ends = short(said.claim.subject, base), short(said.claim.object, base)
    return f"{short(said.speaker, base)}, {stance}: {ends[0]} … {ends[1]}"
