"""Each question, asked of the bundled case, answers what was written down in `tests/queries/`.

A file is a triple: what is asked, which columns are looked at, and the rows in their order. The
rows were checked by hand against the articles and the coder's table. G is the article of Gulf
Today, T that of ThePrint; things stand under their key, without the hash behind it.
"""

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

import queries
from onrecord.store import Snapshot
from ontology import PREFIXES
from ontology.identity import DEFAULT_BASE

FILES: Final = sorted(Path(__file__).with_name("queries").glob("*.json"))
ARTICLES: Final = {
    "ee7b36810a7361aa94c1c0e33b298d583b9d5ab3b6c8ca04a3972988fd4db11f": "G",
    "02aeabe3be4cb1110b7b008bfa2715a776376880493b9b484e4fa4a89c36749c": "T",
}
# prefixes that are part of another have to wait for it
NAMES: Final = sorted(PREFIXES.items(), key=lambda pair: -len(pair[1]))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_question_answers_what_was_written_down(file: Path, case: Snapshot) -> None:
    found = json.loads(file.read_text("utf-8"))
    asked = {key: spelled_out(value) for key, value in found["asked"].items()}
    answer = queries.question(file.stem.partition(".")[0]).ask(case, asked)
    places = [answer.columns.index(column) for column in found["columns"]]
    rows = [[spelled(row[place]) for place in places] for row in answer.rows]
    assert rows == found["answered"]


def test_each_question_has_an_answer_that_was_written_down() -> None:
    assert {file.stem.partition(".")[0] for file in FILES} == set(queries.catalogue())


def spelled_out(value: str) -> str:
    """Return what a file asks, with the hash of an article in place of its letter."""
    letters = {letter: f"doc/{digest}" for digest, letter in ARTICLES.items()}
    return letters.get(value, value)


def spelled(value: NamedNode | Literal | BlankNode | Triple | None) -> Any:
    """Return a term as the files spell it: a number, a text, a word, or a thing's key."""
    match value:
        case None:
            return None
        case Literal():
            whole = value.datatype.value.endswith("#integer")
            return int(value.value) if whole else value.value
        case NamedNode():
            return _short(value.value)
        case _:
            raise TypeError(f"{value}: the record has no such term")


def _short(iri: str) -> str:
    for prefix, whole in NAMES:
        if iri.startswith(whole):
            return f"{prefix}:{iri.removeprefix(whole)}"
    path = iri.removeprefix(DEFAULT_BASE)
    if path.startswith("doc/"):
        digest, _, characters = path.removeprefix("doc/").partition("#char=")
        letter = ARTICLES.get(digest, "a file of the case")
        return f"{letter} {characters}".strip() if letter in ARTICLES.values() else letter
    return re.sub(r"-[0-9a-f]{12}$", "", path)
