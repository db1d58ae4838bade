"""Accounts, hashtags and names: one IRI however they are written, two for two of them."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from onrecord.errors import BadInput
from ontology.identity import Mint
from tests.test_identity import composed, taken_apart

MINT = Mint()

named = st.text(
    st.characters(categories=["Lu", "Ll", "Lo", "Mn", "Nd"]), min_size=1, max_size=9
)


@pytest.mark.parametrize(
    "handle", ["Gull_Sample", "@gull_sample", "GULL_SAMPLE", " @Gull_sample "]
)
def test_account_is_known_by_its_handle_in_any_case(handle: str) -> None:
    assert MINT.account("Telegram", handle=handle).value == (
        "https://w3id.org/onrecord/account/telegram/gull_sample"
    )


@given(named, named)
@example("Straße", "STRASSE")
@example("ǰ", "J\u030c")
@example("İ", "i\u0307")
def test_handles_name_one_account_only_when_they_differ_by_case_alone(
    first: str, second: str
) -> None:
    accounts = [MINT.account("telegram", handle=handle) for handle in (first, second)]
    folded = [composed(taken_apart(handle).casefold()) for handle in (first, second)]
    assert (accounts[0] == accounts[1]) == (folded[0] == folded[1])


@given(named)
def test_handle_may_be_composed_or_taken_apart(handle: str) -> None:
    accounts = {
        MINT.account("telegram", handle=form(handle)) for form in (composed, taken_apart)
    }
    assert len(accounts) == 1


@given(named, named)
def test_account_is_known_by_its_id_whatever_its_handle(id: str, handle: str) -> None:
    known = MINT.account("telegram", id=id, handle=handle)
    assert known == MINT.account("telegram", id=taken_apart(id))
    assert known != MINT.account("telegram", handle=id)
    assert known != MINT.account("telegram", id=f"{id}x", handle=handle)
    assert known != MINT.account("youtube", id=id, handle=handle)


def test_ids_keep_their_case_and_their_slashes_apart_from_paths() -> None:
    ids = ["aB", "ab", "a/b", "id/ab", "id"]
    accounts = [MINT.account("telegram", id=id) for id in ids]
    accounts += [MINT.account("telegram", handle=handle) for handle in ["id/ab", "id"]]
    assert len(set(accounts)) == len(accounts)


@pytest.mark.parametrize(
    ("platform", "id", "handle"),
    [("telegram", "", ""), ("telegram", "", "@"), ("telegram", "", " "), ("", "1", "gull")],
)
def test_account_of_nobody_is_refused(platform: str, id: str, handle: str) -> None:
    with pytest.raises(BadInput, match="an account needs"):
        MINT.account(platform, id=id, handle=handle)


@given(named, named)
@example("Tag", "#TAG")
def test_hashtags_are_one_when_they_differ_by_case_sign_or_form_alone(
    first: str, second: str
) -> None:
    folded = [
        composed(taken_apart(tag).casefold()).removeprefix("#") for tag in (first, second)
    ]
    same = MINT.hashtag(f"#{first.removeprefix('#')}") == MINT.hashtag(second)
    assert same == (folded[0] == folded[1])


@pytest.mark.parametrize("tag", ["", "#", " # "])
def test_hashtag_of_nothing_is_refused(tag: str) -> None:
    with pytest.raises(BadInput, match="no hashtag"):
        MINT.hashtag(tag)


@given(named)
def test_name_is_known_in_any_case_and_form(name: str) -> None:
    upper = taken_apart(name).casefold().upper()
    assume(composed(taken_apart(upper).casefold()) == composed(taken_apart(name).casefold()))
    assert MINT.named("org", name) == MINT.named("org", upper)
    assert MINT.named("org", taken_apart(name)) == MINT.named("org", composed(name))


@given(named, named)
@example("हिन्दी", "हिन्दा")
@example("C", "Ç")
def test_names_of_letters_share_an_iri_only_when_they_differ_by_case(
    first: str, second: str
) -> None:
    folded = [composed(taken_apart(name).casefold()) for name in (first, second)]
    same = MINT.named("org", first) == MINT.named("org", second)
    assert same == (folded[0] == folded[1])


@pytest.mark.parametrize(
    "names",
    [("C", "C++", "C#"), ("!!!", "???", "…"), ("A&B", "A B", "A/B", "AB"), ("1.5%", "1.5")],
    ids=" ".join,
)
def test_names_that_differ_by_signs_are_kept_apart(names: tuple[str, ...]) -> None:
    assert len({MINT.named("org", name) for name in names}) == len(names)


def test_name_may_be_written_as_a_key() -> None:
    assert MINT.named("org", "Harbour Guild") == MINT.named("org", "harbour-guild")
    assert MINT.named("org", "Harbour Guild").value.endswith("/org/harbour-guild")


@pytest.mark.parametrize(
    "name", ["The Harbour Guild", "the harbour guild", "the-harbour-guild"]
)
def test_organisation_is_one_with_or_without_an_article(name: str) -> None:
    assert MINT.named("org", name) == MINT.named("org", "Harbour Guild")


@pytest.mark.parametrize(
    ("kind", "name"), [("org", "The"), ("org", "Theatre Guild"), ("outlet", "The Harbour")]
)
def test_no_other_name_loses_its_beginning(kind: str, name: str) -> None:
    assert MINT.named(kind, name).value.endswith(f"/{kind}/{name.lower().replace(' ', '-')}")


@pytest.mark.parametrize(
    "name",
    [
        "Harbour\u00a0Guild",
        "Harbour Guild\u200b",
        "\ufeffHarbour\u2009Guild",
        "Har\u00adbour Guild",
    ],
    ids=ascii,
)
def test_what_nobody_sees_in_a_name_makes_no_other_one(name: str) -> None:
    assert MINT.named("org", name) == MINT.named("org", "Harbour Guild")
    assert MINT.named("network", name, "a") == MINT.named("network", "Harbour Guild", "a")
    seen, plain = name.replace("\u00a0", ""), "HarbourGuild"
    assert MINT.hashtag("".join(seen.split())) == MINT.hashtag(plain)


def test_what_joins_letters_stays_in_a_name() -> None:
    joined, apart = "\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u062e"
    assert MINT.hashtag(joined) != MINT.hashtag(apart)


def test_scope_tells_namesakes_apart_and_kind_is_part_of_the_path() -> None:
    every = [
        MINT.named("person", "bo"),
        MINT.named("person", "bo", "a case"),
        MINT.named("person", "bo", "another case"),
        MINT.named("person", "bo", "a", "case"),
        MINT.named("org", "bo", "a case"),
    ]
    assert len(set(every)) == len(every)
    assert every[1].value.startswith("https://w3id.org/onrecord/person/bo-")
