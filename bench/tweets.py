"""Made-up tweets in the two public layouts, as many as asked for and alike for one seed."""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

_AGENCY: Final = (
    "external_author_id", "author", "content", "region", "language", "publish_date",
    "harvested_date", "following", "followers", "updates", "post_type", "account_type",
    "retweet", "account_category", "new_june_2018", "alt_external_id", "tweet_id",
    "article_url", "tco1_step1", "tco2_step1", "tco3_step1",
)  # fmt: skip
_ARCHIVE: Final = (
    "tweetid", "userid", "user_display_name", "user_screen_name", "user_reported_location",
    "user_profile_description", "user_profile_url", "follower_count", "following_count",
    "account_creation_date", "account_language", "tweet_language", "tweet_text", "tweet_time",
    "tweet_client_name", "in_reply_to_userid", "in_reply_to_tweetid", "quoted_tweet_tweetid",
    "is_retweet", "retweet_userid", "retweet_tweetid", "latitude", "longitude", "quote_count",
    "reply_count", "like_count", "retweet_count", "hashtags", "urls", "user_mentions",
    "poll_choices",
)  # fmt: skip
_WORDS: Final = (
    "bridge", "city", "crane", "gull", "harbour", "news", "people", "quay", "rope", "signal",
    "storm", "tide", "truth", "vote", "water",
)  # fmt: skip
_AUTHORS: Final = 500
LAYOUTS: Final = ("archive", "agency")


def write_tweets(path: Path, layout: str, count: int, seed: int = 1) -> None:
    """Write a file of tweets; one in twenty of the archive's authors is hashed."""
    columns = _ARCHIVE if layout == "archive" else _AGENCY
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(_rows(layout, count, Random(seed)))


def _rows(layout: str, count: int, chance: Random) -> Iterator[dict[str, object]]:
    make = _of_the_archive if layout == "archive" else _of_the_agency
    for number in range(count):
        yield make(number, chance.randrange(_AUTHORS), chance)


def _text(chance: Random) -> str:
    return " ".join(chance.choices(_WORDS, k=12))


def _of_the_archive(number: int, author: int, chance: Random) -> dict[str, object]:
    id = str(7_000_000_000 + author)
    name = f"hash{author}aGFyYm91cg=" if author % 20 == 0 else f"Gull{author}"
    tags = chance.sample(_WORDS, chance.randrange(3))
    mentions = [str(chance.randrange(9_000_000, 9_100_000)) for _ in range(chance.randrange(3))]
    links = [f"https://news.example.org/{number}"] if chance.random() < 0.4 else []
    return {
        "tweetid": 900_000_000_000_000_000 + number,
        "userid": name if author % 20 == 0 else id,
        "user_display_name": name,
        "user_screen_name": name,
        "user_profile_description": "A gull\nof the harbour",
        "follower_count": chance.randrange(9_000),
        "following_count": chance.randrange(900),
        "account_creation_date": "2013-05-16",
        "account_language": "en",
        "tweet_language": chance.choice(("en", "es", "und")),
        "tweet_text": _text(chance),
        "tweet_time": f"2019-0{chance.randint(1, 9)}-1{chance.randrange(10)} 12:3{number % 10}",
        "tweet_client_name": chance.choice(("Twitter Web App", "Twitter for Android")),
        "is_retweet": "False",
        "latitude": "absent",
        "longitude": "absent",
        "quote_count": 0,
        "reply_count": chance.randrange(4),
        "like_count": chance.randrange(40),
        "retweet_count": chance.randrange(9),
        "hashtags": str(tags),
        "urls": str(links),
        "user_mentions": str(mentions),
    }


def _of_the_agency(number: int, author: int, chance: Random) -> dict[str, object]:
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    when = f"{month}/{day}/2017 {chance.randrange(24)}:{chance.randint(10, 59)}"
    return {
        "external_author_id": "9.06E+17",
        "author": f"GULL_{author}",
        "content": _text(chance),
        "region": chance.choice(("Unknown", "United States")),
        "language": "English",
        "publish_date": when,
        "harvested_date": when,
        "following": chance.randrange(2_000),
        "followers": chance.randrange(9_000),
        "updates": number,
        "account_type": "Right",
        "retweet": 0,
        "account_category": "RightTroll",
        "new_june_2018": 0,
        "alt_external_id": 906_000_000_000_000_000 + author,
        "tweet_id": 914_000_000_000_000_000 + number,
        "tco1_step1": f"https://news.example.org/{number % 5_000}",
    }
