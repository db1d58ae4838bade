"""What is said of one node: one value, an IRI, a number; or why it is no evidence."""

from pyoxigraph import NamedNode

from loaders.rdf_nameless import is_nameless
from loaders.rdf_staged import Star
from ontology import term
from ontology.identity import Term


class Unfit(Exception):
    """A piece of evidence that is not taken: which property is at fault, its value, and why."""

    def __init__(self, reason: str, word: str = "", value: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.word = word
        self.value = value


def iris(star: Star, word: str) -> list[NamedNode]:
    """Return the IRIs that a property has."""
    return [found for found in star.get(term(word), ()) if isinstance(found, NamedNode)]


def only(star: Star, word: str, *, may_be_nameless: bool = False) -> Term:
    """Return the one value of a property; raises Unfit for none or several."""
    found = star.get(term(word), [])
    if len(found) != 1:
        raise Unfit(f"has {len(found) or 'no'} values where there has to be one", word)
    return found[0] if may_be_nameless else cited(found[0], word)


def iri(star: Star, word: str) -> NamedNode:
    """Return the one IRI of a property; raises Unfit."""
    nested = ("claim", "premise", "consequence", "record", "document")
    found = only(star, word, may_be_nameless=word in nested)
    if not isinstance(found, NamedNode):
        raise Unfit("has to be an IRI", word, found.value)
    return found


def whole(star: Star, word: str) -> int:
    """Return the one whole number of a property; raises Unfit."""
    found = only(star, word).value
    if not (found.isascii() and found.isdecimal()):
        raise Unfit("has to be a whole number", word, found)
    return int(found)


def cited(value: Term, word: str) -> Term:
    """Return a value that others can cite; raises Unfit for a blank node."""
    if is_nameless(value):
        raise Unfit("is a blank node, which nobody could cite; give it an IRI", word)
    return value
