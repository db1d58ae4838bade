"""Rows of tweets, of which a few authors write many, and what one leaves for another."""

from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import NamedNode

from loaders.given import Given
from loaders.x_archive_profiles import OF_THE_PROFILE
from ontology import term
from tests.loading import Read, Sample, read
from tests.test_x_archive_resaved import OF_THE_AGENCY, TWEETS, of_file

CODED: Final = (
    "tweet_id,external_author_id,alt_external_id,author,publish_date,account_category"
)
TWEETED: Final = "tweetid,userid,user_screen_name,user_display_name,tweet_time,tweet_text"
TIME: Final = "2031-07-06 16:03"


def texts_of(found: Read, word: NamedNode) -> list[str]:
    """Return what stands under a word of each post."""
    posts = found.saying("posted")
    return [value.value for one in posts for key, value in one.claim.qualifiers if key == word]


def test_an_id_that_is_none_is_told_of_each_row_of_an_author(tmp_path: Path) -> None:
    rows = (f"9001{n},x y,9001,CRANE,7/6/2031 16:03,RightTroll" for n in (1, 2))
    found = of_file(tmp_path, OF_THE_AGENCY, CODED, *rows)
    assert found.reasons == {"is no id": 2}
    assert len({one.claim.subject for one in found.saying("posted")}) == 1


def test_two_ids_under_one_handle_are_two_accounts(tmp_path: Path) -> None:
    rows = (f"9001{n},,900{n},CRANE,7/6/2031 16:03,RightTroll" for n in (1, 2, 1))
    found = of_file(tmp_path, OF_THE_AGENCY, CODED, *rows)
    authors = [one.claim.subject for one in found.saying("posted")]
    assert len(set(authors)) == 2 and authors[0] == authors[2]


def test_another_category_of_an_author_is_told(tmp_path: Path) -> None:
    kinds = ("RightTroll", "RightTroll", "Fearmonger", "RightTroll")
    rows = (f"9001{n},,9001,CRANE,7/6/2031 16:03,{kind}" for n, kind in enumerate(kinds, 1))
    found = of_file(tmp_path, OF_THE_AGENCY, CODED, *rows)
    told = [one.claim.object.value for one in found.saying("describedAs")]
    assert told == ["RightTroll", "Fearmonger"]


def test_a_cell_below_no_name_is_set_aside_of_a_full_row(tmp_path: Path) -> None:
    row = f"90011,9001,crane,Crane,{TIME},said"
    found = of_file(tmp_path, TWEETS, f"{TWEETED},", f"{row},", f"{row[:4]}2{row[5:]},note")
    assert [(one.column, one.value) for one in found.quarantined] == [("column 7", "note")]
    assert len(found.saying("posted")) == 2


@pytest.mark.parametrize("text", ["  said twice  ", "nan", "None"])
def test_a_text_is_taken_as_it_stands(tmp_path: Path, text: str) -> None:
    found = of_file(tmp_path, TWEETS, TWEETED, f"90011,9001,crane,Crane,{TIME},{text}")
    assert texts_of(found, term("textSha256")) == [sha256(text.encode()).hexdigest()]
    sample = Sample("x-archive", tmp_path / TWEETS, Given(texts_of_posts=True))
    assert texts_of(read(sample), term("text")) == [text]


def test_what_each_tweet_repeats_of_its_author_is_left_unread_in_none(tmp_path: Path) -> None:
    head = f"{TWEETED},{','.join(OF_THE_PROFILE)}"
    profile = "Pier,Watches cranes,https://crane.example/,9,8,2031-01-02,en"
    rows = (f"9001{n},9001,crane,Crane,{TIME},said,{profile}" for n in (1, 2, 3))
    found = of_file(tmp_path, TWEETS, head, *rows)
    assert not found.quarantined
    assert len(found.saying("posted")) == 3
