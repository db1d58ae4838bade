"""Every way onrecord says no, on one page.

OnRecordError
├── UnknownWord            a word that the vocabulary does not have
├── BadInput               a source that says something we cannot take as it stands
│   ├── BadRow             one row or record of it
│   └── TextMismatch       a held text that differs from what was recorded of it
├── Unaccounted            a loader that lost a record of its source on the way
├── ShapeViolation         evidence that breaks a shape of the ontology
├── AuditFinding           a draft that would publish an untraceable statement
├── UnknownThing           an IRI that the record does not have
├── UnknownQuestion        a question that nobody wrote down
├── BadParameter           a question asked with a missing or malformed parameter
├── BadQuery               SPARQL that does not parse
├── TooLarge               more was sent than may be sent
├── Unauthorised           what takes a token that the one who asks did not show
├── Forbidden              what the one who asks may not do
├── NotAllowed             what a licence or a marking forbids to pass on
├── Unreachable            another host that gives no answer
├── NotAcceptable          a format that we cannot write
├── LimitReached           work that was ended because it cost too much
│   ├── TooSlow            it took longer than it may
│   ├── TooMuchMemory      it needed more memory than it may
│   ├── TooLong            its answer is longer than it may be
│   ├── TooDeep            it is nested or chained so deeply that its reader died
│   ├── TooBusy            no reader was free in time
│   └── Stopped            an operator ended it, or nobody was left to read the answer
└── StoreError             the data folder refuses
    ├── StoreBusy          another writer holds the lock
    ├── NoGeneration       nothing was published yet, or not that number
    └── StoreFull          the disk has no room for the next generation
"""

from collections.abc import Sequence


class OnRecordError(Exception):
    """Something that a person has to know; its message is one clear line."""


def in_short(reasons: Sequence[str], most: int) -> str:
    """Return the first of several reasons, and how many more there are."""
    more = f" (and {len(reasons) - most} more)" if len(reasons) > most else ""
    return "; ".join(reasons[:most]) + more


class UnknownWord(OnRecordError):
    """A word that neither the vocabulary nor the schemes define."""


class BadInput(OnRecordError):
    """A source that cannot be taken as it stands."""


class BadRow(BadInput):
    """One record that cannot be taken; says file, record and reason."""


class TextMismatch(BadInput):
    """A held text that differs from what was recorded of it; shows both."""


class Unaccounted(OnRecordError):
    """A loader that lost a record of its source: a fault of ours, not of the source."""


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


class TooLarge(OnRecordError):
    """A query or a body that is longer than it may be."""


class Unauthorised(OnRecordError):
    """Something that takes a token, asked without a valid one."""


class Forbidden(OnRecordError):
    """Something that the one who asks may not do; says why."""


class Stale(OnRecordError):
    """A change on the condition that something is as the client saw it, which it is not."""


class NotAllowed(OnRecordError):
    """What the licence or the marking of a source forbids to pass on; names the source."""


class Unreachable(OnRecordError):
    """Another host from which nothing came."""


class NotAcceptable(OnRecordError):
    """None of the asked-for formats can be written."""


class LimitReached(OnRecordError):
    """Work that was ended because it cost too much; nothing was changed."""


class TooSlow(LimitReached):
    """Work that took longer than it may."""


class TooMuchMemory(LimitReached):
    """Work that needed more memory than it may."""


class TooLong(LimitReached):
    """An answer that is longer than it may be."""


class TooDeep(LimitReached):
    """Work so deeply nested, or so long a chain, that the process doing it died."""


class TooBusy(LimitReached):
    """No process was free for the work in time; it can be tried again."""


class Stopped(LimitReached):
    """Work that an operator ended, or whose answer nobody was left to read."""


class StoreError(OnRecordError):
    """The data folder refuses."""


class StoreBusy(StoreError):
    """Another writer holds the lock and did not let go in time."""


class NoGeneration(StoreError):
    """No generation was published yet, or none of that number is kept."""


class StoreFull(StoreError):
    """The disk has no room for the next generation; the published one is whole."""
