"""How far sources may be passed on: what is told of them, and what becomes of it elsewhere."""

from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from onrecord.store import GenerationStore
from tests.bundles import id_of
from tests.endpoint import served
from tests.terminal import Terminal
from tests.test_export_stix import exported
from tests.test_unread_markings import TOLD, event, written

CASE: Final = "pakistan-april-2019"


def test_whoever_loads_it_may_say_how_far_what_is_not_read_may_go(
    run: Terminal, here: Path
) -> None:
    path = written(here, event(distribution="1"))
    said = run("load", "misp", path, "--tlp", "tlp:green")
    assert "TLP:GREEN counts instead" in said.err
    assert "harbour.json is TLP:GREEN" in run("export").err
    assert run("export", "--tlp", "TLP:GREEN").code == 0
    said = run("load", "misp", path)
    assert "nothing new" in said.err
    assert "TLP:RED until a load says by --tlp that it may go further" in said.err
    assert run("export", "--tlp", "TLP:GREEN").code == 0


def test_it_may_be_said_later_too_and_of_no_other_version(run: Terminal, here: Path) -> None:
    path = written(here, event(distribution="1"))
    run("load", "misp", path)
    assert run("export", "--tlp", "TLP:GREEN").code == 1
    run("load", "misp", path, "--tlp", "TLP:GREEN")
    assert run("export", "--tlp", "TLP:GREEN").code == 0
    written(here, event(distribution="1", info="High tide"))
    run("load", "misp", path)
    assert run("export", "--tlp", "TLP:GREEN").code == 1


def test_what_is_told_takes_nothing_from_a_word_of_the_file(run: Terminal, here: Path) -> None:
    path = written(here, event(Tag=[{"name": "tlp:amber"}]))
    assert "TLP:AMBER by its own word" in run("load", "misp", path, "--tlp", "TLP:CLEAR").err
    path = written(here, event(distribution="4", Tag=[{"name": "tlp:amber"}]))
    said = run("load", "misp", path, "--tlp", "TLP:CLEAR")
    assert "TLP:AMBER counts instead" in said.err
    assert "harbour.json is TLP:AMBER" in run("export", "--tlp", "TLP:GREEN").err


def test_what_was_held_back_is_held_back_in_the_next_record(run: Terminal, here: Path) -> None:
    run("load", "misp", written(here, event(distribution="0")))
    run("export", "--tlp", "TLP:RED", "-o", "all.nq")
    assert run("--data", "next", "load", "rdf", "all.nq").code == 0
    assert "all.nq is marked in a form" in run("--data", "next", "export").err


@pytest.mark.parametrize("word", ["tlpRed", "unreadMarking", "tlpPurple"])
def test_a_statement_that_is_marked_marks_its_file_of_rdf(
    run: Terminal, here: Path, word: str
) -> None:
    run("load", "misp", written(here, event()))
    lines = run("export").out.splitlines()
    kept = [one for one in lines if "/run/" not in one.split()[0]]
    (node, *_) = [one.split()[0] for one in kept if "ns#Assertion>" in one]
    ns = "https://w3id.org/onrecord/ns#"
    kept.append(f"{node} <{ns}marking> <{ns}{word}> .")
    (here / "some.nq").write_text("\n".join(kept), "utf-8")
    assert run("--data", "next", "load", "rdf", "some.nq").code == 0
    assert "some.nq is " in run("--data", "next", "export", "--tlp", "TLP:AMBER+STRICT").err


def test_what_is_told_of_a_case_holds_it_back(run: Terminal) -> None:
    assert run("load", "case", CASE, "--tlp", "TLP:RED").code == 0
    assert "pakistan-april-2019 is TLP:RED" in run("export").err
    assert run("load", "case", CASE, "--retrieved", "last week").code == 1


def test_who_serves_what_is_marked_is_warned_and_its_page_says_so(
    run: Terminal, here: Path
) -> None:
    run("load", "misp", written(here, event(distribution="0")))
    lines = run("export", "--tlp", "TLP:RED").out.splitlines()
    claim = next(one.split()[0][1:-1] for one in lines if "ns#Claim>" in one)
    with served(here / "data") as endpoint:
        page = endpoint.send(urlsplit(claim).path.removeprefix("/onrecord"), Accept="text/html")
        told = endpoint.stderr.read_text("utf-8")
    assert "Who may have it" in page.text and "a marking that is not read here" in page.text
    assert "warning: harbour.json is marked in a form that is not read here" in told
    assert "whoever reaches the server can read all of it" in told


def test_a_page_says_what_was_told_later_of_the_same_bytes(run: Terminal, here: Path) -> None:
    path = written(here, event())
    run("load", "misp", path)
    run("load", "misp", path, "--tlp", "TLP:AMBER")
    claim = next(
        one.split()[0][1:-1]
        for one in run("export", "--tlp", "TLP:RED").out.splitlines()
        if "ns#Claim>" in one
    )
    later = run("runs").out.splitlines()[-1].split()[0]
    pages = []
    for _ in range(2):
        with served(here / "data") as endpoint:
            where = urlsplit(claim).path.removeprefix("/onrecord")
            pages.append(endpoint.send(where, Accept="text/html").text)
        run("withdraw", "--run", later, "--reason", "told by mistake")
    assert ["TLP:AMBER" in page for page in pages] == [True, False]
    assert run("export").code == 0


