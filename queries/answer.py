"""What a question is answered with."""

from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Row: TypeAlias = tuple[NamedNode | Literal | BlankNode | Triple | None, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of terms under the names of their columns; None where a cell is empty."""

    columns: tuple[str, ...]
    rows: list[Row]
