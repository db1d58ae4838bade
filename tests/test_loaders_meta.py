"""Meta's threat research: what its tables, lists and summaries are read as."""

from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import NamedNode

from loaders import assets, meta
from loaders.amounts_in_words import amounts
from loaders.given import Given
from ontology import term
from ontology.identity import Mint
from tests.loading import Read, Sample, counted, read, short, worded

DATA: Final = Path(__file__).with_name("data") / "meta"
MINT: Final = Mint()
TABLE: Final = "Q3_2031_ Harbourland _ Iceland-based_CIB_network_updated.csv"
LIST: Final = "2031_04_taking_action_in_harbourland.csv"
SUMMARY: Final = "meta-h1-2031-harbourland-based-cib-network.md"


@pytest.fixture(scope="module")
def table() -> Read:
    return read(Sample("meta", DATA / TABLE))


@pytest.fixture(scope="module")
def listed() -> Read:
    return read(Sample("meta", DATA / LIST))


@pytest.fixture(scope="module")
def summary() -> Read:
    return read(Sample("meta", DATA / SUMMARY))


def test_counts_have_kind_platform_and_comparator(table: Read) -> None:
    (first, whole), (second, rounded) = counted(table, "assetCount")
    assert (first, second) == ("7704", "110")
    assert {"account", "facebook", "exact"} <= whole
    assert {"account", "facebook", "instagram", "approximately"} <= rounded


def test_a_tactic_is_carried_down_to_empty_cells(table: Read) -> None:
    way = MINT.named("technique", "acquiring facebook assets", "Online Operations Kill Chain")
    for said in table.saying("assetCount"):
        assert (term("technique"), way) in said.claim.qualifiers


def test_followers_members_and_ad_spend_are_of_the_network(table: Read) -> None:
    ((followers, pages),) = counted(table, "followerCount")
    ((members, group),) = counted(table, "memberCount")
    ((spent, ads),) = counted(table, "adSpend")
    assert followers == "1900000" and {"page", "approximately"} <= pages
    assert members == "100" and {"group", "lessThan"} <= group
    assert spent == "33540" and {"USD", "facebook", "instagram", "US dollars"} <= ads


def test_assets_belong_to_the_network_refanged(table: Read) -> None:
    belonging = {said.claim.subject for said in table.saying("belongsTo")}
    hosts = ("quayside-news.example.com", "cranes.example.org", "third.example.net")
    assert {assets.domain(host, MINT) for host in hosts} <= belonging
    handles = (
        MINT.account("twitter", handle=name) for name in ("harbour_watch", "HarbourNews")
    )
    assert set(handles) <= belonging
    assert MINT.hashtag("HarbourFirst") not in belonging


def test_a_domain_that_a_sentence_names_does_not_belong_to_the_network(table: Read) -> None:
    registrar = assets.domain("registrar.example.com", MINT)
    assert registrar not in {said.claim.subject for said in table.saying("belongsTo")}
    naming = [said for said in table.saying("uses") if said.claim.qualifiers]
    named = [(term("naming"), registrar), (term("naming"), MINT.hashtag("HarbourFirst"))]
    assert [said.claim.qualifiers for said in naming] == [(one,) for one in named]
    assert worded(naming[0]) == "Registering domains with registrar[.]example.com"


def test_the_title_says_where_a_network_is_based_as_far_as_it_names_countries(
    table: Read, summary: Read
) -> None:
    assert {short(place) for place in table.said("originatedIn")} == {"iceland"}
    assert {short(place) for place in summary.said("originatedIn")} == {"iceland"}
    assert "malta" in {short(place) for place in summary.said("targeted")}


def test_the_file_and_the_spelling_of_its_name_make_no_other_network() -> None:
    def network(name: str) -> NamedNode:
        found = read(Sample("meta", DATA / TABLE, Given(dataset=name)))
        (node,) = {said.claim.object for said in found.saying("belongsTo")}
        assert isinstance(node, NamedNode)
        return node

    first = network("Q1_2023/Q1_2023_ Iran-based_CIB_network.csv")
    assert first == network("indicators/csv/Q1 2023/Q1 2023_Iran-based CIB network_updated.csv")
    assert first != network("Q2_2023/Q2_2023_ Iran-based_CIB_network.csv")


