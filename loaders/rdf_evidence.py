"""Evidence in RDF, read back as records: what a record of ours writes, or somebody's own hand.

Each piece is named anew by what it says. Whoever writes by hand may leave the names away: a
blank node gets the one that follows. A name that does not follow is refused, with the one that
does.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.evidence import name_of, name_of_claim
from loaders.places import name_of_place
from loaders.rdf_nameless import is_nameless
from loaders.rdf_staged import Staged, Star
from loaders.rdf_stars import Unfit, cited, iri, iris, only, whole
from loaders.records import (
    Attestation,
    Claim,
    Described,
    Details,
    Entry,
    IdentityJudgement,
    ImplicationJudgement,
    Judgement,
    NamedEntry,
    Part,
    Passage,
)
from onrecord.errors import BadInput
from ontology import term
from ontology.flags import CLAIMED, DERIVED, EVIDENCE, QUALIFIERS, said
from ontology.identity import Mint, Qualifier, Term

_A: Final = term("rdf:type")
_DEEPEST: Final = 20  # claims about claims
_TIED: Final = ("rdf:type", "document", "passage", "record")
_ATTESTED: Final = ("claim", "speaker", "relay", "depth", "mode")
_JUDGED: Final = (
    "judge", "judgedOn", "because", "first", "second", "verdict", "premise", "consequence",
)  # fmt: skip
# what runs and withdrawals say of evidence, each record for itself
KEPT_BY_RUNS: Final = frozenset(
    term(word)
    for word in (
        "prov:generatedAtTime", "prov:invalidatedAtTime", "prov:wasAttributedTo",
        "prov:wasGeneratedBy", "prov:wasInfluencedBy", "prov:wasInvalidatedBy",
    )
)  # fmt: skip
_STANCES: Final = frozenset(
    word for word, scheme in said("skos:inScheme").items() if scheme == term("Stance")
)
_WITHDRAWN: Final = term("prov:invalidatedAtTime")
# loaders put words of all layers beside a stance, such as the id that a source gives it
_DETAILS: Final = (EVIDENCE | CLAIMED) - KEPT_BY_RUNS - (DERIVED - {_A})


def _words(spelled: str) -> frozenset[NamedNode]:
    return frozenset(map(term, ("rdf:type", *spelled.split())))


# for each kind of evidence, the properties that it is made of
MADE_OF: Final = {
    term("Attestation"): _DETAILS,
    term("Judgement"): _DETAILS,
    term("Claim"): QUALIFIERS | _words("rdf:subject rdf:predicate rdf:object"),
    term("Document"): _words("sha256 byteSize characterCount schema:encodingFormat"),
    term("Passage"): _words("document oa:start oa:end sha256 inPart partKind"),
    term("Record"): _words("recordKey dataset fieldsSha256 document"),
    term("Relay"): _words("position speaker"),
}


class Reader:
    """Reads the evidence of a file."""

    def __init__(self, staged: Staged, mint: Mint) -> None:
        self._staged = staged
        self._mint = mint
        self.claim = lru_cache(10_000)(self._claim)
        self._passage = lru_cache(10_000)(self._read_passage)

    def attestations(self, node: NamedNode) -> list[Attestation]:
        """Return an attestation, once for each document in which it stands; raises Unfit."""
        star = self._standing(node)
        stances = [kind for kind in star[_A] if kind in _STANCES]
        if len(stances) != 1 or not isinstance(stance := stances[0], NamedNode):
            raise Unfit("takes no single stance", "rdf:type")
        speaker, relays = iri(star, "speaker"), self._hops(star)
        claim = self.claim(spoken := iri(star, "claim"))
        mode, depth = iri(star, "mode"), whole(star, "depth")
        details = self._details(star, (*_TIED, *_ATTESTED))
        found = [
            Attestation(claim, stance, mode, speaker, place, relays, depth, details)
            for place in self._places(star)
        ]
        chain = (speaker, *relays)

        def named(mint: Mint) -> NamedNode:
            said = name_of_claim(claim, mint) if is_nameless(spoken) else spoken
            return mint.attestation(said, stance, chain, _name_of_place(found[0].place, mint))

        self._check(node, "att", named)
        return found

    def judgement(self, node: NamedNode) -> Judgement:
        """Return a judgement; raises Unfit."""
        star = self._standing(node)
        judge, on = iri(star, "judge"), only(star, "judgedOn").value
        because = only(star, "because")
        if not isinstance(because, Literal) or because.language != "en":
            raise Unfit("has to be in English (@en)", "because", because.value)
        place = self._places(star)[0]
        if not isinstance(place, Entry):
            raise Unfit("stands in no record of a data file", "record")
        details = self._details(star, (*_TIED, *_JUDGED))
        why = because.value
        judged: Judgement
        told: Judgement
        if term("IdentityJudgement") in star[_A]:
            first, second, verdict = (iri(star, w) for w in ("first", "second", "verdict"))
            judged = IdentityJudgement(first, second, verdict, judge, on, why, place, details)
            told = judged
        elif term("ImplicationJudgement") in star[_A]:
            ends = [iri(star, word) for word in ("premise", "consequence")]
            premise, consequence = map(self.claim, ends)
            judged = ImplicationJudgement(premise, consequence, judge, on, why, place, details)
            premise, consequence = map(self._as_told, ends, (premise, consequence))
            told = replace(judged, premise=premise, consequence=consequence)
        else:
            raise Unfit("is no judgement on identity or implication, and no other is loaded")
        self._check(node, "judgement", partial(name_of, told))
        return judged

    def document(self, node: NamedNode) -> Described:
        """Return a document with its declared parts; raises Unfit."""
        star = self._standing(node)
        digits, kind = only(star, "sha256").value, only(star, "schema:encodingFormat").value
        sizes = whole(star, "byteSize"), whole(star, "characterCount")
        found = Described(digits, sizes[0], kind, sizes[1], tuple(self._parts(node)))
        self._check(node, "doc", partial(name_of, found))
        return found

    def _standing(self, node: NamedNode) -> Star:
        star = self._staged.star(node)
        if _WITHDRAWN in star:
            raise Unfit("was withdrawn in the record that it is from")
        return star

    def _claim(self, node: NamedNode, levels: int = _DEEPEST) -> Claim:
        star = self._staged.star(node)
        if term("Claim") not in star.get(_A, ()):
            raise Unfit("speaks of a claim that is not in the file", "claim", node.value)
        if not levels:
            raise Unfit("is a claim about claims without end", "rdf:object", node.value)
        found = Claim(
            iri(star, "rdf:subject"),
            iri(star, "rdf:predicate"),
            self._value(only(star, "rdf:object", may_be_nameless=True), levels),
            tuple(self._pairs(star, frozenset(QUALIFIERS))),
        )
        self._check(node, "claim", partial(name_of_claim, self._as_told(node, found)))
        return found

    def _as_told(self, node: NamedNode, claim: Claim) -> Claim:
        """Return a claim with the claim that it is about as the file names it."""
        (value,) = self._staged.star(node)[term("rdf:object")]
        return claim if is_nameless(value) else claim._replace(object=value)

    def _value(self, value: Term, levels: int) -> Term:
        """Return the object of a claim; a claim of the file bears the name that it has here."""
        if not isinstance(value, NamedNode):
            return value
        if term("Claim") not in self._staged.star(value).get(_A, ()):
            return cited(value, "rdf:object")
        return name_of_claim(self._claim(value, levels - 1), self._mint)

    def _hops(self, star: Star) -> tuple[NamedNode, ...]:
        hops: dict[int, NamedNode] = {}
        for relay in star.get(term("relay"), ()):
            hop = self._staged.star(relay)
            hops[whole(hop, "position")] = iri(hop, "speaker")
        if sorted(hops) != list(range(1, len(star.get(term("relay"), ())) + 1)):
            raise Unfit("has relays that are not numbered 1, 2 and so on", "relay")
        return tuple(hops[position] for position in sorted(hops))

    def _places(self, star: Star) -> list[Passage | Entry]:
        """Return where a piece of evidence stands: one place for each of its documents."""
        nodes = iris(star, "passage")
        passages = [self._passage(node) for node in nodes]
        documents = {self._document(node) for node in iris(star, "document")}
        if not passages or {place.document for place in passages} != documents:
            raise Unfit("stands in another document than its passage", "document")
        held = (node for node in nodes if not self._staged.has_lapsed(node))
        passages = [*map(self._passage, held)] or passages
        if term("record") in star:
            record = iri(star, "record")
            return [self._record(record, passage) for passage in passages]
        if len(passages) > 1:
            raise Unfit("stands in several passages, and in no record", "passage")
        return [*passages]

    def _record(self, node: NamedNode, passage: Passage) -> NamedEntry:
        star = self._staged.star(node)
        if is_nameless(node):
            raise Unfit("stands in a record without an IRI", "record")
        if term("Record") not in star.get(_A, ()):
            raise Unfit("stands in a record that is not in the file", "record", node.value)
        documents = {self._document(document) for document in iris(star, "document")}
        if passage.document not in documents:
            raise Unfit("stands in a record of another document", "record", node.value)
        told = (only(star, word).value for word in ("dataset", "recordKey", "fieldsSha256"))
        dataset, key, hashed = told
        return NamedEntry(dataset, key, b"", passage, node.value, hashed)

    def _read_passage(self, node: NamedNode) -> Passage:
        star = self._staged.star(node)
        if term("Passage") not in star.get(_A, ()):
            raise Unfit("stands in a passage that is not in the file", "passage", node.value)
        document = self._document(iri(star, "document"))
        ends = whole(star, "oa:start"), whole(star, "oa:end")
        hashed = star.get(term("sha256"), [Literal("")])
        parts = tuple(self._part(part) for part in sorted(iris(star, "inPart"), key=str))
        said_in = partial(_passage_of, document, ends)
        self._check(node, "doc", said_in)
        return Passage(document, *ends, hashed[0].value, parts)

    def _parts(self, document: NamedNode) -> Iterator[Part]:
        found = sorted(self._staged.pointing("document", document), key=str)
        for node in found:
            if term("partKind") in self._staged.star(node):
                yield self._part(node)

    def _part(self, node: NamedNode) -> Part:
        star = self._staged.star(node)
        return Part(iri(star, "partKind"), whole(star, "oa:start"), whole(star, "oa:end"))

    def _details(self, star: Star, without: tuple[str, ...]) -> Details:
        return tuple(self._pairs(star, _DETAILS - set(map(term, without))))

    def _pairs(self, star: Star, words: frozenset[NamedNode]) -> Iterator[Qualifier]:
        for word in sorted(star.keys() & words, key=str):
            for value in sorted(star[word], key=str):
                yield word, cited(value, word.value)

    def _document(self, node: NamedNode) -> NamedNode:
        """Return the name of a document by the hash of its octets."""
        star = self._staged.star(node)
        if term("Document") not in star.get(_A, ()):
            raise Unfit("stands in a document that is not in the file", "document", node.value)
        digits = only(star, "sha256").value
        try:
            return self._mint.document_of_sha256(digits)
        except BadInput as error:
            raise Unfit(str(error), "sha256", digits) from error

    def _check(self, node: NamedNode, kind: str, named: Callable[[Mint], NamedNode]) -> None:
        """Raise Unfit when a node bears another name than follows, under whatever base."""
        if is_nameless(node):
            return
        base, slash, _ = node.value.rpartition(f"/{kind}/")
        if not slash or named(Mint(f"{base}/")) != node:
            name = named(self._mint).value
            raise Unfit(f"its IRI does not follow from what it says; it is {name}")


def _passage_of(document: NamedNode, ends: tuple[int, int], mint: Mint) -> NamedNode:
    digits = document.value.rpartition("/")[2]
    return mint.passage(mint.document_of_sha256(digits), *ends)


def _name_of_place(place: Passage | Entry, mint: Mint) -> NamedNode:
    """Return the name of a place under another base; a record keeps its own."""
    if isinstance(place, Entry):
        return NamedNode(name_of_place(place, mint))
    return _passage_of(place.document, (place.start, place.end), mint)
