"""What MISP writes in STIX of its own: the same pages, posts and values as in its events."""

from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal

from ontology import term
from tests.bundles import MINT, id_of, identified, of_record
from tests.loading import Read
from tests.test_loaders_misp import event_of
from tests.test_loaders_misp import loaded as of_misp
from tests.test_loaders_stix_dialects import Stix, back, bundled, loaded, made

PAGE: Final = {"page-name": "Harbour News", "page-id": "103456789012345", "creator": "A. Pier"}


def listed(told: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"type": "text", "object_relation": relation.replace("_", "-"), "value": value}
        for relation, value in told.items()
    ]


def own(number: int, name: str, **told: str) -> Stix:
    return made("x-misp-object", number, x_misp_name=name, x_misp_attributes=listed(told))


def hidden(found: Read) -> list[str]:
    return [one.value for one in found.quarantined if one.column == "x_misp_attributes"]


def test_a_page_is_the_same_in_an_event_of_misp_and_in_its_stix(tmp_path: Path) -> None:
    told = {"uuid": "u-1", "name": "facebook-page", "Attribute": listed(PAGE)}
    (there,) = of_misp(tmp_path, event_of(Object=[told])).saying("displayName")
    found = loaded(bundled(tmp_path, own(1, "facebook-page", **PAGE)))
    (here,) = found.saying("displayName")
    assert here.claim == there.claim
    fields = {
        dict(said.claim.qualifiers)[term("inField")]: said.claim.object
        for said in found.saying("describedAs", here.claim.subject)
    }
    assert fields[Literal("creator")] == Literal("A. Pier")
    assert found.quarantined == []


def test_an_object_of_misp_comes_back_with_all_that_is_kept(tmp_path: Path) -> None:
    account = own(1, "instagram-account", account_name="pier.pics")
    told: Any = account["x_misp_attributes"]
    secret = {"type": "text", "object_relation": "password", "value": "hunter"}
    path = bundled(tmp_path, {**account, "x_misp_attributes": [*told, secret]})
    found = loaded(path)
    assert hidden(found) == ["password"]
    came = back(tmp_path, path)[id_of("x-misp-object", 1)]
    assert came["x_misp_attributes"] == [*told, {**secret, "value": "(withheld)"}]
    assert "hunter" not in str(found.records)


def test_the_words_of_a_post_are_not_kept_and_its_address_is(tmp_path: Path) -> None:
    post = own(
        1, "twitter-post", post="Low tide!", post_id="17", url="https://x.com/a/status/17"
    )
    found = loaded(bundled(tmp_path, post))
    node = identified(found, "x-misp-object", 1)
    assert found.said("rdf:type", node) == [term("schema:SocialMediaPosting")]
    assert hidden(found) == ["post"]
    assert "Low tide" not in str([one.claim for one in found.attestations])


def test_relations_to_an_object_of_misp_are_claims(tmp_path: Path) -> None:
    meme, group = own(1, "meme-image", title="A crane"), made("intrusion-set", 2, name="Cranes")
    ends = {"source_ref": group["id"], "target_ref": meme["id"]}
    found = loaded(
        bundled(
            tmp_path, meme, group, made("relationship", 3, relationship_type="uses", **ends)
        )
    )
    node = identified(found, "x-misp-object", 1)
    assert found.said("uses") == [node]
    assert found.said("rdf:type", node) == [term("Observable")]


def test_an_attribute_of_misp_names_what_its_type_says(tmp_path: Path) -> None:
    def value(number: int, kind: str, value: str) -> Stix:
        return made("x-misp-attribute", number, x_misp_type=kind, x_misp_value=value)

    path = bundled(
        tmp_path, value(1, "twitter-id", "pier"), value(2, "threat-actor", "CRANE"),
        value(3, "passport-number", "X1234567"),
    )  # fmt: skip
    found = loaded(path)
    account = MINT.account("twitter", handle="pier")
    assert identified(found, "x-misp-attribute", 1) == account
    (said,) = [one for one in of_record(found, "x-misp-attribute", 2) if one.claim.qualifiers]
    assert said.claim.object == Literal("CRANE")
    assert found.saying("hasBehindIt") == []
    assert "X1234567" not in str([one.claim for one in found.attestations])


def test_an_object_of_looks_without_attributes_is_the_object_that_it_is(tmp_path: Path) -> None:
    found = made("campaign", 1, name="Gullfoss", x_misp_name="tattoo")
    path = bundled(tmp_path, found)
    assert back(tmp_path, path)[id_of("campaign", 1)]["name"] == "Gullfoss"
