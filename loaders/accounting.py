"""Accounts for every record of a file: each is mapped, quarantined or blank."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeVar

from loaders.records import Accounted, Fate, Quarantined, Record, Skipped, Total
from loaders.table import Refused
from loaders.voice import Voice
from onrecord.errors import Unaccounted


class Written(Protocol):
    """A record as its file has it."""

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Making:
    """A record as its file has it, and what it tells once it is asked."""

    text: str
    make: Callable[[], Iterable[Record]]

    def told(self) -> Iterator[Record]:
        """Yield what it tells; raises Refused."""
        return iter(self.make())


Row = TypeVar("Row", bound=Written)
_ASIDE: Final = (Quarantined, Skipped)  # to make a union of them each time takes longer


def account(
    file: str,
    rows: Iterable[Row | Quarantined | Skipped],
    tell: Callable[[Row], Iterator[Record]],
    voice: Voice | None = None,
) -> Iterator[Record]:
    """Yield what the records of a file tell, each followed by what became of it.

    A record is told whole or not at all: Refused, raised at any point, quarantines it, and the
    voice in which it would have been told forgets whom it introduced. Where
    some cells are quarantined and the rest is told, it counts as mapped. Raises Unaccounted
    when one vanishes: told nothing, quarantined nothing, not declared blank.
    """
    count = 0
    mapped = Accounted(file, Fate.MAPPED)
    for count, row in enumerate(rows, start=1):  # noqa: B007
        told: list[Record]
        if isinstance(row, _ASIDE):
            told = [row]
        else:
            if voice:
                voice.begin()
            try:
                told = list(tell(row))
            except Refused as error:
                told = [error.record]
                if voice:
                    voice.forget()
        fate = _fate(told, row)
        if fate is Fate.QUARANTINED and not isinstance(row, _ASIDE):
            text = "" if _is_never_taken(told) else row.text
            told = [_with_record(one, text) for one in told]
        yield from told
        yield mapped if fate is Fate.MAPPED else Accounted(file, fate)  # mostly so
    yield Total(file, count)


def _is_never_taken(told: list[Record]) -> bool:
    """Return whether no mending would have it: what is withheld stands nowhere else either."""
    return all(one.is_withheld for one in told if isinstance(one, Quarantined))


def _with_record(one: Record, text: str) -> Record:
    return replace(one, record=text) if isinstance(one, Quarantined) else one


def _fate(told: list[Record], row: object) -> Fate:
    for record in told:
        if not isinstance(record, _ASIDE):
            return Fate.MAPPED
    if any(isinstance(record, Quarantined) for record in told):
        return Fate.QUARANTINED
    if told:
        return Fate.BLANK
    raise Unaccounted(f"a record came to nothing: {row!r:.200}")
