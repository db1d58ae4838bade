"""Details of statements: when they were made, what they cite, and their qualifiers."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from loaders.records import Details
from ontology import term


def asserted_at(when: Literal | None) -> Details:
    """Return when something was said, as stated."""
    if when is None:
        return ()
    return (term("assertedAt"), when), (term("timeBasis"), term("stated"))


def citing(page: NamedNode | None) -> Details:
    """Return what is cited for something."""
    return ((term("citing"), page),) if page else ()


def sure(confidence: str, scale: str) -> Details:
    """Return how sure a speaker says to be, as they say it, and on which scale."""
    return (
        (term("statedConfidence"), Literal(confidence)),
        (term("statedConfidenceScale"), Literal(scale)),
    )


def described(pairs: Iterable[tuple[str, Literal | None]]) -> Details:
    """Return qualifiers, those without a value left out."""
    return tuple((term(name), value) for name, value in pairs if value is not None)
