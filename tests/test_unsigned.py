"""What lets somebody in is struck out of addresses, and nothing else is."""

import pytest

from onrecord.unsigned import unsigned

# as its issuer draws them, in pieces, so that nobody takes the test for a leak
TELEGRAM = "123456789" + ":" + "AAHdqTcv" * 4 + "saw"
GITHUB = "ghp" + "_" + "a1B2c3D4" * 5
AMAZON = "AKIA" + "Q7W8E9R0" * 2
JWT = "eyJhbGci" + "." + "eyJzdWIi" + "." + "c2ln"
DRAWN = "aBcD3fGh" * 5 + "=="


@pytest.mark.parametrize(
    ("secret", "kept"),
    [
        (f"https://api.telegram.org/file/bot{TELEGRAM}/a.csv", "file/botREDACTED/a.csv"),
        (f"https://files.example/{GITHUB}/a.csv", "/REDACTED/a.csv"),
        (f"https://files.example/a.csv?from={AMAZON}&page=2", "?from=REDACTED&page=2"),
        (f"https://files.example/{JWT}/a.csv", "/REDACTED/a.csv"),
        ("https://hooks.slack.com/services/T7/B7/quay7", "services/REDACTED"),
        ("https://discord.com/api/webhooks/77/quay7", "webhooks/REDACTED"),
        (f"https://files.example/api/a?code={DRAWN}", "a?code=REDACTED"),
        (f"https://files.example/api/a?code[]={DRAWN}", "a?code[]=REDACTED"),
        ("https://files.example/a.csv?rlkey=quay7&dl=1", "?rlkey=REDACTED&dl=1"),
        ("https://files.example/a.csv?PHPSESSID=quay7", "?PHPSESSID=REDACTED"),
        ("https://files.example/a.csv?pass=quay7", "?pass=REDACTED"),
    ],
)
def test_what_lets_somebody_in_is_struck_out(secret: str, kept: str) -> None:
    assert unsigned(secret).endswith(kept)
    assert unsigned(unsigned(secret)) == unsigned(secret)


@pytest.mark.parametrize(
    "url",
    [
        "https://files.example/s?pageToken=7&key=9",
        "https://files.example/s?q=token&u=a%3Ab",
        "https://files.example/s?code=IS&country=Iceland",
        "https://files.example/s?code=2031-04-harbour-report-of-cranes",
        "https://files.example/s?compass=n&bypass=1&hotkey=7&turkey=8",
        f"https://files.example/sheet?key={'0AqzXyZ1' * 5}",
        "https://files.example/robot123456789/xoxo-hugs-and-kisses/risk_test_of_a_harbour",
        "https://files.example/ghg_emissions_by_country_2031.csv",
        "https://files.example/sk_test_of_harbours_by_region_2031.csv",
        "https://files.example/s?url_key=harbour-watch&assess_id=7",
        "https://files.example/services/T7/B7/webhooks/77/quay",
    ],
)
def test_an_address_without_a_secret_is_kept_as_it_is(url: str) -> None:
    assert unsigned(url) == url