def test_listed_indicators_are_typed(listed: Read) -> None:
    kinds = [short(kind) for kind in listed.said("rdf:type")]
    assert sorted(kinds) == sorted(
        ["Organization", "Dataset", "AssetSet", "Domain", "WebAddress", "Account", "WebAddress",
         "HashedFile", "HashedFile", "IpAddress", "Software", "Software"]
    )  # fmt: skip
    assert MINT.account("telegram", handle="harbourwatch") in {
        said.claim.subject for said in listed.saying("belongsTo")
    }


def test_what_is_no_indicator_is_quarantined_with_its_value(listed: Read) -> None:
    assert [(one.value, one.reason) for one in listed.quarantined] == [
        ("nothing of the kind", "is no md5"),
        ("smoke_signal", "is no kind of indicator that is known"),
    ]


def test_a_summary_counts_what_was_removed(summary: Read) -> None:
    found = counted(summary, "removedCount")
    assert [number for number, _ in found] == ["23", "8", "14"]
    assert found[1][1] == {"page", "facebook", "exact"}
    assert [number for number, _ in counted(summary, "followerCount")] == ["64000", "3300"]
    assert [number for number, _ in counted(summary, "adSpend")] == ["1800"]


def test_an_attribution_keeps_its_wording_and_is_no_stronger(summary: Read) -> None:
    (said,) = summary.saying("linkedTo")
    assert worded(said).startswith("links to individuals associated with the Harbour Board")
    assert not summary.said("operatedBy")


def test_each_claim_of_a_summary_stands_at_its_sentence(summary: Read) -> None:
    text = (DATA / SUMMARY).read_text(encoding="utf-8")
    for said in summary.saying("removedCount"):
        assert not hasattr(said.place, "dataset")
        passage = said.place
        assert text[passage.start : passage.end].startswith("We removed 23")


def test_a_sentence_that_no_pattern_reads_is_kept_in_quarantine(summary: Read) -> None:
    values = {one.value: one.reason for one in summary.quarantined}
    assert values["The cranes were shown standing still."] == "no pattern reads this sentence"
    assert len(values) == 3


@pytest.mark.parametrize(
    ("text", "value", "what"),
    [
        ("over 5 million users", "5000000", "assets"),
        ("around 1,200 accounts joined this Group", "1200", "members"),
        ("Around $1.2 million in spending for ads on Facebook", "1200000", "spend"),
        ("nearly 30K people joined one of these Groups", "30000", "members"),
        ("more than USD 5,000 in spending on ads", "5000", "spend"),
        ("around 3,000 unique Facebook and Instagram accounts", "3000", "assets"),
        ("About 20 USD in spending for ads on Facebook, paid for in US Dollars", "20", "spend"),
    ],
)
def test_amounts_are_read_as_they_are_worded(text: str, value: str, what: str) -> None:
    assert [(one.value.value, one.what) for one in amounts(text)] == [(value, what)]


@pytest.mark.parametrize(
    "text",
    ["In 2021 the 3 cranes of 12.5 tonnes stood; $40 was paid", "between 10 and 20 Pages",
     "10-20 Pages", "10–20 Pages", "10 to 20 Pages", "about 870 accounts followed",
     "hundreds of accounts", "870 accounts liked what they saw"],
)  # fmt: skip
def test_no_amount_is_read_out_of_other_numbers(text: str) -> None:
    assert amounts(text) == []


def test_nearly_all_of_the_real_files_becomes_typed_nodes(real_data: Path) -> None:
    folder = real_data / "meta-threat-research"
    files = sorted((folder / "indicators").rglob("*.csv"))
    assert len(files) > 40
    counts = 0
    for path in files:
        found = read(Sample("meta", path, Given(dataset=str(path.relative_to(folder)))))
        assert len(found.quarantined) <= 2
        counts += len(found.saying("assetCount")) + len(found.saying("adSpend"))
        counts += len(found.saying("followerCount")) + len(found.saying("memberCount"))
    assert counts >= 140


