"""What paths, patterns and archives stand for: each file once, under a name that stays."""

import gzip
import os
import zipfile
from pathlib import Path
from tempfile import mkdtemp

import pytest

from onrecord.errors import BadInput, Forbidden
from onrecord.fetch import Fetcher
from onrecord.sources import Gatherer
from onrecord.store import GenerationStore


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "list.csv").write_text(f"id\n{folder}\n", encoding="utf-8")
    (tmp_path / "unpacked").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def gatherer() -> Gatherer:
    return Gatherer(Path(mkdtemp(dir="unpacked")), Fetcher())


def names(*words: str | Path) -> list[str]:
    return [one.name for one in gatherer().inputs(map(str, words))]


def packed(path: Path, *members: tuple[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def test_names_do_not_depend_on_where_one_stands(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert names("a", "b") == ["a/list.csv", "b/list.csv"]
    assert names(here / "a", here / "b") == ["a/list.csv", "b/list.csv"]
    monkeypatch.chdir(here / "a")
    assert [
        one.name for one in Gatherer(here / "unpacked", Fetcher()).inputs(["../a", "../b"])
    ] == ["a/list.csv", "b/list.csv"]


def test_a_file_that_several_words_lead_to_is_one_source(here: Path) -> None:
    assert names("a", "a/list.csv", here / "a" / "list.csv", "a/*.csv") == ["list.csv"]
    (here / "a" / "again").symlink_to(here / "a")
    assert names("a") == ["list.csv"]
    (one,) = gatherer().inputs(["a", "a/list.csv"])
    assert one.asked


def test_two_members_of_one_name_are_not_one_source_twice(here: Path) -> None:
    archive = packed(here / "all.zip", ("2030/list.csv", "id\n"), ("2031/list.csv", "id\n"))
    assert names(archive) == ["2030/list.csv", "2031/list.csv"]
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = packed(here / "twice.zip", ("list.csv", "id\n1\n"), ("list.csv", "id\n2\n"))
    sources = gatherer()
    assert [one.name for one in sources.inputs([str(twice), "a/list.csv"])] == ["a/list.csv"]
    told = f"{twice}/list.csv: stands there twice, and nothing tells which one counts"
    assert sources.broken == [told, told]


def test_hidden_members_are_passed_over_as_hidden_files_are(here: Path) -> None:
    assert names(packed(here / "all.zip", ("._list.csv", "x"), ("list.csv", "id\n"))) == [
        "list.csv"
    ]


@pytest.mark.parametrize("name", ["x/..", "n" * 300 + ".csv"])
def test_a_member_that_can_be_no_file_does_not_hold_up_the_others(
    here: Path, name: str
) -> None:
    sources = gatherer()
    found = sources.inputs([str(packed(here / "all.zip", (name, "id\n"), ("l.csv", "id\n")))])
    assert [one.name for one in found] == ["l.csv"]
    assert sources.broken == [
        f"{here}/all.zip/{name}: its name can be no file's; unpack it first"
    ]


def test_an_encrypted_member_is_named_with_what_to_do(here: Path) -> None:
    octets = bytearray(packed(here / "all.zip", ("list.csv", "id\n")).read_bytes())
    octets[octets.find(b"PK\x01\x02") + 8] |= 1
    (here / "all.zip").write_bytes(octets)
    sources = gatherer()
    assert sources.inputs(["all.zip"]) == []
    assert sources.broken == ["all.zip/list.csv: is encrypted; unpack it first"]


def test_what_is_no_address_of_the_web_is_told_so(here: Path) -> None:
    with pytest.raises(BadInput, match="Invalid IPv6 URL"):
        names("http://[::1/list.csv")
    with pytest.raises(Forbidden, match="only http and https"):
        names("ftp://files.example/list.csv")


def broken(folder: Path, method: int, old: bytes, new: bytes) -> None:
    """Pack a file so that some octets of the archive are others."""
    content = "".join(f"{number * 7919 % 10007}\n" for number in range(3000))
    with zipfile.ZipFile(folder / "all.zip", "w", method) as archive:
        archive.writestr("lést.csv", content)
    octets = (folder / "all.zip").read_bytes()
    if not old:
        octets = octets[:200] + bytes(octet ^ 0x5A for octet in octets[200:260]) + octets[260:]
    (folder / "all.zip").write_bytes(octets.replace(old, new) if old else octets)


@pytest.mark.parametrize(
    ("method", "old", "new"),
    [
        pytest.param(zipfile.ZIP_STORED, "é".encode(), b"\xff\xfe", id="name that is no text"),
        pytest.param(zipfile.ZIP_DEFLATED, b"", b"", id="deflate"),
        pytest.param(zipfile.ZIP_BZIP2, b"", b"", id="bzip2"),
        pytest.param(zipfile.ZIP_LZMA, b"", b"", id="lzma"),
    ],
)
def test_an_archive_that_is_broken_is_named_and_holds_up_no_other(
    here: Path, method: int, old: bytes, new: bytes
) -> None:
    broken(here, method, old, new)
    sources = gatherer()
    assert [one.name for one in sources.inputs(["all.zip", "a/list.csv"])] == ["list.csv"]
    (told,) = sources.broken
    assert told.startswith("all.zip")


def test_an_archive_has_one_limit_for_all_that_is_in_it(here: Path) -> None:
    zeros = "0" * 600_000
    inner = packed(here / "inner.zip", ("a.csv", zeros), ("b.csv", zeros)).read_bytes()
    with zipfile.ZipFile(here / "all.zip", "w") as archive:
        for name in ("1.zip", "2.zip"):
            archive.writestr(name, inner, zipfile.ZIP_DEFLATED)
    sources = Gatherer(here / "unpacked", Fetcher(), at_least=1_000_000)
    sources.inputs(["all.zip", "a/list.csv"])
    assert sources.broken == ["all.zip: unfolds to far more than its size; unpack it first"]
    assert sum(one.stat().st_size for one in here.glob("unpacked/*/*")) < 1_500_000


def test_each_archive_may_unfold_to_as_much(here: Path) -> None:
    for name in ("1.zip", "2.zip"):
        packed(here / "a" / name, (f"{name}.csv", "0" * 600_000))
    sources = Gatherer(here / "unpacked", Fetcher(), at_least=1_000_000)
    assert len(sources.inputs(["a"])) == 3
    assert sources.broken == []


def test_archives_in_archives_without_end_are_told_shortly(here: Path) -> None:
    content, name = b"id\n1\n", "list.csv"
    for _ in range(400):
        with zipfile.ZipFile(here / "next.zip", "w") as archive:
            archive.writestr(name, content)
        content, name = (here / "next.zip").read_bytes(), "n.zip"
    sources = gatherer()
    assert sources.inputs(["next.zip"]) == []
    (told,) = sources.broken
    assert told.endswith(": archives in archives, more than 8 deep")
    assert len(told) < 120


def test_what_cannot_be_read_in_a_folder_does_not_hold_up_the_rest(here: Path) -> None:
    os.mkfifo(here / "a" / "pipe.csv")
    (here / "a" / "lost.csv").symlink_to("nowhere")
    (here / "a" / "round.csv").symlink_to("round.csv")
    (here / "a" / os.fsdecode(b"caf\xe9.csv")).write_text("id\n", encoding="utf-8")
    sources = gatherer()
    assert [one.name for one in sources.inputs(["a"])] == ["list.csv"]
    assert sorted(sources.broken) == [
        "a/caf\udce9.csv: its name is not UTF-8; rename it first",
        "a/lost.csv: No such file or directory",
        "a/pipe.csv: is no file",
        "a/round.csv: Too many levels of symbolic links",
    ]


def test_a_folder_is_passed_through_without_the_record_in_it(here: Path) -> None:
    with GenerationStore(here / "data").write("one") as target:
        target.load(["<http://a.example/> <http://a.example/> <http://a.example/> ."])
    (here / "data" / "quarantine").mkdir()
    for folder in ("data", "data/quarantine"):
        (here / folder / "rows.csv").write_text("id\n", encoding="utf-8")
    found = [Path(one.shown) for one in gatherer().inputs(["."])]
    assert found == [Path("a/list.csv"), Path("b/list.csv"), Path("data/rows.csv")]
    assert names("data/quarantine") == ["rows.csv"]


def test_a_full_folder_for_what_is_unpacked_is_named(here: Path, disk: Path) -> None:
    octets = os.urandom(30_000_000)
    (here / "noise.csv.gz").write_bytes(gzip.compress(octets, 0))
    with pytest.raises(BadInput, match=f"^{disk}: no space left to unpack to; .*TMPDIR"):
        Gatherer(disk, Fetcher()).inputs(["noise.csv.gz"])
