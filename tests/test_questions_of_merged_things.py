"""Whoever asks about one of two things that were judged to be one is told about both."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal

import queries
from loaders.evidence import Evidence
from onrecord import vocabulary
from onrecord.portions import Portions
from onrecord.run import Run
from onrecord.store import Draft, GenerationStore
from tests.world import MINT, World, claim, document, is_a, said, same, thing

_BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_LATER: Final = claim("net", "linkedTo", "handle-2")
_COUNT: Final = claim("handle-2", "followerCount", 5)
_LOADED: Final[tuple[Evidence, ...]] = (
    *(is_a(name, "Account") for name in ("handle-1", "handle-2", "ann")),
    said(_LATER, "ann"),
    said(_LATER, "handle-2", stance="Denial", at=20),
    said(_COUNT, "ann", at=40),
    said(_COUNT, "handle-2", stance="Denial", at=60),
    said(claim("other", "linkedTo", "ann"), "handle-2", at=80),
    said(claim("other", "linkedTo", "ann"), "ann", stance="Denial", at=90),
    same("handle-1", "handle-2"),
    same("ann", "handle-2", "different"),
)
_ASKED: Final = (
    ("assertions_and_denials", "asserter", 1),
    ("assertions_and_denials", "denier", 2),
    ("known_and_true", "subject", 4),
    ("networks_attributed_to_the_same_actor", "actor", 2),
    ("own_words_and_reported_words", "actor", 3),
    ("verdicts_on_identity", "thing", 2),
)


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Draft]:
    folder: Path = tmp_path_factory.mktemp("merged")
    with GenerationStore(folder).write("x") as draft:
        draft.load_octets([vocabulary.renew(draft)])
        run = Run(Portions(draft, MINT), "x", "y", _BEGIN, strict=True)
        run.take(_LOADED)
        run.portions.settle()
        run.documents.update({document("paper"), document("notes")})
        run.finish(None, _BEGIN)
        yield draft
        draft.abandon()


@pytest.mark.parametrize("handle", ["handle-1", "handle-2"])
@pytest.mark.parametrize(("name", "parameter", "lines"), _ASKED)
def test_a_merged_thing_is_asked_for_under_either_name(
    draft: Draft, name: str, parameter: str, lines: int, handle: str
) -> None:
    given = {"known_on": "2100-01-01"} if name == "known_and_true" else {}
    given[parameter] = thing(handle).value
    answer = queries.question(name).ask(draft, given)
    assert len(answer.rows) == lines, answer.rows


def test_a_denial_under_another_name_is_not_that_of_a_third_party(world: World) -> None:
    accused = claim("net", "linkedTo", "handle-1")
    world.load(said(accused, "ann"), said(accused, "handle-2", stance="Denial", at=20))
    question = queries.question("denials_by_third_parties")
    assert len(question.ask(world.draft, {}).rows) == 1
    world.load(same("handle-1", "handle-2"))
    assert question.ask(world.draft, {}).rows == []


def test_a_denial_meets_the_assertion_of_what_is_the_same_thing(world: World) -> None:
    first, second = (claim(f"handle-{at}", "followerCount", 9) for at in (1, 2))
    world.load(said(first, "ann"), said(second, "bob", stance="Denial", at=20))
    question = queries.question("assertions_and_denials")
    assert question.ask(world.draft, {}).rows == []
    world.load(same("handle-1", "handle-2"))
    answer = question.ask(world.draft, {})
    assert [row[answer.columns.index("tie")] for row in answer.rows] == [
        Literal("the same claim")
    ]
