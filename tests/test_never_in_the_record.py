"""What must not be in the record of the case, asked of the served endpoint (N1 to N8)."""

from tests.endpoint import Endpoint

REUTERS_COPY = (1853, 4197)


def things(endpoint: Endpoint, *labels: str) -> set[str]:
    rows = endpoint.select("SELECT ?thing ?label { ?thing rdfs:label|skos:altLabel ?label }")
    found = {row["thing"] for row in rows if row["label"] in labels}
    assert len(found) >= len(labels) - 1
    return found


def test_n1_nobody_ties_the_cyber_force_or_its_head_to_ispr(endpoint: Endpoint) -> None:
    force = things(endpoint, "Pakistan Cyber Force", "Hanzala Tayyab", "Cyber Force members")
    force |= things(endpoint, "Facebook account of the Pakistan Cyber Force")
    state = things(
        endpoint, "Inter-Services Public Relations", "Pakistan Army", "Pakistan's military"
    )
    claims = endpoint.select(
        "SELECT ?s ?p ?o { ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
    )
    assert len(claims) > 300
    assert [
        row
        for row in claims
        if (row["s"] in force and row["o"] in state)
        or (row["s"] in state and row["o"] in force)
    ] == []
    plain = endpoint.select("SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")
    assert [row for row in plain if row["s"] in force and row["o"] in state] == []


def test_n2_no_named_person_denies_for_ispr(endpoint: Endpoint) -> None:
    deniers = endpoint.select(
        "SELECT ?speaker ?kind ?principal { ?att a rec:Denial ; rec:speaker ?speaker ."
        " ?speaker a ?kind OPTIONAL { ?speaker rec:principal ?principal } }"
    )
    assert len(deniers) >= 8
    assert [row for row in deniers if row["kind"].endswith("/Person")] == []
    ghafoor = things(endpoint, "Asif Ghafoor")
    assert [row for row in deniers if row["speaker"] in ghafoor] == []
    spoken = [row for row in deniers if row.get("principal", "").endswith("/org/ispr")]
    assert spoken
    assert all(row["kind"].endswith("#UnnamedSpeaker") for row in spoken)


def test_n2_every_denial_by_ispr_went_through_others(endpoint: Endpoint) -> None:
    direct = endpoint.select(
        "SELECT ?att ?part { ?att a rec:Denial ; rec:speaker :org\\/ispr ; rec:depth 1 ;"
        " rec:passage/rec:inPart/rec:partKind ?part }"
    )
    assert {row["part"].rpartition("#")[2] for row in direct} == {"headline"}


def test_n3_no_text_states_the_year(endpoint: Endpoint) -> None:
    years = endpoint.select(
        "SELECT ?value ?basis ?document { ?claim"
        " rdf:object|rec:atTime|rec:validFrom|rec:validTo"
        " ?value . FILTER(isLiteral(?value) && CONTAINS(STR(?value), '2019')) "
        "?att rec:claim ?claim ; rec:document ?document ; rec:timeBasis ?basis }"
    )
    assert {row["basis"].rpartition("#")[2] for row in years} == {"inferred", "sidecar"}
    untold = endpoint.select(
        "SELECT ?att { ?claim rdf:object ?value FILTER(DATATYPE(?value) IN (xsd:date,"
        " xsd:dateTime)"
        " && CONTAINS(STR(?value), '2019'))"
        " ?att rec:claim ?claim FILTER NOT EXISTS { ?att rec:timeBasis ?basis } }"
    )
    assert untold == []


def test_n3_a_publication_date_rests_on_the_sidecar(endpoint: Endpoint) -> None:
    dates = endpoint.select(
        "SELECT ?subject ?value ?basis { ?claim rdf:predicate schema:datePublished ;"
        " rdf:subject ?subject ; rdf:object ?value . ?att rec:claim ?claim ; rec:timeBasis"
        " ?basis }"
    )
    found = {(row["value"], row["basis"].rpartition("#")[2]) for row in dates}
    # the third is the statement of 1 April, of which the text gives day and month only
    assert found == {
        ("2019-04-04", "sidecar"),
        ("2019-04-03", "sidecar"),
        ("--04-01", "stated"),
    }


def test_n4_only_one_time_has_a_stated_zone(endpoint: Endpoint) -> None:
    times = endpoint.select(
        "SELECT ?time ?zone { ?claim rec:atTime ?time . ?att rec:claim ?claim ;"
        " rec:timeZoneBasis ?zone }"
    )
    assert {(row["time"], row["zone"].rpartition("#")[2]) for row in times} == {
        ("2019-04-03T12:16:00", "unstated"),
        ("2019-04-03T12:43:00", "unstated"),
        ("2019-04-03T15:22:00+05:30", "stated"),
    }


def test_n5_all_who_say_103_rest_on_facebook(endpoint: Endpoint) -> None:
    rows = endpoint.select(
        "SELECT ?claim ?number ?origin ?document { ?claim rdf:predicate rec:removedCount ;"
        " rdf:object 103 ; rec:independentOrigins ?number . ?att rec:claim ?claim ;"
        " rec:origin ?origin ; rec:document ?document }"
    )
    assert len({row["document"] for row in rows}) == 2
    assert {row["number"] for row in rows} == {"1"}
    assert {row["origin"].rpartition("/")[2] for row in rows} == {"facebook"}


