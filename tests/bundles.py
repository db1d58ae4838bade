"""What the tests of STIX bundles ask of the objects of the harbour."""

from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.records import Attestation
from ontology import term
from ontology.identity import Mint
from tests.loading import Read

DATA: Final = Path(__file__).with_name("data") / "stix"
REAL: Final = ("disarm.json", "viginum-big.json", "viginum-matriochka.json")
MINT: Final = Mint()
WATCH: Final = MINT.named("org", "Harbour Watch")
MINISTRY: Final = MINT.named("org", "Ministry of Piers")
CRANES: Final = MINT.named("org", "Crane Desk")
COMMAND: Final = MINT.named("org", "Pier Command")


def id_of(type: str, number: int) -> str:
    """Return the id of an object of the harbour."""
    return f"{type}--{number:08}-0000-4000-8000-{number:012}"


def identified(found: Read, type: str, number: int) -> NamedNode:
    """Return the thing that an object is of."""
    wanted = Literal(id_of(type, number))
    (node,) = {
        said.claim.subject
        for said in found.saying("dcterms:identifier")
        if said.claim.object == wanted
    }
    return node


def of_record(found: Read, type: str, number: int) -> list[Attestation]:
    """Return what is said in one object."""
    key = id_of(type, number)
    return [one for one in found.attestations if getattr(one.place, "key", "") == key]


def at_fault(found: Read, type: str, number: int) -> list[tuple[str, str]]:
    """Return the fields of an object that were not taken, and why."""
    key = id_of(type, number)
    return [(one.column, one.reason) for one in found.quarantined if one.key == key]


def detail(said: Attestation, word: str) -> set[str]:
    """Return what stands beside a claim."""
    return {value.value for key, value in said.details if key == term(word)}
