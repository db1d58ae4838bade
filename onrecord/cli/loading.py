"""The command that brings evidence in."""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import click

from loaders import LOADERS
from loaders.given import Given
from loaders.records import Quarantined
from onrecord.cli.room import Room, in_room
from onrecord.errors import NoGeneration
from onrecord.ingest import Report, ingest
from onrecord.store import GenerationStore, restore

_FOLDER: Final = click.Path(path_type=Path, exists=True, file_okay=False)
_FILE: Final = click.Path(path_type=Path, exists=True, dir_okay=False)
_COLUMNS: Final = ("source", "read", "new", "already there", "skipped", "quarantined")


@click.command()
@click.argument("format", type=click.Choice(sorted(LOADERS)))
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--texts", type=_FOLDER, help="Where the described texts lie; they are checked.")
@click.option(
    "--mapping",
    type=_FILE,
    help="What the labels of a claim table mean; else mapping.yaml beside it.",
)
@click.option("--strict", is_flag=True, help="Stop at the first record that cannot be taken.")
@click.option(
    "--replace",
    is_flag=True,
    help="Withdraw what an earlier load of the source brought and this one has not; strict.",
)
@click.option("--dry-run", is_flag=True, help="Do it all on a copy, and publish nothing.")
@in_room
def load(
    room: Room,
    format: str,
    paths: tuple[Path, ...],
    texts: Path | None,
    mapping: Path | None,
    strict: bool,
    replace: bool,
    dry_run: bool,
) -> None:
    """Load sources into the record; loading one twice adds nothing.

    A source is known by its name: a case by that in its manifest, a file by its own and that of
    its folder or case. A corrected version comes beside the earlier one; --replace withdraws
    what it has no longer.

    PATH is the folder of a case or the name of a bundled one; a claim table (.csv, .jsonl) with
    its mapping; or the sidecar (.yaml, .json) of an article.

    What cannot be taken goes to a file under DATA/quarantine, with the reason.

    \b
    Example: onrecord load case pakistan-april-2019
             onrecord load claims coded.csv --mapping mapping.yaml --texts articles/
             onrecord load claims coded.csv --replace
    """
    given = Given(room.mint, texts, mapping)
    take = partial(ingest, strict=strict, replace=replace)
    reports: list[Report] = []
    try:
        with _target(room, dry_run) as store, room.talk.progress() as progress:
            for path in paths:
                reports.append(take(store, format, path, given, progress=progress))
    finally:  # also when a later path was refused: what came before it is published
        if reports:
            room.talk.table(_COLUMNS, map(_row, reports))
        for report in reports:
            _tell(room, report, dry_run)


@contextmanager
def _target(room: Room, dry_run: bool) -> Iterator[GenerationStore]:
    """Lend the store, or a copy of it that is thrown away."""
    store = room.store()
    if not dry_run:
        yield store
        return
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        copy = Path(folder, "data")
        try:
            store.backup(Path(folder, "backup"))
            restore(Path(folder, "backup"), copy)
        except NoGeneration:
            copy.mkdir()
        yield GenerationStore(copy)


def _row(report: Report) -> tuple[str, ...]:
    quarantined = len(report.quarantined)
    counts = (report.read, report.new, report.known, report.skipped, quarantined)
    return (str(report.path), *(f"{count:,}" for count in counts))


def _tell(room: Room, report: Report, dry_run: bool) -> None:
    talk = room.talk
    if report.quarantined:
        file = _quarantine(room.settings.data, report)
        talk.say(f"warning: {len(report.quarantined)} records were not taken; see {file}")
    if report.missing:
        talk.say(_missing(report))
    if dry_run:
        talk.say("nothing was published (--dry-run)")
    elif report.generation is None:
        talk.say("nothing new; the record is as it was")
    else:
        talk.say(f"published generation {report.generation}; next: onrecord ask --list")
        talk.detail(f"run {report.run.value if report.run else ''}")


def _missing(report: Report) -> str:
    """Return what became of evidence that the source has no longer, and what is to be done."""
    count = f"{report.missing:,} piece{'' if report.missing == 1 else 's'} of evidence"
    if report.replaced:
        return f"withdrew {count} that the source has no longer"
    return (
        f"warning: an earlier load of this source brought {count} more; "
        "load again with --replace to withdraw what the source has no longer"
    )


def _quarantine(data: Path, report: Report) -> Path:
    moment = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    name = "-".join(report.run.value.split("/")[-2:]) if report.run else moment
    path = data / "quarantine" / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("file", "line", "key", "column", "value", "reason"))
        writer.writerows(map(_cells, report.quarantined))
    return path


def _cells(one: Quarantined) -> tuple[str, ...]:
    return (one.file, str(one.line), one.key, one.column, one.value, one.reason)