def test_the_word_of_what_is_withdrawn_holds_where_nobody_read_it_otherwise(
    run: Terminal, here: Path
) -> None:
    path = written(here, event())
    run("load", "misp", path, "--tlp", "TLP:AMBER")
    only = run("runs").out.splitlines()[-1].split()[0]
    run("withdraw", "--run", only, "--reason", "an error of ours")
    assert "harbour.json is TLP:AMBER" in run("export").err
    run("load", "misp", path)
    assert run("export").code == 0


@pytest.mark.parametrize("tags", [[{"name": "tlp:amber"}], []])
def test_a_bundle_says_how_far_what_came_from_elsewhere_may_go(
    run: Terminal, here: Path, tags: list[Any]
) -> None:
    run("load", "misp", written(here, event(Tag=tags, distribution="3" if tags else "0")))
    whole = run("export", "--format", "stix", "--tlp", "TLP:RED", "-o", "bundle.json")
    assert whole.code == 0
    found = exported(GenerationStore(here / "data"))
    (domain,) = [one for one in found.values() if one["type"] == "domain-name"]
    (rule,) = domain["object_marking_refs"]
    assert found[rule].get("name", "") == ("TLP:AMBER" if tags else "")
    assert run("--data", "next", "load", "stix", "bundle.json", *TOLD).code == 0
    assert ("bundle.json is TLP:AMBER" in run("--data", "next", "export").err) == bool(tags)
    assert run("--data", "next", "export", "--tlp", "TLP:GREEN").code == 1


def gull(**shown: str) -> dict[str, Any]:
    """Return an object of MISP: an account with a handle, and what else is said of it."""
    fields = {"name": "gull", **shown}
    parts = [
        {"uuid": id_of("x", at)[3:], "type": "text", "value": value, "object_relation": key}
        for at, (key, value) in enumerate(fields.items(), 20)
    ]
    return {"uuid": id_of("x", 19)[3:], "name": "twitter-account", "Attribute": parts}


@pytest.mark.parametrize("is_there", [False, True], ids=["new", "loaded before"])
def test_a_case_is_held_back_by_the_marking_of_a_source_that_brought_what_is_in_it(
    run: Terminal, here: Path, is_there: bool
) -> None:
    path = written(here, event())
    run("--data", "open", "load", "misp", path)
    in_a_case(run, here)
    run("load", "case", CASE)
    if is_there:
        run("load", "misp", path)
    run("load", "rdf", "case.nq")
    assert run("export", "--case", CASE).code == 0
    run("load", "misp", path, "--tlp", "TLP:RED")
    assert "harbour.json is TLP:RED" in run("export", "--case", CASE).err


def in_a_case(run: Terminal, folder: Path) -> None:
    """Export the open record to a file in which all that is said belongs to a case."""
    lines = run("--data", "open", "export").out.splitlines()
    ns = "https://w3id.org/onrecord/"
    said = {one.split()[0] for one in lines if "ns#Assertion>" in one}
    case = [f"{node} <{ns}ns#case> <{ns}case/{CASE}> ." for node in sorted(said)]
    (folder / "case.nq").write_text("\n".join(lines + case), "utf-8")


def test_a_bundle_of_a_case_has_nothing_of_what_is_marked_elsewhere(
    run: Terminal, here: Path
) -> None:
    run("--data", "open", "load", "misp", written(here, event(Object=[gull()])))
    in_a_case(run, here)
    assert run("load", "case", CASE).code == 0
    assert run("load", "rdf", "case.nq").code == 0
    told = event(Object=[gull(**{"displayed-name": "Secret Gull"})], Tag=[{"name": "tlp:red"}])
    assert run("load", "misp", written(here, told), "--as", "other.json").code == 0
    assert "Secret Gull" in run("export", "--format", "stix", "--tlp", "TLP:RED").out
    said_of_case = run("export", "--case", CASE, "--format", "stix")
    assert said_of_case.code == 0 and "gull" in said_of_case.out
    assert "Secret Gull" not in said_of_case.out


def test_what_was_told_no_longer_counts_once_its_run_was_withdrawn(
    run: Terminal, here: Path
) -> None:
    path = written(here, event(distribution="1"))
    run("load", "misp", path)
    run("load", "misp", path, "--tlp", "TLP:CLEAR")
    assert run("export").code == 0
    (last,) = [one.split()[0] for one in run("runs").out.splitlines() if "TLP:CLEAR" in one]
    assert run("withdraw", "--run", last, "--reason", "it was told by mistake").code == 0
    assert "harbour.json is marked in a form" in run("export").err
    assert run("load", "misp", path, "--tlp", "TLP:GREEN").code == 0
    assert run("export", "--tlp", "TLP:GREEN").code == 0


def test_what_was_told_of_one_version_can_be_told_of_the_next(
    run: Terminal, here: Path
) -> None:
    run("load", "misp", written(here, event(distribution="1")), "--tlp", "TLP:GREEN")
    path = written(here, event(distribution="1", info="High tide"))
    run("load", "misp", path)
    assert run("export", "--tlp", "TLP:GREEN").code == 1
    run("load", "misp", path, "--tlp", "TLP:GREEN")
    assert run("export", "--tlp", "TLP:GREEN").code == 0


@pytest.mark.parametrize(("distribution", "word"), [("1", "TLP:GREEN"), ("3", "TLP:RED")])
def test_a_bundle_bears_what_was_told_of_its_sources_later(
    run: Terminal, here: Path, distribution: str, word: str
) -> None:
    path = written(here, event(distribution=distribution))
    run("load", "misp", path)
    run("load", "misp", path, "--tlp", word)
    found = exported(GenerationStore(here / "data"))
    (domain,) = [one for one in found.values() if one["type"] == "domain-name"]
    (rule,) = domain["object_marking_refs"]
    assert found[rule]["name"] == word
