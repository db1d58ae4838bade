"""Web addresses come out alike, whether they were looked at twice or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.assets import address, handle_of
from ontology.identity import Mint

hosts = st.from_regex(r"[a-z0-9-]{1,9}(\.[a-z0-9-]{1,9}){0,4}", fullmatch=True)
paths = st.text("aZ09/_.~%+=&?#;:@[]()-é ", max_size=20)
schemes = st.sampled_from(("http://", "https://", "HTTP://", "hxxp://", "ftp://", ""))


@given(schemes, hosts, paths)
def test_an_address_in_plain_form_is_what_a_second_look_would_make_of_it(
    scheme: str, host: str, path: str
) -> None:
    spelled = f"{scheme}{host}{path}"
    # what does not begin plainly is taken apart
    assert address(spelled) == address(f" {spelled}")


@pytest.mark.parametrize("spelled", ["2", "2031", "cafe", "deadbeef", "http://fade/"])
def test_a_word_that_could_be_a_number_of_sixteens_is_no_address(spelled: str) -> None:
    assert address(spelled) is None


@pytest.mark.parametrize("spelled", ["http://[::1]/", "http://[2001:db8::7]:8080/x"])
def test_an_address_by_numbers_is_one(spelled: str) -> None:
    assert address(spelled) == spelled


def test_the_number_of_a_channel_is_no_handle_and_keeps_its_case() -> None:
    number = "UCaBcDeFgHiJkLmNoPqRsTuV"
    found = handle_of(f"hxxps://www[.]youtube[.]com/channel/{number}")
    assert found is not None
    assert (found.handle, found.id) == ("", number)
    other = handle_of(f"https://youtube.com/channel/{number.swapcase().replace('uc', 'UC', 1)}")
    assert other is not None
    assert other.account(Mint()) != found.account(Mint())


@pytest.mark.parametrize(
    ("url", "handle", "id"),
    [
        ("vk[.]com/id7000", "", "7000"),
        ("https://vk.com/harbour.watch", "harbour.watch", ""),
        ("https://m.vk.com/harbour", "harbour", ""),
        ("https://ok.ru/profile/7000", "", "7000"),
        ("https://bsky.app/profile/did:plc:ab12", "", "did:plc:ab12"),
        ("https://bsky.app/profile/crane.example", "crane.example", ""),
        ("https://fb.com/harbour.watch", "harbour.watch", ""),
        ("https://facebook.com/people/Harbour-Watch/100044561550831", "", "100044561550831"),
        ("https://facebook.com/pages/Harbour-Watch/994910227187446", "", "994910227187446"),
        ("https://www.facebook.com/100044561550831", "", "100044561550831"),
    ],
)
def test_a_host_of_two_letters_is_no_language_of_another(
    url: str, handle: str, id: str
) -> None:
    found = handle_of(url)
    assert found is not None
    assert (found.handle, found.id) == (handle, id)


@pytest.mark.parametrize(
    "url",
    ["https://vk.com/wall-1_2", "https://vk.com/club7", "https://vk.com/video7_8",
     "https://ok.ru/group/7", "https://ok.ru/video/7", "https://reddit.com/r/harbour"],
)  # fmt: skip
def test_a_group_or_a_post_is_no_account(url: str) -> None:
    assert handle_of(url) is None


def test_the_page_of_a_company_is_not_the_account_of_somebody_of_that_name() -> None:
    company, person = map(
        handle_of, ("https://www.linkedin.com/company/crane/", "https://linkedin.com/in/crane")
    )
    assert company is not None
    assert person is not None
    assert company.handle == "company/crane"
    assert company.account(Mint()) != person.account(Mint())


@pytest.mark.parametrize("host", ["youtube.com", "rumble.com"])
def test_names_of_two_kinds_on_one_platform_are_not_one_account(host: str) -> None:
    custom, legacy = (handle_of(f"https://{host}/{kind}/crane") for kind in ("c", "user"))
    assert custom is not None
    assert legacy is not None
    assert (custom.handle, legacy.handle) == ("c/crane", "user/crane")
    plain = handle_of("https://youtube.com/@crane")
    assert plain is not None
    assert plain.handle == "crane"
    assert len({one.account(Mint()) for one in (custom, legacy, plain)}) == 3
    assert handle_of(f"https://{host}/user/about") is None


@pytest.mark.parametrize(
    "glued",
    [
        "https://crane.example/ahttps://heron.example/b",
        "https://crane.example/%D9%8Ahttps://heron.example/b",
        "https://crane.example/a,https://heron.example/b",
        "crane.example/a;hxxps://heron.example/b",
        "https://crane.examplehttp://heron.example/",
    ],
)
def test_two_addresses_without_a_blank_between_them_are_none(glued: str) -> None:
    assert address(glued) is None


@pytest.mark.parametrize(
    "held",
    [
        "https://archive.example/web/2031/https://heron.example/b",
        "https://crane.example/l.php?u=https://heron.example/b",
        "https://crane.example/l.php?u%3Dhttps://heron.example/b",
        "https://crane.example/share?text=Heron%0Ahttps://heron.example/b",
        "https://crane.example/share?text=Heron%C2%A0https://heron.example/b",
        "https://crane.example/view-source:https://heron.example/b",
        "https://crane.example/http:/heron",
    ],
)
def test_an_address_may_hold_another(held: str) -> None:
    assert address(held) == held
