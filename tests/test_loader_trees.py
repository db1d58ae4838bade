"""YAML and JSON: every value knows its path and characters, and nothing in it is guessed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from loaders import json_nodes
from loaders.tree import Tree, unit
from onrecord.errors import BadInput
from ontology.digests import prefixed_fields
from tests.harbour import HARBOUR, MINT

FISH = "\N{FISH}"
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
one_file = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def tree(path: Path, content: str) -> Tree:
    path.write_bytes(content.encode())
    return Tree.read(path, "unit/file")


YAML = f"""{BOM}# a comment
fish: "{FISH}{FISH}"
plain: two words # and a comment
list:
  - first: {FISH}
    second: [1, 2] # of the first
  # between the two

  - first: other

block: >-
  folded
  text {FISH}

# of nothing
last:
  inner:
    - x
"""


def test_values_know_their_characters(tmp_path: Path) -> None:
    found = tree(tmp_path / "x.yaml", YAML)
    texts = {key: _slice(value) for key, value in found.items().items()}
    assert texts["fish"] == f'"{FISH}{FISH}"'
    assert texts["plain"] == "two words"
    assert texts["block"] == f">-\n  folded\n  text {FISH}"
    assert texts["last"] == "inner:\n    - x"
    assert [_slice(member) for member in found.each("list")] == [
        f"first: {FISH}\n    second: [1, 2]", "first: other"
    ]  # fmt: skip


def test_values_of_json_know_their_characters(tmp_path: Path) -> None:
    text = json.dumps({"fish": FISH, "list": [1, {"a": [True, None]}], "last": -2.50}, indent=1)
    for content in (text, BOM + text, text.replace("\n", "\r\n"), text.replace("\n ", "\n\t")):
        found = tree(tmp_path / "x.json", content)
        assert found.text("fish") == FISH
        assert _slice(found.need("fish")) == json.dumps(FISH)
        assert json.loads(_slice(found.need("list"))) == [1, {"a": [True, None]}]
        assert _slice(found.need("last")) == found.text("last") == "-2.5"


def _slice(value: Tree) -> str:
    place = value.entry(MINT).passage
    return value.source.text[place.start : place.end]


flat = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)


@one_file
@given(
    st.dictionaries(flat, st.lists(flat, unique=True, max_size=3), max_size=4), st.booleans()
)
@example({FISH: ["\u2028", "\\", '"']}, True)
def test_json_reads_what_json_wrote(
    tmp_path: Path, content: dict[str, list[str]], ascii: bool
) -> None:
    found = tree(tmp_path / "x.json", json.dumps(content, ensure_ascii=ascii))
    assert {
        key: [member.cell() for member in value.members()]
        for key, value in found.items().items()
    } == content
    for value in found.items().values():
        for member in value.members():
            assert json.loads(_slice(member)) == member.cell()


@given(st.text('{}[]",: \n0123456789truefalsn\\u.-', max_size=30))
def test_json_is_taken_or_refused_as_by_the_standard_library(text: str) -> None:
    try:
        json.loads(text)
    except ValueError:
        with pytest.raises(json.JSONDecodeError):
            json_nodes.compose(text)
    else:
        assert isinstance(json_nodes.compose(text), yaml.Node)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.yaml", "", ": empty"),
        ("x.yaml", "# nothing", ": empty"),
        ("x.yaml", "a: b: c", ":1:5: mapping values are not allowed in this context"),
        ("x.yaml", "a: [1\nb: 2", ":2:2: did not find expected"),
        ("x.yaml", "a: 1\n---\nb: 2", "another document"),
        ("x.yaml", "a: \x01", "control characters are not allowed"),
        ("x.yaml", "a: &b [*b]", ":1: *b has to be written out"),
        ("x.yaml", "[" * 100_000, ":1: nested too deeply"),
        ("x.json", "", ":1:1: Expecting value"),
        ("x.json", '{"a": 1,\n "b" 2}', ":2:6: Expecting ':'"),
        ("x.json", '{"a": 1,}', ":1:9: Expecting a key in double quotes"),
        ("x.json", '["a" "b"]', ":1:6: Expecting ','"),
        ("x.json", "[" * 100_000, "Nested too deeply"),
        ("x.json", "a: yaml", ":1:1: Expecting value"),
        ("x.txt", "a: 1", ": neither YAML nor JSON"),
    ],
    ids=lambda text: text[:20],
)
def test_malformed_file_is_refused_with_its_place(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        tree(tmp_path / name, content)
    assert str(refused.value).startswith(f"{tmp_path / name}:")
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("content", "ask", "said"),
    [
        ("- a", Tree.items, ":1: has to be a mapping"),
        ("a: 1\nb: 2\na: 3", Tree.items, ":3: a: stands twice"),
        ("[a]: 1", Tree.items, "has a key that is no single value"),
        ("a: 1", lambda found: found.need("b"), ":1: lacks 'b'"),
        ("a: {}", lambda found: found.text("a"), ":1: a: has to be a single value"),
        ("a:", lambda found: found.text("a"), ":1: a: is empty"),
        ("a: null", lambda found: found.text("a"), ":1: a: is empty"),
        ("a: ' '", lambda found: found.text("a"), ":1: a: is empty"),
        ("a: 1\nb: 2\nc: 3", lambda found: found.only("b"), ":1: unread keys ['a', 'c']"),
        ("x:\n  a: [b, c, b]", lambda found: list(found.need("x").each("a")), "has 'b' twice"),
        ("a: [{b: 1}, {b:  1}]", lambda found: list(found.each("a")), "repeats one"),
        ("a: 1", lambda found: found.flag("a"), ":1: a: '1' is neither true nor false"),
        ("a: True", lambda found: found.flag("a"), "'True' is neither true nor false"),
        ("a: ../b", lambda found: found.need("a").file_in(HARBOUR), "leads out of the folder"),
        ("a: /b", lambda found: found.need("a").file_in(HARBOUR), "leads out of the folder"),
        ("a: rec:pag", lambda found: found.need("a").word_of("AssetKind"), "a: 'pag' is not a"),
        ("a: page", lambda found: found.need("a").word_of("Mode"), "of the scheme Mode"),
    ],
)
def test_value_that_is_not_as_needed_is_refused_with_its_place(
    tmp_path: Path, content: str, ask: Callable[[Tree], object], said: str
) -> None:
    found = tree(tmp_path / "x.yaml", content)
    with pytest.raises(BadInput) as refused:
        ask(found)
    assert str(refused.value).startswith(f"{tmp_path}/x.yaml:")
    assert said in str(refused.value)


def test_scalars_are_not_guessed(tmp_path: Path) -> None:
    found = tree(tmp_path / "x.yaml", "a: no\nb: 2019-04-01\nc: 007\nd: 1_000\ne: ''\non: x")
    spelled = {key: value.cell() for key, value in found.items().items()}
    assert spelled == {
        "a": "no",
        "b": "2019-04-01",
        "c": "007",
        "d": "1_000",
        "e": "",
        "on": "x",
    }


def test_lone_value_is_a_list_of_one(tmp_path: Path) -> None:
    found = tree(tmp_path / "x.yaml", "a: b\nc: [d]\ne: []")
    assert [[member.scalar() for member in found.each(key)] for key in "acef"] == [
        ["b"], ["d"], [], []
    ]  # fmt: skip


@one_file
@given(st.permutations(["one", "two", "three"]))
def test_member_of_a_list_is_known_by_what_it_says_and_never_by_where_it_stands(
    tmp_path: Path, order: list[str]
) -> None:
    found = tree(tmp_path / "x.yaml", f"a: [{', '.join(order)}]\nb:\n" + "".join(
        f"  - c: {name}\n" for name in order
    ))  # fmt: skip
    entries = [member.entry(MINT) for key in "ab" for member in found.each(key)]
    assert {(entry.key, entry.fields) for entry in entries} == {
        (f"a[{name}]", prefixed_fields([(f"a[{name}]", name)])) for name in order
    } | {
        (entry.key, prefixed_fields([(entry.key, f"c: {name}")]))
        for entry, name in zip(entries[3:], order, strict=True)
    }
    assert len({entry.key for entry in entries}) == 6


def test_place_of_a_value_does_not_depend_on_what_stands_around_it(tmp_path: Path) -> None:
    first = tree(tmp_path / "x.yaml", "a: {b: c}\n")
    second = tree(tmp_path / "y.yaml", "# more\nz: 1\na:\n  b: c # less\n\n\nq: 2\n")
    entries = [found.need("a").need("b").entry(MINT) for found in (first, second)]
    assert entries[0].key == entries[1].key == "a.b"
    assert entries[0].fields == entries[1].fields
    assert entries[0].passage.sha256 == entries[1].passage.sha256


def test_files_of_a_folder_go_by_its_case_or_else_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert unit(HARBOUR) == "harbour"
    assert unit(tmp_path) == tmp_path.name
    monkeypatch.chdir(tmp_path)
    assert unit(Path()) == tmp_path.name
    (tmp_path / "case.yaml").write_text("name: another")
    assert unit(Path()) == "another"