def test_n5_what_stands_in_wire_copy_alone_has_one_origin(endpoint: Endpoint) -> None:
    rows = endpoint.select(
        "SELECT ?claim ?number (COUNT(DISTINCT ?att) AS ?all) (SUM(?in) AS ?copied) {"
        " ?att rec:claim ?claim ; rec:passage ?place . ?place oa:start ?start ; rec:document"
        " ?doc ."
        " ?doc schema:publisher :outlet\\/gulf-today . ?claim rec:independentOrigins ?number"
        f" BIND(IF(?start >= {REUTERS_COPY[0]}, 1, 0) AS ?in) }} GROUP BY ?claim ?number"
    )
    copied = [row for row in rows if int(row["copied"]) > 0]
    assert len(copied) > 30
    assert [row for row in copied if int(row["number"]) > 1] == []


def test_n5_a_composite_article_rests_on_the_wire_where_it_copies(endpoint: Endpoint) -> None:
    rows = endpoint.select(
        "SELECT ?origin ?start { ?att rec:depth 0 ; rec:passage ?place ; rec:origin ?origin ."
        " ?place oa:start ?start ; rec:document/schema:publisher :outlet\\/gulf-today }"
    )
    found = {(row["origin"], int(row["start"]) >= REUTERS_COPY[0]) for row in rows}
    short = {(origin.rpartition("/")[2], copied) for origin, copied in found}
    # the standfirst repeats what the copied part attributes to Tayyab
    short = {each for each in short if not each[0].startswith("hanzala-tayyab")}
    assert short == {("gulf-today", False), ("reuters-agency", True)}


def test_n6_facebook_does_not_speak_directly_of_content(endpoint: Endpoint) -> None:
    rows = endpoint.select(
        "SELECT ?depth ?hearsay { ?claim rdf:predicate rec:sharedContent . ?att rec:claim"
        " ?claim ;"
        " rec:speaker :org\\/facebook ; rec:depth ?depth OPTIONAL { ?att rec:hearsay"
        " ?hearsay } }"
    )
    assert [(row["depth"], row["hearsay"]) for row in rows] == [("3", "true")]
    assert (
        endpoint.select(
            "SELECT ?by { ?claim rdf:predicate rec:sharedContent ;"
            " rec:assertedBy|rec:deniedBy ?by }"
        )
        == []
    )


def test_n7_nothing_is_merged(endpoint: Endpoint) -> None:
    assert endpoint.select("SELECT ?a ?b { ?a rec:canonical ?b }") == []
    apart = endpoint.select(
        "SELECT ?a ?b { ?judged rec:verdict rec:different ; rec:first/rdfs:label ?a ;"
        " rec:second/rdfs:label ?b }"
    )
    pairs = {frozenset((row["a"], row["b"])) for row in apart}
    assert frozenset(("@MtayyabKathia1", "Hanzala Tayyab")) in pairs
    assert frozenset(("@markhor_2019", "@ZarbeKaleemi")) in pairs


def test_n8_account_holders_have_no_party_and_no_agency(endpoint: Endpoint) -> None:
    rows = endpoint.select(
        "SELECT DISTINCT ?account ?p { ?account a rec:Account . ?claim rdf:subject ?account ;"
        " rdf:predicate ?p }"
    )
    said = {row["p"].rpartition("#")[2].rpartition("/")[2] for row in rows}
    assert said == {
        "22-rdf-syntax-ns#type".rpartition("#")[2],
        "displayName",
        "followerCount",
        "handle",
        "isPartOf",
        "name",
        "onPlatform",
        "posted",
        "takenDownOn",
    }


def test_n8_only_the_four_quoted_accounts_have_handles(endpoint: Endpoint) -> None:
    rows = endpoint.select(
        "SELECT DISTINCT ?handle { ?claim rdf:predicate rec:handle ; rdf:object ?handle }"
    )
    assert {row["handle"] for row in rows} == {
        "MtayyabKathia1",
        "wiseguy112",
        "markhor_2019",
        "ZarbeKaleemi",
    }


def test_n8_the_cyber_forces_account_is_an_account(endpoint: Endpoint) -> None:
    (account,) = things(endpoint, "Facebook account of the Pakistan Cyber Force")
    kinds = endpoint.select(f"SELECT ?kind {{ <{account}> a ?kind }}")
    assert [row["kind"].rpartition("#")[2] for row in kinds] == ["Account"]
    assert (
        endpoint.select(f"SELECT ?kind {{ ?c rdf:subject <{account}> ; rec:assetKind ?kind }}")
        == []
    )


def test_rows_marked_to_be_excluded_are_absent(endpoint: Endpoint) -> None:
    keys = {row["key"] for row in endpoint.select("SELECT ?key { ?att rec:recordKey ?key }")}
    assert {"G01", "T45"} <= keys
    assert keys.isdisjoint({"T46", "T47"})
    part = endpoint.select(
        "SELECT ?att { ?part rec:partKind ?kind FILTER(?kind IN (rec:furniture,"
        " rec:readerComment))"
        " ?place rec:inPart ?part . ?att rec:passage ?place }"
    )
    assert part == []
