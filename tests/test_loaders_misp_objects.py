"""Objects of MISP events, of templates that are known and of others."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from pyoxigraph import Literal

from loaders.evidence import name_of
from loaders.given import Given, Terms
from ontology.identity import Mint
from tests.loading import Read, Sample, read, read_written, short

DATA: Final = Path(__file__).with_name("data") / "misp"
MINT: Final = Mint()
HOST: Final = ("domain", "domain", 1, "quay.example")


def loaded(folder: Path, *objects: dict[str, Any]) -> Read:
    """Return what an event with some objects is read as; it is called `i`."""
    event = {"uuid": "u", "info": "i", "Orgc": {"name": "A"}, "Object": list(objects)}
    return read_written("misp", folder / "file.json", {"Event": event})


def listing(folder: Path, *attributes: dict[str, Any]) -> Read:
    """Return what an event with some attributes is read as; a server has it."""
    made = {"uuid": "u", "info": "i", "Orgc": {"name": "A"}, "Attribute": list(attributes)}
    return read_written("misp", folder / "file.json", {"Event": made})


def seen(kind: str, **fields: Any) -> dict[str, Any]:
    """Return a domain with a sighting of a type: 0 seen, 1 no indicator, 2 none any more."""
    told = {"type": kind, "date_sighting": "1933200000", "source": "a trap", **fields}
    told = {"Organisation": {"name": "Quay CERT"}, **told}
    return {"uuid": "d", "type": "domain", "value": "pier.example.org", "Sighting": [told]}


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


def test_a_hashtag_of_which_nothing_shows_costs_its_object_nothing(tmp_path: Path) -> None:
    post = object_of("twitter-post", hashtag="\u200b", username="quay", **{"post-id": "9001"})
    user = object_of("twitter-account", hashtag="\u00ad#", name="quay", id="1234")
    found = loaded(tmp_path, post, user)
    assert [(one.column, one.value) for one in found.quarantined] == [("hashtag", "\u00ad#")]
    assert "\u200b" in {one.value for one in found.said("describedAs")}
    assert found.saying("posted") and found.saying("handle")


def test_a_user_of_a_platform_that_we_do_not_have_is_an_account(tmp_path: Path) -> None:
    user = object_of("gitlab-user", id="1234", name="Harbour Watch", username="quay")
    found = loaded(tmp_path, user)
    (account,) = {said.claim.subject for said in found.saying("listedIn")}
    assert account == MINT.account("gitlab", id="1234", handle="quay")
    assert not found.said("describedAs", found.named("i"))


def test_a_sighting_is_told_by_who_saw_it(tmp_path: Path) -> None:
    found = listing(tmp_path, seen("0"))
    (said,) = found.saying("sightedBy")
    quay = MINT.named("org", "Quay CERT")
    assert (said.claim.object, said.speaker) == (quay, quay)
    assert [(short(key), value.value) for key, value in said.claim.qualifiers] == [
        ("atTime", "2031-04-06T00:00:00Z")
    ]
    assert found.quarantined == []


@pytest.mark.parametrize(
    ("kind", "reason"), [("1", "no indicator"), ("2", "no longer an indicator")]
)
def test_a_false_positive_is_no_sighting_and_not_lost(
    tmp_path: Path, kind: str, reason: str
) -> None:
    found = listing(tmp_path, seen(kind))
    assert found.saying("sightedBy") == []
    (lost,) = found.quarantined
    assert lost.column == "Sighting" and reason in lost.reason


def test_a_sighting_by_nobody_or_of_nothing_is_quarantined(tmp_path: Path) -> None:
    found = listing(tmp_path, seen("0", Organisation={}), {**seen("0"), "type": "mutex"})
    assert [one.reason for one in found.quarantined if one.column == "Sighting"] == [
        "does not say by whom",
        "is of a value that is not taken",
    ]


def test_what_is_not_read_of_an_attribute_is_said(tmp_path: Path) -> None:
    more = {"ShadowAttribute": [{"value": "x"}], "decay_score": [{"score": 3}], "Feed": []}
    found = listing(tmp_path, {**seen("0"), **more})
    assert {one.column for one in found.quarantined} == {"ShadowAttribute", "decay_score"}


def test_what_stands_on_an_attribute_of_an_object_is_kept(tmp_path: Path) -> None:
    tagged = {**seen("0"), "object_relation": "domain", "first_seen": "2031-01-02T03:04:05Z"}
    tagged["Tag"] = [{"name": "quay:colour"}]
    unread: dict[str, Any] = {
        "uuid": "m",
        "type": "mutex",
        "object_relation": "mutex",
        "value": "m",
    }
    unread["Tag"] = [{"name": "quay:size"}]
    found = loaded(tmp_path, {"name": "harbour", "uuid": "o", "Attribute": [tagged, unread]})
    (listed,) = found.saying("listedIn")
    domain = listed.claim.subject
    assert [said.claim.object.value for said in found.saying("describedAs")] == ["quay:colour"]
    assert {said.claim.subject for said in found.saying("describedAs")} == {domain}
    assert found.said("sightedBy", domain)
    assert "observedFrom" in {short(key) for key, _ in listed.details}
    assert [one.column for one in found.quarantined if one.value != "m"] == ["Tag"]


def test_objects_of_a_search_are_of_the_events_that_list_them(tmp_path: Path) -> None:
    page = object_of("facebook-page", link="https://facebook.example/quay", name="Quay News")
    one, other = (
        {**page, "uuid": number, "meta-category": "misc", "event_id": number}
        for number in ("1", "2")
    )
    path = tmp_path / "file.json"
    given = Given(terms=Terms(publisher="Harbour CERT"))
    path.write_text(json.dumps({"response": [{"Object": one}, {"Object": other}]}), "utf-8")
    found = read(Sample("misp", path, given))
    assert len(set(found.said("listedIn"))) == 2
    assert {short(kind) for kind in found.said("rdf:type")} >= {"Account", "Report"}
    assert (found.total, found.quarantined) == (2, [])


def test_attributes_of_several_events_are_not_of_one(tmp_path: Path) -> None:
    values = [
        {"type": "domain", "value": f"quay{number}.example.org", "event_id": number}
        for number in ("1", "2")
    ]
    path = tmp_path / "file.json"
    given = Given(terms=Terms(publisher="Harbour CERT"))
    path.write_text(json.dumps({"response": [{"Attribute": one} for one in values]}), "utf-8")
    found = read(Sample("misp", path, given))
    assert len(set(found.said("listedIn"))) == 2
    assert found.quarantined == []


def test_a_secret_of_an_object_is_one_where_a_search_lists_it_alone(tmp_path: Path) -> None:
    values = [
        {"uuid": word, "type": "text", "value": f"the {word}", "object_relation": word}
        for word in ("password", "nationality", "title")
    ]
    found = listing(tmp_path, *values)
    assert [said.claim.object.value for said in found.saying("describedAs")] == ["the title"]
    assert [(one.column, one.value, one.record) for one in found.quarantined] == [
        ("password", "(withheld)", ""),
        ("nationality", "(withheld)", ""),
    ]


def turned(value: Any) -> Any:
    """Return a value with each of its arrays the other way round."""
    if isinstance(value, dict):
        return {key: turned(one) for key, one in value.items()}
    return [turned(one) for one in reversed(value)] if isinstance(value, list) else value


def test_no_name_of_evidence_depends_on_the_order_of_a_server(tmp_path: Path) -> None:
    whole = json.loads((DATA / "harbour-events.json").read_text("utf-8"))
    named = []
    for folder, value in ((tmp_path / "one", whole), (tmp_path / "other", turned(whole))):
        folder.mkdir()
        found = read_written("misp", folder / "harbour-events.json", value)
        said = [one for one in found.attestations if getattr(one.place, "key", "")]
        named.append({name_of(one, MINT) for one in said})
    assert named[0] == named[1]


def test_what_is_nested_too_deeply_costs_nothing_else(tmp_path: Path) -> None:
    event = {"uuid": "u", "info": "i", "Orgc": {"name": "A"}, "Attribute": [value(*HOST), None]}
    deep = {**value(*HOST), "uuid": "deep", "strange": "DEEP"}
    text = json.dumps({"Event": event}).replace("null", json.dumps(deep))
    path = tmp_path / "file.json"
    nested = '{"a":' * 700 + "0" + "}" * 700
    path.write_text(text.replace('"DEEP"', nested), encoding="utf-8")
    found = read(Sample("misp", path))
    assert len(found.said("listedIn")) == 1
    assert found.reasons == {"is nested too deeply": 1}
    assert all(one.record for one in found.quarantined)


def test_a_domain_had_each_of_the_addresses_beside_it(tmp_path: Path) -> None:
    ips = [value("ip-dst", "ip", number, f"192.0.2.{number}") for number in (1, 2)]
    domains = [
        value("domain", "domain", 10 + number, f"quay{number}.example") for number in (1, 2)
    ]
    found = loaded(tmp_path, {**object_of("domain-ip"), "Attribute": [domains[0], *ips]})
    assert len(found.said("resolvedTo")) == 2
    found = loaded(tmp_path, {**object_of("domain-ip"), "Attribute": [*domains, *ips]})
    assert found.said("resolvedTo") == []
    assert found.reasons == {"do not say which of them had which": 1}


def test_one_domain_in_two_spellings_had_the_addresses_beside_it(tmp_path: Path) -> None:
    ips = [value("ip-dst", "ip", number, f"192.0.2.{number}") for number in (1, 2)]
    spelled = enumerate(("quay.example", "Quay.example"), start=11)
    domains = [value("domain", "domain", number, text) for number, text in spelled]
    found = loaded(tmp_path, {**object_of("domain-ip"), "Attribute": [*domains, *ips]})
    assert len(found.said("resolvedTo")) == 2
    assert found.quarantined == []


def test_a_domain_had_no_address_from_which_a_connection_came(tmp_path: Path) -> None:
    told = [
        value("domain", "domain", 1, "quay.example"),
        value("ip-src", "ip-src", 2, "192.0.2.2"),
        value("ip-dst", "ip-dst", 3, "192.0.2.3"),
    ]
    found = loaded(tmp_path, {**object_of("ip-port"), "Attribute": told})
    (node,) = found.said("resolvedTo")
    assert found.said("address", node) == [Literal("192.0.2.3")]  # type: ignore[arg-type]


def value(kind: str, relation: str, number: int, text: str) -> dict[str, Any]:
    uuid = f"{number:08}-0000-4000-8000-{number:012}"
    return {"uuid": uuid, "type": kind, "object_relation": relation, "value": text}