def test_its_files_are_recognised_and_others_are_not() -> None:
    for name in (TABLE, LIST, SUMMARY):
        head = (DATA / name).read_text(encoding="utf-8")[:4_000]
        assert meta.recognise(name, head)
    assert not meta.recognise("README.md", "# Threat Research Indicators\n")


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Q2-3_2031_GithubIOCs - Q2-3_2031_MALTA_BASED_CIB.csv", "MALTA BASED CIB (Q2-3 2031)"),
        ("Q4-1_2032_GithubIOCs - H1_2032_MALTA_BASED_CIB.csv", "MALTA BASED CIB (H1 2032)"),
        (" Q4_2031 MALTA_BASED_CIB.csv", "MALTA BASED CIB (Q4 2031)"),
    ],
)
def test_a_sheet_is_known_by_its_own_name_and_not_by_that_of_its_workbook(
    file: str, name: str
) -> None:
    assert read(Sample("meta", DATA / TABLE, Given(dataset=file))).named(name)


def test_accounts_that_a_technique_places_on_instagram_are_of_that_kind(tmp_path: Path) -> None:
    path = tmp_path / "Q1_2031_MALTA_BASED_CIB.csv"
    way = "0. Acquiring assets,0.9 Acquiring accounts,0.9.2 Acquiring Instagram accounts"
    lines = f"{way},33 accounts \n,,,2 Pages\n"
    path.write_text(f"Tactic ,Technique,Procedure,Indicator\n{lines}", "utf-8")
    (_, about), (_, of_pages) = counted(read(Sample("meta", path)), "assetCount")
    assert {"instagramAccount", "instagram"} <= about
    assert "instagram" not in of_pages


def rows_of(folder: Path, *cells: str, way: str = "7. Ads,7.1 Running ads,7.1.1 Ads") -> Read:
    """Return what a table of one technique is read as."""
    path = folder / "Q1_2031_MALTA_BASED_CIB.csv"
    lines = ["Tactic ,Technique,Procedure,Indicator", *(f'{way},"{cell}"' for cell in cells)]
    path.write_text("\n".join(lines), "utf-8")
    return read(Sample("meta", path))


def test_what_somebody_meant_to_fill_in_is_quarantined(tmp_path: Path) -> None:
    found = rows_of(tmp_path, "Around $xx in spending for ads, paid for mostly in xx", "TBD")
    assert found.reasons == {"has a placeholder where a value belongs": 2}
    assert not found.said("uses")


def test_a_remark_behind_an_asset_is_kept_beside_it(tmp_path: Path) -> None:
    cell = "cranes[.]example[.]org (posed as the harbour office)"
    found = rows_of(tmp_path, cell, way="0. Acquiring assets,0.6 Acquiring domains,")
    (said,) = found.saying("belongsTo")
    assert said.claim.subject == assets.domain("cranes.example.org", MINT)
    assert worded(said).endswith("(posed as the harbour office)")


@pytest.mark.parametrize(
    ("way", "cell", "is_own"),
    [
        ("3. Compromising assets,3.2 Defacing,3.2.1 Websites", "quay[.]example", False),
        ("1. Disguising assets,1.5 Impersonating,1.5.1 News website", "quay[.]example", False),
        ("9. Enabling longevity,9.2 Changing platforms,9.2.3 Dispersing content",
         "https://paper[.]example/news/1", False),
        ("6. Engagement,6.3 Spraying content,6.3.1 Posting common hashtags", "#news", False),
        ("6. Spam,6.2 Amplifying with likely fake accounts,", "https://x[.]com/quay", True),
        ("1. Disguising assets,1.3 Posing,1.3.1 Creating fictitious news outlet",
         "quay[.]example", True),
        ("0. Acqiuring Assets,0.6 Acquiring domains,", "https://quay[.]example/a", True),
    ],
)  # fmt: skip
def test_a_victim_a_newspaper_and_a_common_hashtag_do_not_belong_to_the_network(
    tmp_path: Path, way: str, cell: str, is_own: bool
) -> None:
    found = rows_of(tmp_path, cell, cell, way=way)
    assert [bool(found.saying(name)) for name in ("belongsTo", "uses")] == [is_own, not is_own]
    if not is_own:
        kinds = set(map(short, found.said("rdf:type")))
        assert kinds & {"Domain", "WebAddress", "Hashtag"}
        assert all(term("naming") in dict(one.claim.qualifiers) for one in found.saying("uses"))
