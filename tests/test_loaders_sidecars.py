"""What a sidecar gets wrong is refused with file, line and key."""

from pathlib import Path

import pytest

from onrecord.errors import BadInput
from tests.harbour import GIVEN, HARBOUR, TEXTS, alone, changed, copied
from tests.test_loaders_articles import loaded


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("sha256: abc\n", "sha256 abc, the text has"),
        ("bytes: many\n", "bytes many, the text has 6"),
        ("title:\n", "alone.yaml:8: title: is empty"),
        ("headline: Ahoy\n", "alone.yaml:2: unread keys ['headline']"),
        ("title: Ahoy\ntitle: Oh\n", "alone.yaml:9: title: stands twice"),
        ("type: schema:Newspaper\n", "type: 'schema:Newspaper' is not a word"),
        ("text_policy: rec:stated\n", "text_policy: 'rec:stated' is not a word of the scheme"),
        ("media_type: plain text\n", "media_type: 'plain text' is not a media type"),
        ("authors: [nobody]\n", "authors[nobody]: 'nobody' is no key of alone.yaml"),
        ("authors: [me, me]\n", "authors: has 'me' twice"),
        ("date: yesterday\n", "date: 'yesterday' is not a time"),
        ("date: 2021\ndate_basis: rec:guess\n", "date_basis: 'guess' is not a word"),
        ("date_basis: rec:sidecar\n", "date_basis: speaks of a date, and there is none"),
        ("date_note: of old\n", "date_note: speaks of a date, and there is none"),
        ("parts: [{kind: body, chars: [0, 7]}]\n", "chars: [0, 7] is not a start and an end"),
        ("parts: [{kind: body, chars: [3, 2]}]\n", "chars: [3, 2] is not a start and an end"),
        ("parts: [{kind: body, chars: [0]}]\n", "chars: [0] is not a start and an end"),
        ("parts: [{kind: body, chars: all}]\n", "chars: 'all' is not a whole number"),
        ("parts: [{kind: body, chars: [0, end]}]\n", "'end' is not a whole number"),
        ("parts: [{kind: body, chars: {a: 1}}]\n", "chars: has to be a single value"),
        ("parts: [{kind: footer, chars: [0, 1]}]\n", "kind: 'footer' is not a word"),
        ("parts: [{kind: page, chars: [0, 1]}]\n", "is not a word of the scheme PartKind"),
        ("parts: [{chars: [0, 1]}]\n", "lacks 'kind'"),
        ("parts: [{kind: body}]\n", "lacks 'chars'"),
        ("parts: [{kind: body, chars: [0, 1], of: x}]\n", "unread keys ['of']"),
        ("parts: [{kind: body, chars: [0, 1], because: x}]\n", "ties the part to nothing"),
        ("parts: [{kind: body, chars: [0, 1], quoted_from: me}]\n", "lacks 'because'"),
        ("parts: [body]\n", "has to be a mapping"),
        ("- a\n", "alone.yaml:8"),
    ],
    ids=lambda text: text[:40].strip(),
)
def test_sidecar_that_is_wrong_is_refused_with_its_place(
    tmp_path: Path, more: str, said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        loaded(alone(tmp_path, more), GIVEN)
    assert said in str(refused.value)
    assert "alone.yaml" in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("publisher: paper\n", "", "alone.yaml:2: lacks 'publisher'"),
        ("publisher: paper", "publisher: press", "publisher: 'press' is no key of alone.yaml"),
        ("curator: me\n", "", "alone.yaml:2: lacks 'curator'"),
        ("file: text.txt", "file: ../text.txt", "'../text.txt' has to be the name"),
        ("file: text.txt\n", "", "alone.yaml:2: lacks 'sha256'"),
        ("file: text.txt", "file: other.txt", "alone.yaml:2: lacks 'sha256'"),
    ],
)  # fmt: skip
def test_sidecar_that_lacks_something_says_what(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(BadInput) as refused:
        loaded(changed(alone(tmp_path), old, new), GIVEN)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("bytes: 848", "bytes: many", "bytes: 'many' is not a whole number"),
        ("bytes: 848\n", "", "lacks 'bytes'"),
        ("sha256: b2982774", "sha256: z2982774", "is not a SHA-256 hash"),
        ("key: H", "key: H\ncurator: sample-analyst", "unread keys ['curator']"),
    ],
)
def test_description_is_all_there_is_of_a_text_that_is_not_at_hand(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = changed(copied(tmp_path) / "documents" / "gazette.yaml", old, new)
    with pytest.raises(BadInput) as refused:
        loaded(path, GIVEN)
    assert said in str(refused.value)


def test_sidecar_without_things_anywhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    path = tmp_path / "a" / "b" / "x.yaml"
    path.write_bytes((HARBOUR / "documents" / "gazette.yaml").read_bytes())
    with pytest.raises(BadInput, match=r"neither 'things' in it nor a things\.yaml beside it"):
        loaded(path)


def test_text_is_not_taken_for_a_sidecar() -> None:
    with pytest.raises(BadInput, match=r"gazette\.txt: neither YAML nor JSON"):
        loaded(TEXTS / "gazette.txt")
