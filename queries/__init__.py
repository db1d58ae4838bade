"""Questions: one `.rq` file each, standard SPARQL under a header that says what is asked.

    queries.question("everything_about_an_entity").ask(snapshot, {"entity": "org/ispr"})

The files of `audits/` ask for faults and must find none.
"""

from collections.abc import Container, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from onrecord.errors import UnknownQuestion
from onrecord.store import Snapshot
from queries.answer import Answer, Row
from queries.parameters import Parameter
from queries.stored import Question

__all__ = [
    "Answer",
    "Parameter",
    "Question",
    "Row",
    "audits",
    "catalogue",
    "findings",
    "question",
]

_AT_ONCE: Final = 2
FOLDER: Final = Path(__file__).parent


@cache
def catalogue() -> Mapping[str, Question]:
    """Return every question by its name."""
    found = (Question.read(path) for path in sorted(FOLDER.glob("*.rq")))
    return MappingProxyType({question.name: question for question in found})


def question(name: str) -> Question:
    """Return the question of a name; raises UnknownQuestion."""
    if name not in catalogue():
        raise UnknownQuestion(f"question {name!r}: known are {', '.join(catalogue())}")
    return catalogue()[name]


@cache
def audits() -> tuple[Question, ...]:
    """Return the questions that must find nothing."""
    return tuple(Question.read(path) for path in sorted(FOLDER.glob("audits/*.rq")))


def findings(snapshot: Snapshot, without: Container[str] = ()) -> list[tuple[Question, Row]]:
    """Return what the audits find, each with the audit that found it; two are asked at once."""
    asked = [audit for audit in audits() if audit.name not in without]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(lambda audit: audit.ask(snapshot, {}).rows, asked)
        return [(audit, row) for audit, rows in zip(asked, found, strict=True) for row in rows]
