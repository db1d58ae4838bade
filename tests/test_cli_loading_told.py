"""What a load says of files: no name and no line of one makes more of it than a few words."""

from pathlib import Path
from typing import Final

import pytest

from loaders import csv_lines
from tests.terminal import Terminal

DATA: Final = Path(__file__).with_name("data") / "x-archive"
FILE: Final = DATA / "hashed_2031_01_Harbour_0631_Harbour_0631_users.csv"


def test_what_is_told_of_a_file_steers_no_terminal(run: Terminal, here: Path) -> None:
    name = "\x1b]0;mine\x07\u202evsc.csv"
    (here / name).write_text("a,b\n1,2\n", encoding="utf-8")
    for said in (run("load", "meta", name), run("load", "--detect", name)):
        assert r"\x1b]0;mine\x07\u202evsc.csv" in said.out + said.err
        assert not {"\x1b", "\u202e"} & {*said.out, *said.err}


def test_what_a_file_is_called_makes_no_line_of_its_own(run: Terminal, here: Path) -> None:
    name = "quay\npublished generation 9.csv"
    for one in (name, "other.csv"):
        (here / one).write_bytes(FILE.read_bytes())
    said = run("load", "x-archive", name, "other.csv")
    assert said.code == 0
    assert "very bytes" in said.err
    starts = [line[:22] for line in said.err.splitlines()]
    assert starts.count("published generation 1") == 1
    assert "published generation 9" not in starts


@pytest.mark.parametrize("format", ["accounts", "attributions", "x-archive"])
def test_a_line_without_an_end_is_refused_in_a_few_words(
    run: Terminal, here: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    monkeypatch.setattr(csv_lines, "_LONGEST", 200_000)
    header = "operation,attributed_to,attributed_by,platform,id"
    (here / "list.csv").write_text(f"{header},{'x' * 300_000}", encoding="utf-8")
    said = run("load", format, "list.csv", "--publisher", "Harbour Desk")
    assert (said.code, said.err.startswith("onrecord: list.csv: ")) == (1, True)
    assert len(said.err) < 5_000
    assert format == "x-archive" or "a line has more than 200,000 characters" in said.err


def test_what_is_secret_in_the_address_of_a_mapping_is_not_kept(
    run: Terminal, here: Path
) -> None:
    (here / "sites.csv").write_text("site\na.example\n", encoding="utf-8")
    (here / "sites.mapping.yaml").write_text(
        "publisher: Harbour Desk\nurl: 'https://files.example/s.csv?page=2&sig=quay7'\n"
        "things:\n  site: {kind: domain, column: site}\n"
        "claims:\n  - {subject: site, predicate: describedAs, object: {const: listed}}\n",
        encoding="utf-8",
    )
    assert run("load", "table", "sites.csv").code == 0
    told = run("export").out
    assert "https://files.example/s.csv?page=2&sig=REDACTED" in told
    assert "quay7" not in told


@pytest.mark.parametrize(
    ("secret", "kept"),
    [
        ("https://me:quay7@files.example/s", "https://files.example/s"),
        (
            "https://files.example/s?api_token=quay7",
            "https://files.example/s?api_token=REDACTED",
        ),
        (
            "https://files.example/s?X-Api-Key=quay7",
            "https://files.example/s?X-Api-Key=REDACTED",
        ),
        (
            "https://files.example/s?a%5Ftoken=quay7",
            "https://files.example/s?a%5Ftoken=REDACTED",
        ),
        ("https://files.example/s?pwd=q?quay7", "https://files.example/s?pwd=REDACTED"),
        (
            "https://files.example/s;jsessionid=quay7?page=2",
            "https://files.example/s;jsessionid=REDACTED?page=2",
        ),
        (
            "https://files.example/s?u=https://b.example/?token=quay7",
            "https://files.example/s?u=https://b.example/?token=REDACTED",
        ),
        (
            "https://files.example/s?oauth_signature=quay7&page=2",
            "https://files.example/s?oauth_signature=REDACTED&page=2",
        ),
        (
            "https://files.example/s?u=https%3A%2F%2Fb.example%2F%3Ftoken%3Dquay7",
            "https://files.example/s?u=https%3A%2F%2Fb.example%2F%3Ftoken%3DREDACTED",
        ),
        (
            f"https://files.example/s?key=AIza{'quay7' * 7}",
            "https://files.example/s?key=REDACTED",
        ),
    ],
)
def test_what_is_secret_in_an_address_is_not_kept_however_it_is_called(
    run: Terminal, here: Path, secret: str, kept: str
) -> None:
    assert run("load", "x-archive", FILE, "--url", secret).code == 0
    told = run("export").out
    assert (f'"{kept}"' in told, "quay7" in told) == (True, False)
