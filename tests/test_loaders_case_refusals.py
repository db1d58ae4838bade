"""What a case gets wrong is refused with file, line and key; nothing else ever comes out."""

import shutil
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.evidence import triples
from onrecord.errors import BadInput, OnRecordError
from tests.harbour import (
    MINT,
    Evidence,
    changed,
    copied,
    quarantined,
    with_cells,
)
from tests.test_loaders_case import loaded

FILES = [
    "case.yaml",
    "claims.csv",
    "claims.jsonl",
    "documents/beacon.json",
    "documents/gazette.yaml",
    "judgements.yaml",
    "mapping.yaml",
    "things.yaml",
]
CONFUSING = [
    "", "null", "[]", "{}", "-1", "'", '"', "=x", "rec:", "xsd:date", "\t", "\0", "é", "🐟",
    "- ", "#", "&a x", "*a", "? x", "< H", "claim H09", "()", ";", "9" * 30, "<<: x", "%", "\\",
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("case.yaml", "coded_on", "coded", "case.yaml:1: unread keys ['coded']"),
        ("case.yaml", "coded_on: 2021-06-01", "coded_on: June", "'June' is not a time"),
        ("case.yaml", "title: The harbour pages\n", "", "case.yaml:1: lacks 'title'"),
        ("case.yaml", "name: harbour\n", "", "case.yaml:1: lacks 'name'"),
        ("case.yaml", "mapping: mapping.yaml\n", "", "case.yaml:1: lacks 'mapping'"),
        ("case.yaml", "claims.csv,", "claim.csv,", "claim.csv: No such file"),
        ("case.yaml", "claims.csv,", "../claims.csv,", "leads out of the folder"),
        ("case.yaml", "claims.csv,", "claims.jsonl,", "tables: has 'claims.jsonl' twice"),
        ("case.yaml", "judgements.yaml", "judged.yaml", "judged.yaml: No such file"),
        ("claims.jsonl", '"id": "B03"', '"id": "H03"', "row 'H03' is in 2 tables"),
        ("mapping.yaml", "H13: {stance", "H31: {stance", "rows.H31: is in no table of"),
        ("judgements.yaml", "first: gull", "first: tern", "'tern' is no key of things.yaml"),
        ("judgements.yaml", "first: gull", "first: numbered", "compares a thing with itself"),
        ("judgements.yaml", "rec:different", "rec:other", "verdict: 'other' is not a word"),
        ("judgements.yaml", "rec:different", "rec:exact", "of the scheme IdentityVerdict"),
        ("judgements.yaml", "different\n    on: 2021-", "different\n    on: ", "'06-01' is"),
        ("judgements.yaml", "    because: Nothing ties the two.\n", "", "lacks 'because'"),
        ("judgements.yaml", "Nothing ties the two.", "''", "because: is empty"),
        ("judgements.yaml", "first: gull", "judge: mayor\n    first: gull", "keys ['judge']"),
        ("judgements.yaml", "premise: H07", "premise: H70", "row 'H70' is in no table"),
        ("judgements.yaml", "premise: H07", "premise: H17", "row 'H17' is not taken from"),
        ("judgements.yaml", "premise: H07", "premise: H06", "row 'H06' makes 2 claims"),
        ("judgements.yaml", "premise: H07", "premise: H01", "draws a claim from itself"),
        ("things.yaml", "curator: sample-analyst\n", "", "lacks 'curator'"),
        ("things.yaml", "curator: sample-analyst", "curator: nobody", "'nobody' is no key of"),
        ("things.yaml", "things:\n", "thing:\n", "things.yaml:2: unread keys ['thing']"),
        ("things.yaml", "{kind: person, name: Bo", "{name: Bo", "bo-sample: lacks 'kind'"),
        ("things.yaml", "{kind: person, name: Bo", "{kind: man, name: Bo", "'man' is no kind"),
        ("things.yaml", "name: Bo Sample", "nom: Bo Sample", "unread keys ['nom']"),
        ("things.yaml", "name: Bo Sample", "name: null", "bo-sample.name: is empty"),
        ("things.yaml", "Q4115189", "4115189", "'4115189' is not the id of a Wikidata item"),
        ("things.yaml", "owned_by: platform", "owned_by: nobody", "'nobody' is no key"),
        ("things.yaml", "date: 2021-05-02", "date: in May", "'in May' is not a time"),
        ("things.yaml", "    basis: rec:inferred #", "    #", "removal: lacks 'basis'"),
        ("things.yaml", "    date: 2021-05-02\n", "", "basis: is the basis of no date"),
        ("things.yaml", "basis: rec:inferred", "basis: rec:page", "of the scheme DateBasis"),
        ("things.yaml", "also: rec:UnnamedSpeaker", "also: rec:Nobody", "is not a word"),
        ("things.yaml", "platform: rec:telegram, handle", "handle", "gull: lacks 'platform'"),
        ("things.yaml", "rec:telegram, handle", "Telegram, handle", "'Telegram' is not a word"),
        ("things.yaml", "rec:telegram, handle", "rec:page, handle", "of the scheme Platform"),
        ("things.yaml", "{kind: hashtag, name", "{kind: hashtag, alias", "lacks 'name'"),
        ("things.yaml", '"#SampleHarbour"', '"#"', "harbour-tag.name: '#' is no hashtag"),
        ("things.yaml", "  portville: {", "  '': {", "has an empty key"),
        ("things.yaml", "  mayor:", "  bo-sample:", "things.bo-sample: stands twice"),
        ("things.yaml", "  guild: {", "  Platform: {", "cannot be told from 'platform'"),
        ("things.yaml", "rec:telegram, handle", "rec:mastodon, handle", "of one account"),
        ("things.yaml", "handle: gull_sample", 'id: "7001"', "cannot be told from 'gull'"),
    ],
)  # fmt: skip
def test_case_that_is_wrong_is_refused_with_its_place(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    folder = copied(tmp_path)
    changed(folder / file, old, new)
    with pytest.raises(BadInput) as refused:
        loaded(folder)
    assert said in str(refused.value)
    assert str(folder) in str(refused.value)


def test_file_that_is_a_list_is_refused(tmp_path: Path) -> None:
    for file in ("case.yaml", "mapping.yaml", "things.yaml", "judgements.yaml"):
        folder = copied(tmp_path, file)
        (folder / file).write_text("- name: x\n", encoding="utf-8")
        with pytest.raises(BadInput, match=rf"{file}:1: has to be a mapping"):
            loaded(folder)


def test_judgement_on_a_row_that_is_not_taken_tells_why(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    with_cells(folder / "claims.csv", "H07", {"start": "x"})
    with pytest.raises(BadInput, match=r"premise: claims\.csv:9 \(H07\): start 'x'"):
        loaded(folder)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FILES), st.randoms(use_true_random=False), st.sampled_from(CONFUSING))
def test_whatever_a_file_says_no_error_but_our_own_comes_out(
    tmp_path_factory: pytest.TempPathFactory, file: str, chance: Random, bit: str
) -> None:
    folder = copied(tmp_path_factory.mktemp("spoilt"))
    text = (folder / file).read_text(encoding="utf-8")
    start = chance.randrange(len(text))
    end = start + chance.choice([0, 1, 5, 40])
    (folder / file).write_text(text[:start] + bit + text[end:], encoding="utf-8")
    try:
        records = loaded(folder)
    except OnRecordError as error:
        assert str(error)
    else:
        assert all(fault.reason and fault.line for fault in quarantined(records))
        for record in records:
            if isinstance(record, Evidence):
                assert list(triples(record, MINT))
    finally:
        shutil.rmtree(folder)
