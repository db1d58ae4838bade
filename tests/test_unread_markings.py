"""What says in whatever form that it is not for everybody leaves no record as if it were."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from onrecord.store import GenerationStore
from tests.bundles import id_of
from tests.terminal import Terminal
from tests.test_export_stix import exported
from tests.test_loaders_stix_dialects import Stix, bundled, made

RULE: Final = id_of("marking-definition", 4)
TOLD: Final = ("--publisher", "Harbour Watch")
ADDRESS: Final = {"type": "domain", "value": "crane.example", "uuid": id_of("x", 7)[3:]}
OPENCTI: Final = "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba"
ACS: Final = "extension-definition--3a65884d-005a-4290-8335-cb2d778a83ce"
STRICT_OF_OPENCTI: Final = "marking-definition--826578e1-40ad-459f-bc73-ede076f81f37"
CLEAR: Final = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"
ATTACK: Final = "marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168"


def stated(words: str) -> Stix:
    return made(
        "marking-definition", 4, definition_type="statement", definition={"statement": words}
    )


def campaign(**fields: Any) -> Stix:
    return made("campaign", 1, name="Low Tide", **{"object_marking_refs": [RULE], **fields})


def event(**fields: Any) -> dict[str, Any]:
    maker = {"name": "Harbour Watch", "uuid": id_of("x", 1)[3:]}
    told = {"info": "Low tide", "uuid": id_of("x", 2)[3:], "date": "2031-03-01"}
    return {"Event": {**told, "Orgc": maker, "Attribute": [ADDRESS], **fields}}


def written(folder: Path, value: Any) -> Path:
    path = folder / "harbour.json"
    path.write_text(json.dumps(value), "utf-8")
    return path


def of(folder: Path, kind: str, objects: Any) -> Path:
    return bundled(folder, *objects) if kind == "stix" else written(folder, objects)


HELD: Final = {
    "an id that nobody knows": ("stix", [campaign()]),
    "one id and no list": ("stix", [campaign(object_marking_refs=RULE)]),
    "no id at all": ("stix", [campaign(object_marking_refs={"tlp": "red"})]),
    "a list with what is no id": ("stix", [campaign(object_marking_refs=[{"tlp": "red"}])]),
    "a known id beside another": (
        "stix",
        [campaign(object_marking_refs=[CLEAR, RULE])],
    ),
    "a statement": ("stix", [stated("For members of the harbour board."), campaign()]),
    "a statement with a licence": (
        "stix",
        [stated("Licensed under CC BY 4.0, for internal use only"), campaign()],
    ),
    "a statement with a copyright": (
        "stix",
        [stated("Copyright 2031 Harbour Watch. Not for publication."), campaign()],
    ),
    "a statement in French": (
        "stix", [stated("© Capitainerie, diffusion restreinte"), campaign()],
    ),
    "permissible actions": (
        "stix",
        [made("marking-definition", 4, definition_type="PAP", definition={"PAP": "PAP:RED"}),
         campaign()],
    ),
    "a marking of a vendor": (
        "stix",
        [made("marking-definition", 4, definition_type="acme", definition={"acme": "L3"}),
         campaign()],
    ),
    "a vendor's word for green": (
        "stix",
        [made("marking-definition", 4, definition_type="acme", definition={"acme": "green"}),
         campaign()],
    ),
    "a marking that is called white": (
        "stix", [made("marking-definition", 4, name="White"), campaign()],
    ),
    "a marking without a word": ("stix", [made("marking-definition", 4), campaign()]),
    "a word that the protocol has not": (
        "stix",
        [made("marking-definition", 4, definition_type="tlp", definition={"tlp": "ex:chr"}),
         campaign()],
    ),
    "an access control of ACS": (
        "stix",
        [made("marking-definition", 4, name="Harbour",
              extensions={ACS: {"further_sharing": []}}),
         campaign()],
    ),
    "a clear word beside another rule": (
        "stix",
        [made("marking-definition", 4, definition_type="tlp", definition={"tlp": "white"},
              extensions={ACS: {"extension_type": "property-extension"}}),
         campaign()],
    ),
    "what OpenCTI calls custom": (
        "stix",
        [{**stated("custom"), "x_opencti_definition_type": "PAP",
          "x_opencti_definition": "PAP:AMBER"}, campaign()],
    ),
    "a part": (
        "stix",
        [made("campaign", 1, name="Low Tide", description="a tide",
              granular_markings=[{"marking_ref": RULE, "selectors": ["description"]}])],
    ),
    "a part of an observation": (
        "stix",
        [made("observed-data", 1, number_observed=1, first_observed="2031-04-01T09:00:00Z",
              last_observed="2031-04-01T09:00:00Z",
              objects={"0": {"type": "domain-name", "value": "crane.example",
                             "object_marking_refs": [RULE]}})],
    ),
    "what a contract is called": (
        "stix", [stated("Licensed under NDA"), campaign()],
    ),
    "a bundle": ("stix-bundle", [campaign(object_marking_refs=[])]),
    "an earlier version": (
        "stix",
        [campaign(description="secret"),
         campaign(object_marking_refs=[], modified="2031-04-01T09:00:00.000Z")],
    ),
    "whom OpenCTI shares with": (
        "stix",
        [campaign(object_marking_refs=[], x_opencti_granted_refs=[id_of("identity", 3)])],
    ),
    "whom OpenCTI lets in": (
        "stix",
        [campaign(object_marking_refs=[],
                  extensions={OPENCTI: {"authorized_members": [{"id": "crane"}]}})],
    ),
    "a label": ("stix", [campaign(object_marking_refs=[], labels=["PAP:RED"])]),
    "a tag of the protocol": ("misp", event(Tag=[{"name": "tlp:ex:chr"}])),
    "a tag on actions": ("misp", event(Tag=[{"name": "PAP:AMBER"}])),
    "a tag of a state": ("misp", event(Tag=[{"name": 'fr-classif:classifiees="SECRET"'}])),
    "one organisation": ("misp", event(distribution="0")),
    "one community": ("misp", event(distribution=1)),
    "communities that are connected": ("misp", event(distribution="2")),
    "a part for fewer than the rest": (
        "misp",
        event(distribution="1", Tag=[{"name": "tlp:clear"}],
              Attribute=[{**ADDRESS, "distribution": "0"}]),
    ),
    "a group beside a word": (
        "misp", event(distribution="4", Tag=[{"name": "tlp:clear"}]),
    ),
    "a group": ("misp", event(distribution="4", sharing_group_id="9")),
    "a group in words": ("misp", event(SharingGroup={"name": "Harbours"})),
    "an attribute for one organisation": (
        "misp",
        event(distribution="3", Attribute=[{**ADDRESS, "distribution": "0"}]),
    ),
    "an entry of a galaxy": (
        "misp",
        {"GalaxyCluster": {"type": "threat-actor", "value": "Crane", "uuid": id_of("x", 3)[3:],
                           "tag_name": "", "distribution": "0", "GalaxyElement": []}},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "found"), HELD.values(), ids=HELD)
def test_a_marking_that_is_not_read_holds_back_like_the_strictest(
    run: Terminal, here: Path, kind: str, found: Any
) -> None:
    if kind == "stix-bundle":
        path = written(here, {"type": "bundle", "id": id_of("bundle", 1), "objects": found,
                              "object_marking_refs": [RULE]})  # fmt: skip
    else:
        path = of(here, kind, found)
    said = run("load", kind.partition("-")[0], path, *TOLD)
    assert f"{path.name}: is marked in a form that is not read here" in said.err
    for limit in ("TLP:CLEAR", "TLP:AMBER+STRICT"):
        said = run("export", "--tlp", limit)
        assert (said.code, said.out) == (1, "")
        assert f"{path.name} is marked in a form that is not read here" in said.err
        assert "TLP:RED" not in said.err
    assert "not read here" in run("runs").out
    said = run("export", "--tlp", "TLP:RED")
    assert said.code == 0 and said.out
    assert f"{path.name}: is marked in a form that is not read here" in said.err


FREE: Final = {
    "a licence": ("stix", [stated("CC-BY-SA-4.0 Harbour Watch"), campaign()]),
    "a licence by its address": (
        "stix", [stated("https://creativecommons.org/licenses/by/4.0/"), campaign()],
    ),
    "a licence of a state": (
        "stix", [stated("Licence Ouverte 2.0 (Etalab)"), campaign()],
    ),
    "a copyright": (
        "stix",
        [stated("Copyright 2029-2031, The Harbour Watch. CRANE is a registered trademark."),
         campaign()],
    ),
    "the copyright of ATT&CK": ("stix", [campaign(object_marking_refs=[ATTACK])]),
    "all actions": (
        "stix",
        [made("marking-definition", 4, definition_type="PAP", definition={"PAP": "PAP:CLEAR"}),
         campaign()],
    ),
    "a language": (
        "stix",
        [campaign(object_marking_refs=[],
                  granular_markings=[{"lang": "fr", "selectors": ["name"]}])],
    ),
    "a label that is none": ("stix", [campaign(object_marking_refs=[], labels=["nato", "fr"])]),
    "shared with nobody": (
        "stix", [campaign(object_marking_refs=[], x_opencti_granted_refs=[])],
    ),
    "all communities": ("misp", event(distribution="3", sharing_group_id="0")),
    "a group that is none": ("misp", event(SharingGroup={"id": None, "name": None})),
    "a word beside how far the server passes it on": (
        "misp",
        event(distribution=1, Tag=[{"name": "tlp:clear"}],
              Attribute=[{**ADDRESS, "distribution": "1"}]),
    ),
    "a correlation": ("misp", event(RelatedEvent=[event(distribution="0")])),
    "tags on other things": ("misp", event(Tag=[{"name": "osint:lifetime=\"perpetual\""}])),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "found"), FREE.values(), ids=FREE)
def test_what_is_no_rule_on_sharing_holds_nothing_back(
    run: Terminal, here: Path, kind: str, found: Any
) -> None:
    said = run("load", kind, of(here, kind, found), *TOLD)
    assert "not read here" not in said.err
    assert run("export").code == 0


def test_whom_a_group_names_is_quarantined_with_what_follows(run: Terminal, here: Path) -> None:
    said = run("load", "misp", written(here, event(SharingGroup={"name": "Harbours"})))
    assert "holds back as the strictest marking does" in said.err


def test_opencti_says_amber_and_strict_under_an_id_of_its_own(
    run: Terminal, here: Path
) -> None:
    run("load", "stix", bundled(here, campaign(object_marking_refs=[STRICT_OF_OPENCTI])), *TOLD)
    assert "bundle.json is TLP:AMBER+STRICT" in run("export", "--tlp", "TLP:AMBER").err
    assert run("export", "--tlp", "TLP:AMBER+STRICT").code == 0


def test_of_two_words_on_one_marking_the_stricter_holds(run: Terminal, here: Path) -> None:
    more = {"extensions": {ACS: {"extension_type": "property-extension", "tlp_2_0": "red"}}}
    rule = made(
        "marking-definition", 4, definition_type="tlp", definition={"tlp": "green"}, **more
    )
    run("load", "stix", bundled(here, rule, campaign()), *TOLD)
    assert "bundle.json is TLP:RED" in run("export", "--tlp", "TLP:AMBER").err


def test_a_marking_that_is_not_read_keeps_its_id_and_comes_back(
    run: Terminal, here: Path
) -> None:
    path = bundled(here, stated("For members of the harbour board."), campaign())
    assert run("load", "stix", path, *TOLD).code == 0
    store = GenerationStore(here / "data")
    found = exported(store)
    assert found[id_of("campaign", 1)]["object_marking_refs"] == [RULE]
    assert found[RULE]["definition"] == {"statement": "For members of the harbour board."}


def test_a_marking_that_nobody_knows_comes_back_by_its_id(run: Terminal, here: Path) -> None:
    run("load", "stix", bundled(here, campaign()), *TOLD)
    found = exported(GenerationStore(here / "data"))
    assert found[id_of("campaign", 1)]["object_marking_refs"] == [RULE]
