"""What the questions have to bring out of the bundled case, asked over HTTP (K1 to K12)."""

from tests.endpoint import Endpoint

GULF_TODAY = "ee7b36810a7361aa94c1c0e33b298d583b9d5ab3b6c8ca04a3972988fd4db11f"
THEPRINT = "02aeabe3be4cb1110b7b008bfa2715a776376880493b9b484e4fa4a89c36749c"
TOLD = "Facebook < Unnamed ISPR sources < TV channels (unnamed) < Gulf Today"


def short(value: str) -> str:
    """Return a word, a thing's key without its hash, or a plain value."""
    if not value.startswith("http"):
        return value
    tail = value.rpartition("/")[2].rpartition("#")[2]
    key, _, digest = tail.rpartition("-")
    return key if len(digest) == 12 and key else tail


def rows(
    endpoint: Endpoint, question: str, *columns: str, **given: str
) -> list[tuple[str, ...]]:
    found = endpoint.ask(question, **given)
    return [tuple(short(row.get(column, "")) for column in columns) for row in found]


def test_k1_24_pages_stand_on_one_platform_or_two(endpoint: Endpoint) -> None:
    found = rows(
        endpoint,
        "disagreements_about_a_value",
        *("disagreement", "value", "kind", "platforms", "chain"),
        *("otherValue", "otherKind", "otherPlatforms", "otherChain"),
    )
    pages = [row for row in found if row[1] == "24"]
    same = ("renderings of one origin", "24", "page", "facebook", "Facebook < Gulf Today")
    assert pages == [(*same, "24", "page", "facebook; instagram", "ThePrint")]


def test_k2_88_of_103_add_up_in_one_text_and_all_in_the_other(endpoint: Endpoint) -> None:
    columns = ("document", "total", "sum", "missing")
    assert rows(endpoint, "totals_and_their_parts", *columns) == [
        (THEPRINT, "103", "103", "0"),
        (GULF_TODAY, "103", "88", "15"),
    ]
    assert rows(endpoint, "counts_that_do_not_add_up", *columns) == [
        (GULF_TODAY, "103", "88", "15")
    ]


def test_k2_fifteen_instagram_accounts_stand_in_one_text_only(endpoint: Endpoint) -> None:
    found = rows(endpoint, "path_of_a_number", "kind", "document", "chain", number="15")
    assert found == [("instagramAccount", THEPRINT, "ThePrint")]


def test_k3_followers_keep_comparator_and_scope(endpoint: Endpoint) -> None:
    columns = ("subject", "predicate", "comparator", "chain")
    assert rows(endpoint, "path_of_a_number", *columns, number="2800000") == [
        ("removed-on-facebook", "followerCount", "moreThan", "Facebook < Gulf Today")
    ]
    scope = endpoint.select(
        "SELECT ?scope { ?c rdf:object 2800000 ; rec:scope ?scope } ORDER BY ?scope"
    )
    assert [short(row["scope"]) for row in scope] == ["account", "group", "page"]
    assert endpoint.select("SELECT ?g { GRAPH ?g { ?s rec:followerCount 2800000 } }") == []


def test_k4_seven_wordings_of_the_attribution_from_weak_to_strong(endpoint: Endpoint) -> None:
    found = rows(endpoint, "attribution_wordings", "wording", "stance", "chain")
    said = [(wording, chain) for wording, stance, chain in found if stance in SAYING]
    assert said == [
        ("linked to ISPR", "Nathaniel Gleicher < Gulf Today"),
        ("linked to military", "Facebook < Gulf Today"),
        (
            "military behind",
            "Facebook < Inter-Services Public Relations < TV channels (unnamed) < Gulf Today",
        ),
        ("ISPR employees behind", "Facebook < ThePrint"),
        ("operated by staff", "ThePrint"),
        ("run by employees", "ThePrint"),
        ("Pakistan Army pages", "ThePrint"),
    ]


SAYING = ("Allegation", "Assertion")


def test_k5_what_ispr_denies_and_questions(endpoint: Endpoint) -> None:
    found = endpoint.select(
        "SELECT ?predicate ?object ?stance ?chain { ?att a ?stance ; rec:chain ?chain ;"
        " rec:claim ?claim . VALUES ?stance { rec:Denial rec:Question }"
        " ?claim rdf:predicate ?predicate ; rdf:object ?object ."
        " FILTER NOT EXISTS { ?att rec:hearsay true } }"
    )
    said = {
        (short(row["predicate"]), short(row["object"]), short(row["stance"])) for row in found
    }
    assert {
        ("controlledBy", "ispr", "Denial"),
        ("controlledBy", "pakistan-army", "Denial"),
        ("backs", "operators", "Denial"),
        ("worksFor", "ispr", "Denial"),
        ("hasBehindIt", "pakistan-military", "Question"),
    } <= said


def test_k5_the_third_partys_denial_stands_apart(endpoint: Endpoint) -> None:
    columns = ("speaker", "predicate", "value", "chain")
    assert rows(endpoint, "denials_by_third_parties", *columns) == [
        ("markhor_2019", "worksFor", "ispr", "@markhor_2019 < ThePrint")
    ]


def test_k5_what_facebook_asserts_ispr_denies_in_other_words(endpoint: Endpoint) -> None:
    found = rows(
        endpoint,
        "assertions_and_denials",
        *("predicate", "assertingHearsay", "stance", "deniedPredicate", "tie"),
        asserter="org/facebook",
        denier="org/ispr",
    )
    assert found == [
        ("hasBehindIt", "true", "Question", "hasBehindIt", "the same claim"),
        ("hasBehindItEmployeesOf", "", "Denial", "worksFor", "a judged consequence"),
    ]


