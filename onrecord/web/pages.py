"""HTML pages: what the templates are given. Every value is escaped by Jinja."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

import queries
from onrecord.standing import withdrawn_name
from onrecord.store import Snapshot
from onrecord.store.protocol import Results
from onrecord.web.answers import Row
from onrecord.web.counts import Holdings
from onrecord.web.dossier import Dossier
from onrecord.web.links import Links
from onrecord.web.rendering import render
from onrecord.web.scan import bare
from onrecord.web.sheets import sheet
from onrecord.web.stars import Stars
from ontology import term
from ontology.graphs import STATUSES
from queries import Answer, Question
from queries.stored import TRUST

_MOST_ROWS: Final = 1_000
_EVERYTHING: Final = re.compile(r"\A[^{]*?\bSELECT\b(?:\s+(?:DISTINCT|REDUCED))?\s*\*", re.I)
_VARIABLE: Final = re.compile(r"[?$](\w+)")
_STATUSES: Final = (*STATUSES, "unsupported")


def explained(
    snapshot: Snapshot, triples: Iterable[Triple], iri: NamedNode, base: str, texts: Path
) -> str:
    """Return the page of an IRI, made of the triples of a record that explain it."""
    dossier = Dossier.of(snapshot, triples, base, texts)
    found = sheet(dossier, iri)
    template = "claim.html" if found.claim and not found.voice else "thing.html"
    return render(template, sheet=found, iri=iri.value, data=_data(dossier.links, iri))


def index(held: Holdings, generation: int, base: str) -> str:
    """Return the first page: how much there is, and where to go on."""
    links = Links(Stars([]), base)
    statuses = [(links.of(term(word)), held.numbers.get(word, 0)) for word in _STATUSES]
    cases = [(name, iri.removeprefix(base)) for iri, name in held.cases.items()]
    known = list(queries.catalogue().values())
    return render(
        "index.html",
        held=held,
        statuses=statuses,
        generation=generation,
        cases=cases,
        questions=known,
    )


def questions(known: Iterable[Question]) -> str:
    """Return the page of all questions."""
    return render("questions.html", questions=known)


def described(known: Iterable[Question]) -> list[dict[str, object]]:
    """Return what programs need to know of the questions."""
    return [
        {
            "name": question.name,
            "summary": question.summary,
            "address": f"/ask/{question.name}",
            "parameters": [asdict(parameter) for parameter in question.parameters],
        }
        for question in known
    ]


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a question, as it was filled in; `address` is the query of its URL."""

    question: Question
    given: Mapping[str, str]
    trust: str | None
    address: str

    def page(self, complaint: str = "", **more: object) -> str:
        """Return the page of the form, with what is wrong with it."""
        return render(
            "answer.html",
            question=self.question,
            given=self.given,
            trust=self.trust or self.question.trust,
            levels=TRUST,
            address=self.address,
            complaint=complaint,
            **more,
        )

    def answered(self, snapshot: Snapshot, answer: Answer, base: str) -> str:
        """Return the page of an answer, with the question's form and SPARQL."""
        rows = list(answer.rows)
        links = Links(Stars(_labels(snapshot, rows[:_MOST_ROWS])), base)
        return self.page(
            columns=answer.columns,
            rows=[[links.of(value) for value in row] for row in rows[:_MOST_ROWS]],
            total=len(rows),
            most=_MOST_ROWS,
            unheard=answer.unheard,
        )


def queried(sparql: str, results: Results | None, base: str, is_plain: bool) -> str:
    """Return the SPARQL page: the form, and the first rows of an answer."""
    if isinstance(results, QuerySolutions):
        names = [variable.value for variable in results.variables]
        columns = _in_order(names, sparql)
        places = [names.index(column) for column in columns]
        rows = [tuple(row) for row in islice(results, _MOST_ROWS + 1)]
        links = Links(Stars([]), base)
        cells = [[links.raw(row[place]) for place in places] for row in rows[:_MOST_ROWS]]
        more = len(rows) > _MOST_ROWS
        return render(
            "sparql.html",
            sparql=sparql,
            columns=columns,
            rows=cells,
            more=more,
            is_plain=is_plain,
        )
    verdict = bool(results) if isinstance(results, QueryBoolean) else None
    return render("sparql.html", sparql=sparql, verdict=verdict, is_plain=is_plain)


def _in_order(names: list[str], sparql: str) -> list[str]:
    """Return the variables of an answer as their reader named them: of `*` the engine sorts."""
    code = bare(sparql)
    if not _EVERYTHING.search(code):
        return names
    places = {name: place for place, name in enumerate(dict.fromkeys(_VARIABLE.findall(code)))}
    return sorted(names, key=lambda name: places.get(name, len(places)))


def _labels(snapshot: Snapshot, rows: Iterable[Row]) -> Iterable[Triple]:
    """Yield the names of what stands in rows."""
    for node in {value for row in rows for value in row if isinstance(value, NamedNode)}:
        found = [*snapshot.quads(node, term("rdfs:label"), None, DefaultGraph())]
        yield from (quad.triple for quad in found)
        if not found and (name := withdrawn_name(snapshot, node)):
            yield Triple(node, term("rdfs:label"), Literal(name))


def _data(links: Links, iri: NamedNode) -> Sequence[tuple[str, str, str]]:
    """Return name, media type and address of the data behind a page."""
    href = links.href(iri)
    if "?" in href:
        return ()
    return (
        ("Turtle", "text/turtle", f"{href}.ttl"),
        ("JSON-LD", "application/ld+json", f"{href}.jsonld"),
        ("N-Triples", "application/n-triples", f"{href}.nt"),
    )
