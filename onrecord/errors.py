"""Every way onrecord says no, on one page.

OnRecordError
├── UnknownWord            a word that the vocabulary does not have
├── BadInput               a source that says something we cannot take as it stands
│   ├── BadRow             one row or record of it
│   └── TextMismatch       a held text that differs from what was recorded of it
├── ShapeViolation         evidence that breaks a shape of the ontology
├── AuditFinding           a draft that would publish an untraceable statement
├── UnknownThing           an IRI that the record does not have
├── UnknownQuestion        a question that nobody wrote down
├── BadParameter           a question asked with a missing or malformed parameter
├── BadQuery               SPARQL that does not parse
├── NotAcceptable          a format that we cannot write
└── StoreError             the data folder refuses
    ├── StoreBusy          another writer holds the lock
    ├── NoGeneration       nothing was published yet, or not that number
    └── StoreFull          the disk has no room for the next generation
"""


class OnRecordError(Exception):
    """Something that a person has to know; its message is one clear line."""


class UnknownWord(OnRecordError):
    """A word that neither the vocabulary nor the schemes define."""


class BadInput(OnRecordError):
    """A source that cannot be taken as it stands."""


class BadRow(BadInput):
    """One record that cannot be taken; says file, record and reason."""


class TextMismatch(BadInput):
    """A held text that differs from what was recorded of it; shows both."""


class ShapeViolation(OnRecordError):
    """Evidence that breaks a rule of `ontology/shapes.ttl`."""


class AuditFinding(OnRecordError):
    """A draft in which an audit found something; it was not published."""


class UnknownThing(OnRecordError):
    """An IRI about which the record says nothing."""


class UnknownQuestion(OnRecordError):
    """A question that has no file in `queries/`."""


class BadParameter(OnRecordError):
    """A parameter that is missing, unknown or not of its type."""


class BadQuery(OnRecordError):
    """SPARQL that does not parse or cannot be evaluated."""


class NotAcceptable(OnRecordError):
    """None of the asked-for formats can be written."""


class StoreError(OnRecordError):
    """The data folder refuses."""


class StoreBusy(StoreError):
    """Another writer holds the lock and did not let go in time."""


class NoGeneration(StoreError):
    """No generation was published yet, or none of that number is kept."""


class StoreFull(StoreError):
    """The disk has no room for the next generation; the published one is whole."""