def test_k6_reasons_given_and_the_one_denied(endpoint: Endpoint) -> None:
    columns = ("reason", "stance", "chain", "oddChain", "given")
    spokesperson = "A Facebook spokesperson < Reuters < Gulf Today"
    found = rows(endpoint, "reasons_for_an_action", *columns)
    assert [row[:4] for row in found if row[4] == "as a reason"] == [
        (
            "coordinated inauthentic behaviour",
            "Assertion",
            "Nathaniel Gleicher < Gulf Today",
            "",
        ),
        ("inauthentic behaviour", "Assertion", "Facebook < Gulf Today", ""),
        ("spamming", "Assertion", "Facebook < Gulf Today", ""),
        ("Indian government pressure", "Denial", spokesperson, "@markhor_2019 < ThePrint"),
        ("operators acted together and used fake accounts", "Assertion", spokesperson, ""),
    ]


def test_k6_what_ispr_presupposes_in_questioning_the_removal_is_no_reason_given(
    endpoint: Endpoint,
) -> None:
    columns = ("given", "predicate", "reason", "chain")
    found = rows(endpoint, "reasons_for_an_action", *columns)
    ispr = "Inter-Services Public Relations < Gulf Today"
    assert [row for row in found if row[0] != "as a reason"] == [
        ("in questioning it", "highlights", "kashmir-issue", ispr),
        ("in questioning it", "supports", "military-struggle", ispr),
    ]
    own = rows(
        endpoint, "own_words_and_reported_words", "predicate", "value", "mode", actor="org/ispr"
    )
    assert ("highlights", "kashmir-issue", "presupposed") in own


def test_k7_no_questionable_content_is_told_four_speakers_deep(endpoint: Endpoint) -> None:
    columns = ("predicate", "stance", "depth", "voices", "chain")
    found = rows(endpoint, "claims_on_anonymous_sources_only", *columns)
    assert ("sharedContent", "Denial", "3", "4", TOLD) in found
    pairs = rows(
        endpoint,
        "assertions_and_denials",
        *("predicate", "object", "deniedPredicate", "denyingChain", "denyingHearsay"),
    )
    assert ("fuelled", "anti-india-content", "sharedContent", TOLD, "true") in pairs


def test_k8_one_claim_each_with_two_attestations(endpoint: Endpoint) -> None:
    found = endpoint.select(
        "SELECT ?value ?comparator ?platform (COUNT(?att) AS ?places)"
        " (GROUP_CONCAT(?chain; SEPARATOR='|') AS ?chains) ?origins {"
        " ?claim rdf:predicate rec:closedCount ; rdf:object ?value ; rec:platform ?platform ;"
        " rec:comparator ?comparator ; rec:independentOrigins ?origins ."
        " ?att rec:claim ?claim ; rec:chain ?chain }"
        " GROUP BY ?claim ?value ?comparator ?platform ?origins ORDER BY ?value"
    )
    said = [
        (
            *(
                short(row[key])
                for key in ("value", "comparator", "platform", "places", "origins")
            ),
            tuple(sorted(row["chains"].split("|"))),
        )
        for row in found
    ]
    voices = ("Gulf Today", "Hanzala Tayyab < Gulf Today")
    assert said == [
        ("4", "exact", "facebook", "2", "1", voices),
        ("20", "moreThan", "twitter", "2", "1", voices),
    ]


def test_k9_103_assets_are_also_called_103_accounts(endpoint: Endpoint) -> None:
    found = rows(
        endpoint,
        "disagreements_about_a_value",
        *("value", "kind", "chain", "otherValue", "otherKind", "otherChain"),
    )
    accounts = ("103", "account", "Facebook < Gulf Today")
    assert ("103", "asset", "Nathaniel Gleicher < Gulf Today", *accounts) in found
    assert ("103", "asset", "ThePrint", *accounts) in found


def test_k10_the_headline_drops_two_hops_and_widens_the_actor(endpoint: Endpoint) -> None:
    found = rows(
        endpoint,
        "headline_and_body",
        *("part", "headlineValue", "headlineDepth", "bodyValue", "bodyDepth", "bodyChain"),
    )
    sources = "Unnamed ISPR sources < TV channels (unnamed) < Gulf Today"
    assert ("headline", "pakistan-army", "1", "ispr", "2", sources) in found


def test_k11_three_wordings_of_one_office_agree(endpoint: Endpoint) -> None:
    ghafoor = endpoint.select("SELECT ?x { ?x rdfs:label 'Asif Ghafoor'@en }")[0]["x"]
    found = rows(
        endpoint,
        "offices_and_their_wordings",
        *("office", "wording", "status", "independentOrigins"),
        person=ghafoor,
    )
    offices = sorted(row for row in found if row[0] == "head-of-ispr")
    assert offices == [
        ("head-of-ispr", "Director General", "accepted", "3"),
        ("head-of-ispr", "chief", "accepted", "3"),
        ("head-of-ispr", "head", "accepted", "3"),
    ]


def test_k12_two_networks_are_told_apart(endpoint: Endpoint) -> None:
    found = rows(endpoint, "verdicts_on_identity", "thing", "verdict", "other")
    assert ("removed-network", "different", "hashtag-network") in found
