"""What a loader makes of a file: its records, by what they say."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from loaders import LOADERS
from loaders.given import Given
from loaders.records import Accounted, Attestation, Fate, Quarantined, Record, Total
from ontology import term
from ontology.identity import Term


@dataclass(frozen=True, slots=True)
class Sample:
    """A file in the format of a loader, with what goes beside it."""

    loader: str
    path: Path
    given: Given = field(default_factory=Given)


@dataclass(frozen=True, slots=True)
class Read:
    """The records of one file."""

    records: list[Record]

    @property
    def attestations(self) -> list[Attestation]:
        """Return everything that is said."""
        return [one for one in self.records if isinstance(one, Attestation)]

    @property
    def quarantined(self) -> list[Quarantined]:
        """Return what was not taken."""
        return [one for one in self.records if isinstance(one, Quarantined)]

    @property
    def reasons(self) -> Counter[str]:
        """Return how often something was not taken for which reason."""
        return Counter(one.reason for one in self.quarantined)

    @property
    def fates(self) -> Counter[Fate]:
        """Return what became of the records of the file."""
        found: Counter[Fate] = Counter()
        for one in self.records:
            if isinstance(one, Accounted):
                found[one.fate] += one.records
        return found

    @property
    def total(self) -> int:
        """Return how many records were come across."""
        return sum(one.records for one in self.records if isinstance(one, Total))

    def said(self, predicate: str, subject: NamedNode | None = None) -> list[Term]:
        """Return what is said of a thing, or of all things, with a predicate."""
        return [one.claim.object for one in self.saying(predicate, subject)]

    def saying(self, predicate: str, subject: NamedNode | None = None) -> list[Attestation]:
        """Return the attestations of claims with a predicate."""
        found = (one for one in self.attestations if one.claim.predicate == term(predicate))
        return [one for one in found if subject in (None, one.claim.subject)]

    def named(self, name: str) -> NamedNode:
        """Return the one thing that is called so."""
        found = {
            one.claim.subject for one in self.saying("name") if one.claim.object.value == name
        }
        (only,) = found
        return only


def read(sample: Sample) -> Read:
    """Return what a loader makes of a file; every record of it is accounted for."""
    found = Read(list(_records(sample)))
    assert found.total == found.fates.total()
    return found


def read_written(loader: str, path: Path, value: object, given: Given | None = None) -> Read:
    """Write a file, a text as it is and anything else as JSON; return what is made of it."""
    text = value if isinstance(value, str) else json.dumps(value)
    path.write_text(text, encoding="utf-8")
    return read(Sample(loader, path, given or Given()))


def _records(sample: Sample) -> Iterator[Record]:
    return LOADERS[sample.loader].load(sample.path, sample.given)


def counted(found: Read, predicate: str) -> list[tuple[str, set[str]]]:
    """Return the numbers given with a predicate, and what is said beside them."""
    return [
        (said.claim.object.value, {short(value) for _, value in said.claim.qualifiers})
        for said in found.saying(predicate)
    ]


def short(value: NamedNode | Literal) -> str:
    return value.value.rpartition("#")[2].rpartition("/")[2]


def worded(said: Attestation) -> str:
    return next(value.value for key, value in said.details if key == term("wording"))
