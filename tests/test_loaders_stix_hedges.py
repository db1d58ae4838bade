"""Relationships of STIX whose description only says that they may not hold."""

from pathlib import Path

import pytest

from ontology import term
from tests.bundles import detail, id_of, of_record
from tests.test_loaders_stix_dialects import back, bundled, loaded, made


def attributed(description: str) -> tuple[dict[str, object], ...]:
    ends = {"source_ref": id_of("campaign", 1), "target_ref": id_of("threat-actor", 2)}
    told = {"relationship_type": "attributed-to", "description": description}
    return (
        made("campaign", 1, name="Low Tide"),
        made("threat-actor", 2, name="Crane Watch"),
        made("relationship", 3, **ends, **told),
    )


@pytest.mark.parametrize(
    ("description", "stance"),
    [
        ("Suspected.", "Assertion"),
        ("low confidence", "Assertion"),
        ("(possibly)", "Assertion"),
        ("unlikely", "Question"),
        ("ruled out", "Question"),
        ("falsely attributed", "Question"),
        ("denied", "Question"),
    ],
)
def test_a_description_that_is_a_hedge_is_one(
    tmp_path: Path, description: str, stance: str
) -> None:
    path = bundled(tmp_path, *attributed(description))
    (said,) = of_record(loaded(path), "relationship", 3)
    assert (said.stance, said.claim.predicate) == (term(stance), term("hasBehindIt"))
    assert detail(said, "hedge") == {description}
    assert back(tmp_path, path)[id_of("relationship", 3)]["description"] == description


@pytest.mark.parametrize(
    "description", ["Likely Crane Watch ran it from the pier.", "As told."]
)
def test_a_description_that_says_more_is_no_hedge(tmp_path: Path, description: str) -> None:
    (said,) = of_record(loaded(bundled(tmp_path, *attributed(description))), "relationship", 3)
    assert detail(said, "hedge") == set()
    assert detail(said, "explanation") == {description}
