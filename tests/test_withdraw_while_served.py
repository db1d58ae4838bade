"""Taking a text back and bringing it back, as whoever asks the endpoint sees it."""

from loaders.given import Given
from onrecord.ingest import ingest
from onrecord.store import GenerationStore
from onrecord.withdraw import withdraw
from ontology.identity import Mint
from tests.conftest import CASE
from tests.endpoint import Endpoint, served

THEPRINT = "02aeabe3be4cb1110b7b008bfa2715a776376880493b9b484e4fa4a89c36749c"
BASE = "https://w3id.org/onrecord/"


def test_withdrawing_a_text_takes_its_side_away_until_it_is_loaded_again(
    case_store: GenerationStore,
) -> None:
    document, theprint = Mint().document_of_sha256(THEPRINT), f"{BASE}doc/{THEPRINT}"
    with served(case_store.folder) as endpoint:
        before = asked(endpoint)
        assert known(endpoint, theprint, LATER) > 45
        withdraw(case_store, Mint(), document=document, reason="a test")
        without = asked(endpoint)
        between = endpoint.select("SELECT (MAX(?end) AS ?at) { ?a prov:endedAtTime ?end }")
        assert without["disagreements_about_a_value"] == [
            row for row in before["disagreements_about_a_value"] if "ThePrint" not in row
        ]
        assert without["totals_and_their_parts"] == without["counts_that_do_not_add_up"]
        assert len(without["attribution_wordings"]) == len(before["attribution_wordings"]) - 4
        assert without["denials_by_third_parties"] == []
        assert known(endpoint, theprint, LATER) == 0
        ingest(case_store, "case", CASE, Given())
        assert asked(endpoint) == before
        assert known(endpoint, theprint, between[0]["at"]) == 0
        assert known(endpoint, theprint, LATER) > 45


LATER = "2100-01-01"


def known(endpoint: Endpoint, document: str, when: str) -> int:
    return len(endpoint.ask("known_and_true", known_on=when, document=document))


def asked(endpoint: Endpoint) -> dict[str, list[list[str]]]:
    """Return the answers to K1 to K5, runs aside."""
    questions = (
        "disagreements_about_a_value",
        "totals_and_their_parts",
        "counts_that_do_not_add_up",
        "attribution_wordings",
        "assertions_and_denials",
        "denials_by_third_parties",
    )
    return {
        question: [list(row.values()) for row in endpoint.ask(question)]
        for question in questions
    }
