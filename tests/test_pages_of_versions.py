"""What pages say of what no version of a source holds any more, and of what they leave out."""

from collections import Counter
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal, NamedNode

from onrecord.explain import explain
from onrecord.explain.seeds import claims_around
from onrecord.settings import Settings
from onrecord.store import GenerationStore
from onrecord.web.pages import explained
from onrecord.web.stars import Stars
from ontology import term
from ontology.identity import DEFAULT_BASE, Term
from server import create_app
from tests.door import CHROMIUM
from tests.terminal import Terminal

HEADER: Final = "publisher,platform,id,handle,followers,observed_on\n"


def test_a_claim_that_every_version_took_back_is_withdrawn(run: Terminal, here: Path) -> None:
    for count in (30, 31):
        row = f"Quay Desk,Twitter,9001,quay,{count},2031-03-01\n"
        (here / "list.csv").write_text(HEADER + row, encoding="utf-8")
        run("load", "accounts", here / "list.csv", "--replace")
    with GenerationStore(here / "data").read() as snapshot:
        counts = (Literal(str(count), datatype=term("xsd:integer")) for count in (30, 31))
        found = [
            quad.subject
            for one in counts
            for quad in snapshot.quads(None, term("rdf:object"), one)
        ]
    gone, standing = (page(here, iri) for iri in found if isinstance(iri, NamedNode))
    assert '"status">withdrawn</span> Whatever says it was withdrawn' in gone
    assert '"status">single source</span>' in standing
    answer = page(here, "ask/things_in_several_sources?kind=rec:Account")
    assert "list.csv" not in answer
    assert "list.csv (withdrawn)" in page(here, "ask/known_and_true?known_on=2999-01-01")


def test_a_page_that_leaves_claims_out_leads_to_them(run: Terminal, here: Path) -> None:
    rows = [f"Quay Desk,Twitter,{number},quay{number},7,2031-03-01\n" for number in range(501)]
    (here / "list.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    run("load", "accounts", here / "list.csv")
    told = "More than 500 claims speak of it or come from it, and not all are shown. Ask "
    assert f'{told}<a href="/sparql">/sparql</a> for all.' in page(here, "org/quay-desk")


def test_whoever_speaks_a_thousand_times_is_named_once(
    run: Terminal, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"Quay Desk,Twitter,{number},quay{number},7,2031-03-01\n" for number in range(40)]
    (here / "list.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    run("load", "accounts", here / "list.csv")
    asked: Counter[object] = Counter()
    subjects = Stars.subjects

    def counted(stars: Stars, word: str, value: Term) -> list[NamedNode]:
        asked[word, value] += 1
        return subjects(stars, word, value)

    monkeypatch.setattr(Stars, "subjects", counted)
    desk = NamedNode(f"{DEFAULT_BASE}org/quay-desk")
    with GenerationStore(here / "data").read() as snapshot:
        told = explain(snapshot, desk)
        explained(snapshot, told, desk, DEFAULT_BASE, here)
    assert asked["rdf:subject", desk] <= 2  # for its name, and for what is said of it


def test_claims_are_looked_for_until_there_are_enough(run: Terminal, here: Path) -> None:
    rows = [f"Quay Desk,Twitter,{number},quay{number},7,2031-03-01\n" for number in range(40)]
    (here / "list.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    run("load", "accounts", here / "list.csv")
    desk = NamedNode(f"{DEFAULT_BASE}org/quay-desk")
    with GenerationStore(here / "data").read() as snapshot:
        few = claims_around(snapshot, desk, 10)
        assert few == claims_around(snapshot, desk, 100)[:10]
        assert len(few) == 10


def page(here: Path, path: NamedNode | str) -> str:
    local = path if isinstance(path, str) else path.value.removeprefix(DEFAULT_BASE)
    client = create_app(Settings(data=here / "data")).test_client()
    return client.get(f"/{local}", headers={"Accept": CHROMIUM}).text
