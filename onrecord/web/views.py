"""What each route does: read the request, ask the record, write the answer."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import IO, Final
from urllib.parse import quote

from flask import Request, Response
from pyoxigraph import NamedNode, Triple

import queries
from onrecord.errors import BadParameter, BadQuery, NoGeneration, UnknownThing
from onrecord.explain import explain, named
from onrecord.settings import Settings
from onrecord.store import GenerationStore, Snapshot
from onrecord.web import pages
from onrecord.web.answers import ANSWERS, answer_written
from onrecord.web.counts import Counts
from onrecord.web.graphs import EXPLAINED, graph_written
from onrecord.web.negotiation import Choice, Format, suffixed
from onrecord.web.protocol import asked
from onrecord.web.replies import edition, is_known, prefers_page, reply, tag, unchanged, wanted
from onrecord.web.results import HTML, formats, written
from ontology import term

_JSON: Final = Format("json", "application/json")
_TRUST: Final = "trust"  # beside the parameters of any question: which status graphs to believe

Write = Callable[[], bytes | str | IO[bytes]]


class Views:
    """The views of one store."""

    def __init__(self, settings: Settings) -> None:
        self._store = GenerationStore(settings.data, settings.keep)
        self._base = settings.base
        self._counts = Counts()

    def index(self, request: Request) -> Response:
        """Answer how much the record holds, and where to go on."""
        choice = wanted(request, (HTML, _JSON))
        with self._store.read() as snapshot:
            known = edition(self._store, snapshot)
            held = self._counts.of(snapshot, known)

            def write() -> str:
                if choice.format is _JSON:
                    return json.dumps(
                        {"generation": snapshot.generation, "counts": dict(held.numbers)}
                    )
                return pages.index(held, snapshot.generation, self._base)

            return self._kept(request, snapshot, choice, write)

    def health(self) -> Response:
        """Answer whether there is a generation to serve."""
        try:
            with self._store.read() as snapshot:
                number = snapshot.generation
        except NoGeneration as error:
            return _health({"ok": False, "generation": None, "why": str(error)}, 503)
        counted = [found.quads for found in self._store.generations() if found.number == number]
        return _health({"ok": True, "generation": number, "quads": (counted or [None])[0]}, 200)

    def query(self, request: Request) -> Response:
        """Answer a SPARQL query; a reader who asks nothing gets the form."""
        question = asked(request)
        if question is None:
            if not prefers_page(request, _JSON):
                raise BadQuery("no query: send one as `query`, for instance ?query=ASK{}")
            return reply(pages.queried("", None, self._base), Choice(HTML, HTML.media_type))
        with self._store.read() as snapshot:
            results = question.answered(snapshot)
            choice = wanted(request, formats(results))

            def write() -> str | bytes | IO[bytes]:
                if choice.format is HTML:
                    return pages.queried(question.sparql, results, self._base)
                return written(results, choice.format)

            if request.method == "POST" or question.is_fickle:
                return reply(write(), choice)
            return self._kept(request, snapshot, choice, write)

    def questions(self, request: Request) -> Response:
        """Answer which questions there are."""
        choice = wanted(request, (_JSON, HTML))
        known = list(queries.catalogue().values())
        if choice.format is HTML:
            return reply(pages.questions(known), choice)
        return reply(json.dumps(pages.described(known), ensure_ascii=False, indent=1), choice)

    def ask(self, request: Request, name: str) -> Response:
        """Answer a question; a reader who leaves a parameter out gets its form."""
        stem, forced = suffixed(name, ANSWERS) or (name, None)
        question = queries.question(stem)
        choice = Choice(forced, forced.media_type) if forced else wanted(request, ANSWERS)
        given = {key: value for key, value in request.args.items() if key != _TRUST and value}
        with self._store.read() as snapshot:
            try:
                trust = request.args.get(_TRUST) or None
                answer = question.ask(snapshot, given, trust=trust, base=self._base)
            except BadParameter as error:
                if choice.format is not HTML:
                    raise
                complaint = str(error) if given else ""
                return reply(pages.form(question, given, complaint), choice)

            def write() -> str | bytes:
                if choice.format is HTML:
                    return pages.answered(snapshot, question, given, answer, self._base)
                return answer_written(answer.columns, answer.rows, choice.format.name)

            return self._kept(request, snapshot, choice, write)

    def explain(self, request: Request) -> Response:
        """Answer what leads from an IRI to its sources."""
        spelled = request.args.get("iri", "").strip()
        if not spelled:
            raise BadParameter("no iri: send one as `iri`, for instance ?iri=org/ispr")
        choice = wanted(request, EXPLAINED)
        with self._store.read() as snapshot:
            iri = named(spelled, self._base)
            return self._explained(request, snapshot, choice, iri, explain(snapshot, iri))

    def dereference(self, request: Request, path: str) -> Response:
        """Answer what an IRI of ours stands for, in the format of its suffix or of Accept."""
        with self._store.read() as snapshot:
            for spelled in _spellings(request, path):
                stem, forced = suffixed(spelled, EXPLAINED) or ("", HTML)
                if found := self._find(snapshot, spelled):
                    return self._explained(
                        request, snapshot, wanted(request, EXPLAINED), *found
                    )
                if stem and (found := self._find(snapshot, stem)):
                    choice = Choice(forced, forced.media_type)
                    return self._explained(request, snapshot, choice, *found)
        raise UnknownThing(f"{self._base}{path}: the record says nothing about it")

    def _find(self, snapshot: Snapshot, path: str) -> tuple[NamedNode, list[Triple]] | None:
        with suppress(UnknownThing, BadParameter):
            iri = named(self._base + path, self._base)
            return iri, explain(snapshot, iri)
        return None

    def _explained(
        self,
        request: Request,
        snapshot: Snapshot,
        choice: Choice,
        iri: NamedNode,
        triples: list[Triple],
    ) -> Response:
        def write() -> str | bytes:
            if choice.format is HTML:
                return pages.explained(triples, iri, self._base, self._store.texts)
            return graph_written(triples, choice.format.name)

        response = self._kept(request, snapshot, choice, write)
        if Triple(iri, term("rdf:type"), term("Tombstone")) in triples:
            response.status_code = 410
        return response

    def _kept(
        self, request: Request, snapshot: Snapshot, choice: Choice, write: Write
    ) -> Response:
        known = tag(request, edition(self._store, snapshot), choice)
        if is_known(request, known):
            return unchanged(known)
        return reply(write(), choice, known)


def _health(found: dict[str, object], status: int) -> Response:
    response = reply(json.dumps(found), Choice(_JSON, _JSON.media_type))
    response.status_code = status
    return response


def _spellings(request: Request, path: str) -> Iterator[str]:
    """Yield a path as the client spelled it, and as we would: WSGI has lost the escapes."""
    target, _, _ = str(request.environ.get("REQUEST_URI", "")).partition("?")
    target = target.encode("latin-1", "replace").decode("utf-8", "replace")
    start = f"{request.script_root}/"
    spelled = target.removeprefix(start) if target.startswith(start) else ""
    ours = "/".join(quote(part, safe="") for part in path.split("/"))
    yield from dict.fromkeys(text for text in (spelled, ours) if text)
