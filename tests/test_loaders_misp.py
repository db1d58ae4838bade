"""Galaxies and events of MISP: what their entries, attributes and objects are read as."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from pyoxigraph import Literal

import queries
from loaders import assets, misp
from loaders.given import Given, Terms
from loaders.records import Attestation, Fate, Sheet
from onrecord.errors import BadInput
from onrecord.ingest import ingest
from onrecord.store import GenerationStore
from ontology import term
from ontology.identity import Mint
from tests.loading import Read, Sample, read, read_written, short

DATA: Final = Path(__file__).with_name("data") / "misp"
MINT: Final = Mint()
ACTOR: Final = MINT.activity("entry", "00000000-1111-4222-8333-0000000000a1")
PIER: Final = MINT.activity("entry", "00000000-1111-4222-8333-0000000000b2")
EVENT: Final = MINT.activity("misp-event", "00000000-5555-4222-8333-000000000001")
CERT: Final = MINT.named("org", "Harbour CERT")


@pytest.fixture(scope="module")
def actors() -> Read:
    return read(Sample("misp", DATA / "harbour-actors.json"))


@pytest.fixture(scope="module")
def events() -> Read:
    return read(Sample("misp", DATA / "harbour-events.json"))


def detail(said: Attestation, key: str) -> str:
    return next((value.value for name, value in said.details if name == term(key)), "")


def event_of(**fields: Any) -> dict[str, Any]:
    return {"Event": {"uuid": "u", "info": "i", "Orgc": {"name": "A"}, **fields}}


def loaded(tmp_path: Path, value: object, given: Given | None = None) -> Read:
    return read_written("misp", tmp_path / "file.json", value, given)


def test_each_name_is_said_by_who_uses_it_and_by_the_catalogue(actors: Read) -> None:
    told = {(short(said.claim.object), short(said.speaker)) for said in actors.saying("alias")}
    unnamed = short(MINT.activity("entry", "11111111-2222-4333-8444-555555555555"))
    assert told == {
        ("QUAY PANDA", "crowdstrike"),
        ("BRONZE CRANE", "secureworks"),
        ("Crane Crew", unnamed),
        ("QUAY PANDA", "misp-project"),
        ("BRONZE CRANE", "misp-project"),
        ("Crane Crew", "misp-project"),
    }


def test_a_producer_speaks_through_the_catalogue(actors: Read) -> None:
    depths = {short(one.speaker): one.depth for one in actors.saying("alias")}
    assert depths["crowdstrike"] == 1 and depths["misp-project"] == 0


def test_a_suspected_sponsor_stays_suspected_and_is_only_a_link(actors: Read) -> None:
    (said,) = actors.saying("linkedTo")
    assert said.claim.object == MINT.named("place", "Iran")
    assert detail(said, "hedge") == "suspected"
    for stronger in ("hasBehindIt", "operatedBy", "controlledBy", "directedBy"):
        assert not actors.said(stronger)


def test_the_catalogues_confidence_is_not_made_ours(actors: Read) -> None:
    for said in (*actors.saying("linkedTo"), *actors.saying("originatedIn")):
        assert detail(said, "statedConfidence") == "50"
        assert detail(said, "statedConfidenceScale").endswith("from 0 to 100")
    assert all(not detail(said, "confidence") for said in actors.attestations)


def test_a_similar_entry_is_not_the_same(actors: Read) -> None:
    (said,) = actors.saying("similarTo", ACTOR)
    assert (said.claim.object, detail(said, "hedge")) == (PIER, "likely")
    assert not any(type(record).__name__ == "IdentityJudgement" for record in actors.records)


def test_a_relation_of_an_unknown_kind_keeps_its_word(actors: Read) -> None:
    (said,) = actors.saying("dcterms:relation")
    assert said.claim.qualifiers == ((term("relationType"), Literal("is-allied-with")),)


def test_a_field_without_a_word_is_kept_under_its_name(actors: Read) -> None:
    told = {
        (short(said.claim.object), short(next(iter(said.claim.qualifiers))[1]))
        for said in actors.saying("describedAs", ACTOR)
    }
    assert ("Espionage", "motive") in told
    assert ("campaign", "threat-actor-classification") in told


def test_what_an_entry_says_amiss_is_quarantined(actors: Read) -> None:
    assert [(one.column, one.reason) for one in actors.quarantined] == [
        ("name-attribution", "is no name with the uuid of who uses it after it"),
        ("refs", "is no web address"),
        ("tags", "is a tag of which a relation makes nothing"),
        ("related", "lacks the uuid of the other, or the relation's type"),
        ("attribution-confidence", "is no whole number from 0 to 100"),
        ("cfr-suspected-state-sponsor", "names no country"),
        ("country", "names no country"),
        ("odd", "has to be a text"),
        ("value", "is empty: the entry has no name"),
        ("", "has to be an object"),
    ]


def test_the_maker_of_an_event_speaks(events: Read) -> None:
    (said,) = events.saying("listedIn", assets.domain("quay-news.example.com", MINT))
    assert (said.speaker, said.depth, said.claim.object) == (CERT, 1, EVENT)
    assert detail(said, "note") == "copies a newspaper"
    assert detail(said, "observedFrom") == "2031-01-02T03:04:05.000000+00:00"
    assert detail(said, "assertedAt") == "2031-04-06T00:00:01Z"


def test_the_strictest_marking_found_is_that_of_the_file(events: Read) -> None:
    (sheet,) = (record for record in events.records if isinstance(record, Sheet))
    assert sheet.markings == (term("tlpAmber"),)


def test_accounts_are_those_that_other_sources_name(events: Read) -> None:
    listed = {said.claim.subject for said in events.saying("listedIn")}
    assert {
        MINT.account("twitter", id="900000000000000001"),
        MINT.account("twitter", handle="quay_watch"),
        MINT.account("facebook", id="1000200030004"),
        MINT.account("telegram", handle="quaywatch"),
        MINT.account("youtube", handle="UCquayquayquay"),
    } <= listed


def test_pages_groups_and_channels_are_told_apart(events: Read) -> None:
    kinds = [
        short(value)
        for said in events.saying("listedIn")
        for key, value in said.claim.qualifiers
        if key == term("assetKind")
    ]
    assert sorted(kinds) == [
        "account", "account", "account", "channel", "group", "instagramAccount", "page",
    ]  # fmt: skip


def test_an_account_says_of_itself_what_its_profile_says(events: Read) -> None:
    account = MINT.account("twitter", id="900000000000000001")
    assert events.said("selfDescribedAs", account) == [Literal("We watch the quay.")]
    assert events.said("followerCount", account) == [Literal(1204)]
    assert events.said("operatedBy", account) == [events.named("Ada Quayside")]


def test_the_words_of_a_post_stay_out_unless_asked_for(events: Read) -> None:
    (said,) = events.saying("posted")
    keys = {short(key) for key, _ in said.claim.qualifiers}
    assert keys == {"textSha256", "hashtag", "inLanguage", "link", "mention"}
    asked = read(Sample("misp", DATA / "harbour-events.json", Given(texts_of_posts=True)))
    (said,) = asked.saying("posted")
    assert (term("text"), Literal("The cranes stand still.")) in said.claim.qualifiers


def test_a_post_is_the_one_that_the_archive_has(events: Read) -> None:
    post = MINT.activity("post", "twitter", "700000000000000001")
    assert events.said("posted") == [post]
    assert events.said("takenDownOn", post) == [
        Literal("2031-03-01", datatype=term("xsd:date"))
    ]


def test_an_entry_of_a_galaxy_is_one_in_catalogue_and_event(events: Read) -> None:
    assert ACTOR in events.said("involves", EVENT)
    domain = assets.domain("quay-news.example.com", MINT)
    assert domain is not None
    assert events.said("linkedTo", domain) == [ACTOR]


def test_what_identifies_a_person_is_in_no_record(events: Read) -> None:
    told = [str(said.claim) for said in events.attestations]
    told += [one.value for one in events.quarantined]
    for secret in ("hunter2", "+000 000", "1990-01-01", "analyst@"):
        assert not [one for one in told if secret in one]


def test_what_an_event_has_beyond_that_is_accounted_for(events: Read) -> None:
    assert events.fates == {Fate.MAPPED: 26, Fate.QUARANTINED: 10, Fate.BLANK: 1}
    reasons = events.reasons
    assert reasons["is of a type that no word of the vocabulary fits"] == 1
    assert reasons["is not taken: it is a file"] == 2
    assert reasons["does not tie two things of the event"] == 1


def test_an_event_alone_is_published_by_its_maker(tmp_path: Path) -> None:
    found = loaded(tmp_path, event_of(Attribute=[{"type": "domain", "value": "a.example.com"}]))
    (said,) = found.saying("listedIn")
    assert (short(said.speaker), said.depth) == ("a", 0)


def test_a_publisher_who_is_told_relays_the_maker(tmp_path: Path) -> None:
    given = Given(terms=Terms(publisher="B"))
    attribute = {"type": "domain", "value": "a.example.com"}
    (said,) = loaded(tmp_path, event_of(Attribute=[attribute]), given).saying("listedIn")
    assert (short(said.speaker), said.depth) == ("a", 1)


def test_events_of_several_makers_need_a_publisher(tmp_path: Path) -> None:
    both = [event_of(), event_of(Orgc={"name": "B"}, uuid="v")]
    with pytest.raises(BadInput, match="--publisher"):
        loaded(tmp_path, both)
    given = Given(terms=Terms(publisher="C"))
    makers = set(loaded(tmp_path, both, given).said("schema:publisher", None))
    assert {short(maker) for maker in makers} == {"a", "b", "c"}


@pytest.mark.parametrize(
    "value",
    [
        [event_of()],
        {"response": [event_of()]},
        event_of()["Event"],
        "\n".join(json.dumps(event_of()) for _ in range(2)),
    ],
)
def test_events_are_found_however_they_are_wrapped(tmp_path: Path, value: object) -> None:
    found = loaded(tmp_path, value)
    assert term("schema:Report") in found.said("rdf:type")
    assert not found.quarantined


def test_attributes_come_out_of_a_search_with_their_events(tmp_path: Path) -> None:
    event = {"uuid": "u", "info": "i"}
    attribute = {"type": "domain", "value": "a.example.com", "event_id": "1", "Event": event}
    given = Given(terms=Terms(publisher="B"))
    found = loaded(tmp_path, {"response": {"Attribute": [attribute]}}, given)
    assert found.said("listedIn") == [MINT.activity("misp-event", "u")]


def test_a_cluster_as_a_server_exports_it_is_read_like_a_catalogue(tmp_path: Path) -> None:
    cluster = {
        "uuid": "00000000-1111-4222-8333-0000000000a1",
        "type": "threat-actor",
        "value": "Crane Watch",
        "tag_name": 'misp-galaxy:threat-actor="Crane Watch"',
        "GalaxyElement": [{"key": "synonyms", "value": "QUAY PANDA"}],
    }
    found = loaded(tmp_path, [{"GalaxyCluster": cluster}])
    assert found.said("alias", ACTOR) == [Literal("QUAY PANDA")]


def test_a_galaxy_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = (DATA / "harbour-actors.json").read_text(encoding="utf-8")
    found = loaded(tmp_path, whole[: whole.index("Jetty")])
    assert found.fates == {Fate.MAPPED: 2, Fate.QUARANTINED: 1}


def test_all_of_the_real_actors_are_read(real_data: Path) -> None:
    found = read(Sample("misp", real_data / "misp-galaxy" / "threat-actor.json"))
    assert found.fates == {Fate.MAPPED: 1041}
    assert found.reasons == {"names no country": 8, "is no web address": 1}
    assert {one.value for one in found.quarantined if "country" in one.reason} == {"Unknown"}
    users: dict[str, set[str]] = {}
    for said in (*found.saying("alias"), *found.saying("name")):
        users.setdefault(short(said.speaker), set()).add(said.claim.object.value)
    assert len(users["crowdstrike"]) >= 180 and len(users["mitre"]) >= 80
    assert "COMMENT PANDA" in users["crowdstrike"]
    confident = [said for said in found.attestations if detail(said, "statedConfidence")]
    predicates = {short(said.claim.predicate) for said in confident}
    assert predicates == {"originatedIn", "linkedTo"}


def test_its_files_are_recognised_and_others_are_not() -> None:
    for path in DATA.iterdir():
        assert misp.recognise(path.name, path.read_text(encoding="utf-8")[:4_000])
    assert not misp.recognise("bundle.json", '{"type": "bundle", "objects": [{"value": "a"}]}')


def test_the_record_answers_who_uses_which_name(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    ingest(store, "misp", DATA / "harbour-actors.json", Given())
    with store.read() as snapshot:
        answer = queries.question("names_of_an_actor").ask(snapshot, {"actor": ACTOR.value})
        rows = [(row[2], row[3]) for row in answer.rows]
    assert (Literal("QUAY PANDA"), MINT.named("org", "CrowdStrike")) in rows
    assert (Literal("BRONZE CRANE"), MINT.named("org", "Secureworks")) in rows
    assert (Literal("Crane Watch"), MINT.named("org", "MISP Project")) in rows
