"""Files: each says what its bytes are, and a passage of it what its characters are."""

from pathlib import Path

import pytest

from loaders.given import Given
from loaders.source import File, Source
from onrecord.errors import BadInput
from tests.harbour import MINT
from tests.test_loader_files import FISH, source


def test_file_says_what_its_bytes_are(tmp_path: Path) -> None:
    document = source(tmp_path / "x.csv", f"id\r\n{FISH}").document
    assert (document.size, document.characters, document.media_type) == (8, 5, "text/csv")
    assert MINT.document_of_sha256(document.sha256) == MINT.document(f"id\r\n{FISH}".encode())


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("x.JSONL", "application/jsonl"),
        ("x.ndjson", "application/jsonl"),
        ("x.json", "application/json"),
        ("x.yml", "application/yaml"),
        ("x.txt", "text/plain"),
        ("x", "application/octet-stream"),
    ],
)
def test_media_type_follows_from_the_name(tmp_path: Path, name: str, media_type: str) -> None:
    assert source(tmp_path / name, "").document.media_type == media_type


@pytest.mark.parametrize(
    ("name", "complaint"),
    [("none.csv", "No such file"), ("folder", "Is a directory"), ("a\0b", "null byte")],
    ids=["missing", "folder", "null byte"],
)
def test_file_that_cannot_be_read_is_bad_input(
    tmp_path: Path, name: str, complaint: str
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(BadInput, match=complaint):
        Source.read(tmp_path / name)


def test_file_that_is_not_utf_8_is_refused_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"x\.csv: not UTF-8 at byte 3"):
        source(tmp_path / "x.csv", b"id,\xff")


@pytest.mark.parametrize("begin", [b"PK\x03\x04\x14\x00\xff", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_a_workbook_is_told_to_be_none_where_a_text_is_wanted(
    tmp_path: Path, begin: bytes
) -> None:
    path = tmp_path / "takedowns.xlsx"
    path.write_bytes(begin)
    with pytest.raises(BadInput, match=r"takedowns\.xlsx: no text, but a workbook .* as CSV"):
        File.at(path, Given())


def test_a_file_in_utf_16_is_told_by_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("id,note".encode("utf-16"))
    with pytest.raises(BadInput, match=r"x\.csv: UTF-16; save it as UTF-8"):
        File.at(path, Given())


def test_passage_hashes_its_characters(tmp_path: Path) -> None:
    passage = source(tmp_path / "x.txt", f"{FISH}{FISH} ahoy").passage(1, 4, MINT)
    assert (passage.start, passage.end) == (1, 4)
    document = source(tmp_path / "y.txt", f"{FISH} a").document
    assert passage.sha256 == document.sha256
