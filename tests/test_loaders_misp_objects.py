"""Objects of MISP events, of templates that are known and of others."""

import json
from pathlib import Path
from typing import Any, Final

from ontology.identity import Mint
from tests.loading import Read, Sample, read, short

MINT: Final = Mint()


def loaded(folder: Path, *objects: dict[str, Any]) -> Read:
    """Return what an event with some objects is read as; it is called `i`."""
    event = {"uuid": "u", "info": "i", "Orgc": {"name": "A"}, "Object": list(objects)}
    path = folder / "file.json"
    path.write_text(json.dumps({"Event": event}), encoding="utf-8")
    return read(Sample("misp", path))


def object_of(template: str, /, **values: str) -> dict[str, Any]:
    """Return an object of a template, with texts."""
    told = [{"type": "text", "object_relation": key, "value": values[key]} for key in values]
    return {"name": template, "uuid": f"of {template}", "Attribute": told}


def test_words_on_an_object_of_a_template_that_is_not_known_are_not_of_its_event(
    tmp_path: Path,
) -> None:
    crane = object_of("harbour-crane", colour="red", phone="0112233445")
    found = loaded(tmp_path, crane)
    (said,) = found.saying("describedAs")
    assert found.named("harbour-crane") == said.claim.subject
    assert [short(kind) for kind in found.said("rdf:type", said.claim.subject)] == [
        "Observable"
    ]
    assert found.said("listedIn", said.claim.subject) == [found.named("i")]
    assert [(one.column, one.value) for one in found.quarantined] == [("phone", "(withheld)")]


def test_a_user_of_a_platform_that_we_do_not_have_is_an_account(tmp_path: Path) -> None:
    user = object_of("gitlab-user", id="1234", name="Harbour Watch", username="quay")
    found = loaded(tmp_path, user)
    (account,) = {said.claim.subject for said in found.saying("listedIn")}
    assert account == MINT.account("gitlab", id="1234", handle="quay")
    assert not found.said("describedAs", found.named("i"))
