"""What is said to a person: on stderr, and progress only to a terminal."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from rich.box import SIMPLE
from rich.cells import cell_len
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.rule import Rule
from rich.table import Column, Table
from rich.text import Text

from onrecord import progress
from onrecord.legible import in_a_line, legible

_GAP: Final = 3  # between columns
_WORD: Final = 40  # what is longer than the name of a run may break anywhere
_WIDE: Final = 100_000  # a file or a pipe has no edge at which to cut

_ROOM: Final = 80  # for a bar beside the numbers
_NUMBERS: Final = 24  # columns of a terminal that rate and time left take, with gaps
_BAR: Final = 20


class Talk:
    """A voice on stderr that can be hushed."""

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self._console = Console(
            stderr=True,
            quiet=quiet,
            highlight=False,
            soft_wrap=True,
            width=None if sys.stderr.isatty() else _WIDE,
        )
        self.is_verbose = verbose

    def say(self, text: str) -> None:
        """Say something, in one line."""
        self._console.print(Text(in_a_line(text)))

    def detail(self, text: str) -> None:
        """Say something to those who want to hear more."""
        if self.is_verbose:
            self.say(text)

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Say something in columns."""
        _show(self._console, columns, list(rows))

    @contextmanager
    def progress(self) -> Iterator[progress.Progress]:
        """Lend a function that shows how far a work is: what, octets done, of how many."""
        if not self._console.is_terminal or self._console.quiet:
            yield progress.silent
            return
        columns = _progress(self._console.width)
        with Progress(*columns, console=self._console, transient=True) as bar:
            task = bar.add_task("starting", total=None)
            # without a total there is nothing to come nearer to, and no rate
            yield lambda what, done, of: bar.update(
                task, description=legible(what), completed=done, total=of
            )


def _progress(width: int) -> list[ProgressColumn]:
    """Return what shows how far a work is; what it works at gives way to rate and time left."""
    drawn = [SpinnerColumn(), BarColumn(_BAR), TimeElapsedColumn()] if width >= _ROOM else []
    room = width - _NUMBERS - (_BAR + 11 if drawn else 0)
    words = Column(no_wrap=True, max_width=max(room, 1))
    what = TextColumn("{task.description}", markup=False, table_column=words)
    left = [TextColumn("left"), TimeRemainingColumn()]
    return [*drawn[:1], what, *drawn[1:2], TransferSpeedColumn(), *drawn[2:], *left]


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table to stdout, as wide as it needs where nothing limits it."""
    width = None if sys.stdout.isatty() else _WIDE
    _show(Console(file=sys.stdout, width=width, highlight=False), columns, list(rows))


def _show(console: Console, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a table; where it is too wide for its words, each row is a list of what it has."""
    rows = [[*map(legible, row)] for row in rows]
    space = console.width - _GAP * (len(columns) - 1)
    least = [*_least(columns, rows)]
    if sum(least) <= space:
        console.print(_table(columns, rows, _widths(columns, rows, least, space)))
        return
    for row in rows:
        told = [pair for pair in zip(columns, row, strict=True) if pair[1]]
        console.print(Rule(style="none"), _list(told))


def _least(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[int]:
    """Yield how wide each column is that breaks no word, but for those that none can hold."""
    for column in zip(columns, *rows, strict=True):
        words = (word for cell in column for word in cell.split())
        yield max((min(cell_len(word), _WORD) for word in words), default=1)


def _widths(
    columns: Sequence[str], rows: Sequence[Sequence[str]], least: list[int], space: int
) -> list[int]:
    """Return how wide to make each column: the least it needs, and a share of what is left."""
    widths, left = [*least], space - sum(least)
    wanted = [max(map(cell_len, column)) for column in zip(columns, *rows, strict=True)]
    by_wish = sorted(range(len(widths)), key=lambda at: wanted[at] - least[at])
    for others, at in zip(range(len(by_wish), 0, -1), by_wish, strict=True):
        more = min(max(wanted[at] - least[at], 0), left // others)
        widths[at], left = widths[at] + more, left - more
    return widths


def _list(told: Iterable[tuple[str, str]]) -> Table:
    table = Table.grid(padding=(0, 2))
    for name, value in told:
        table.add_row(Text(name, "bold"), Text(value, overflow="fold"))
    return table


def _table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], widths: Iterable[int]
) -> Table:
    table = Table(box=SIMPLE, pad_edge=False, show_edge=False)
    for column, width in zip(columns, widths, strict=True):
        table.add_column(column, overflow="fold", width=width)
    for row in rows:
        table.add_row(*map(Text, row))
    return table
