"""How often a bundle of STIX is looked through for what revoked objects leave standing."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from loaders import stix_revoked
from loaders.stix_bundle import Bundle
from tests.test_loaders_stix_dialects import bundled, loaded, made

TIDE: Final = made("campaign", 1, name="Low Tide")


def links(number: int) -> list[dict[str, Any]]:
    """Return as many channels that the campaign uses, each second of them no longer."""
    found: list[dict[str, Any]] = []
    for one in range(2, number + 2):
        channel = made("channel", one, name=f"Gull {one}")
        ends = {"source_ref": TIDE["id"], "target_ref": channel["id"]}
        link = made("relationship", one, relationship_type="uses", **ends)
        found += [channel, {**link, "revoked": one % 2 == 0}]
    return found


def test_revoked_objects_have_the_rest_read_once_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_up: list[Bundle] = []
    monkeypatch.setattr(
        stix_revoked, "replace", lambda one, **told: _noted(made_up, one, **told)
    )
    found = loaded(bundled(tmp_path, TIDE, *links(40)))
    assert len(found.saying("uses")) == 40
    assert len(made_up) == 1


def _noted(made_up: list[Bundle], one: Any, **told: Any) -> Any:
    copy = replace(one, **told)
    if isinstance(copy, Bundle):
        made_up.append(copy)
    return copy
