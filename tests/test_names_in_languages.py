"""A thing may have names in several languages, each of them a claim of its own."""

from pathlib import Path

import pytest
from pyoxigraph import Literal

from loaders import case
from loaders.records import Attestation, Record
from onrecord.errors import BadInput
from ontology import term
from tests.harbour import WITH_TEXTS, changed, copied

ENGLISH = "name: The Harbour Guild"
BOTH = "name: {en: The Harbour Guild, ur: بندرگاہ, ur-Latn: Bandargah}"


def named(records: list[Record]) -> set[Literal]:
    """Return the names that are claimed, aliases left out."""
    return {
        record.claim.object
        for record in records
        if isinstance(record, Attestation)
        and record.claim.predicate == term("name")
        and isinstance(record.claim.object, Literal)
    }


def test_each_language_of_a_name_is_a_claim(tmp_path: Path) -> None:
    before = named(list(case.load(copied(tmp_path / "before"), WITH_TEXTS)))
    folder = copied(tmp_path / "after")
    changed(folder / "things.yaml", ENGLISH, BOTH)
    after = named(list(case.load(folder, WITH_TEXTS)))
    assert before < after
    assert after - before == {
        Literal("بندرگاہ", language="ur"),
        Literal("Bandargah", language="ur-latn"),
    }


@pytest.mark.parametrize("tag", ["urdu script", "u", "ur_PK", "1"])
def test_what_is_no_tag_of_a_language_is_refused(tmp_path: Path, tag: str) -> None:
    folder = copied(tmp_path)
    changed(folder / "things.yaml", ENGLISH, f"name: {{'{tag}': Bandargah}}")
    with pytest.raises(BadInput, match=rf"guild\.name.*'{tag}' is not the tag of a language"):
        list(case.load(folder, WITH_TEXTS))
