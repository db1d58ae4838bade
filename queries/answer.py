"""What a question is answered with."""

from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Row: TypeAlias = tuple[NamedNode | Literal | BlankNode | Triple | None, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of terms under the names of their columns; None where a cell is empty.

    Where there are no rows, `unheard` is what was asked for and stands nowhere in the record.
    """

    columns: tuple[str, ...]
    rows: list[Row]
    unheard: tuple[str, ...] = ()
