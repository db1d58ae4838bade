"""What each route does: read the request, have a worker do it, pass the answer on."""

import json
from collections.abc import Collection, Iterator
from typing import Final
from urllib.parse import quote

from flask import Request, Response
from werkzeug.exceptions import MethodNotAllowed

import queries
from onrecord.errors import BadParameter, NoGeneration, TooSlow
from onrecord.settings import Settings
from onrecord.store import GenerationStore
from onrecord.web import pages
from onrecord.web.account import account
from onrecord.web.answers import ANSWERS
from onrecord.web.federation import Federation
from onrecord.web.found import Asker, Finder, Found
from onrecord.web.graph_store import names_none, target
from onrecord.web.jobs import Ask, Dereference, Describe, Explain, Graph, Index, Sparql
from onrecord.web.kept import Cache
from onrecord.web.negotiation import choose, suffixed
from onrecord.web.protocol import asked
from onrecord.web.replies import prefers_page, reply, streamed, unchanged, wanted
from onrecord.web.results import GRAPH, HTML, JSON, SOLUTIONS
from onrecord.web.scan import refuse_length
from onrecord.workers import Job, Pool

_TRUST: Final = "trust"  # which status graphs to believe
_BESIDE: Final = (_TRUST, "format")  # the parameters of any question
_PAGE: Final = "text/html; charset=utf-8"
_JOBS: Final = ("onrecord.web.jobs", "rdflib")  # which those of JSON-LD then need not wait for


class Views:
    """The views of one store."""

    def __init__(self, settings: Settings) -> None:
        self._store = GenerationStore(settings.data, settings.keep)
        self._base = settings.base
        self._is_plain = settings.is_plain
        self._limits = settings.limits
        self._federation = Federation(settings.fetcher, settings.limits)
        self.cache = Cache(settings.limits.cache_bytes)
        self.pool = Pool(settings.data, settings.keep, settings.limits, preload=_JOBS)
        self.finder = Finder(self._store, self.cache, self.pool)

    def index(self, request: Request) -> Response:
        """Answer how much the record holds, and where to go on."""
        return self._told(request, Index(_accept(request), self._base))

    def health(self) -> Response:
        """Answer whether there is a generation to serve."""
        for found in self._store.generations():
            if found.current:
                told: dict[str, object] = {"ok": True, "generation": found.number}
                told["quads"] = found.quads
                return _health(told, 200)
        try:
            why = self._store.edition()
        except NoGeneration as error:
            why = str(error)
        return _health({"ok": False, "generation": None, "why": why}, 503)

    def query(self, request: Request) -> Response:
        """Answer a SPARQL query; without one, the form for a reader, else a description."""
        most = self._limits.form_bytes
        request.max_content_length = request.max_form_memory_size = most
        found = asked(request)
        accept = _accept(request)
        if found is None:
            if prefers_page(request, GRAPH[0]):
                return reply(pages.queried("", None, self._base, self._is_plain), _PAGE)
            return self._told(request, Describe(request.base_url, self._is_plain, accept))
        account(request).query = found.sparql
        graphs = found.default_graphs, found.named_graphs
        job, may_keep = self.sparql(found.sparql, *graphs, accept, request.base_url)
        return self._told(request, job, may_keep)

    def sparql(
        self,
        sparql: str,
        default_graphs: tuple[str, ...],
        named_graphs: tuple[str, ...],
        accept: str,
        address: str,
    ) -> tuple[Sparql, bool]:
        """Return the job that answers a query, and whether its answer may be kept.

        It may not where another host took part. Raises TooLarge and what `resolved` raises.
        """
        refuse_length(sparql, self._limits)
        asked = self._federation.resolved(sparql)
        graphs = default_graphs, named_graphs
        job = Sparql(
            asked,
            *graphs,
            accept,
            address,
            self._base,
            self._limits.nesting,
            self._limits.operators,
            self.pool.is_walled,
            self._is_plain,
        )
        return job, asked == sparql

    def graph(self, request: Request, path: str) -> Response:
        """Answer what stands in a graph."""
        if names_none(request, path):
            raise MethodNotAllowed(
                ["POST"], description="name a graph as ?graph=IRI, or ?default; POST makes one"
            )
        name = target(request, path)
        # the form that is chosen, so that whoever changes the graph can name it by its tag
        kind = choose(_accept(request), GRAPH).media_type
        return self._told(request, Graph(name.value if name else None, kind))

    def questions(self, request: Request) -> Response:
        """Answer which questions there are."""
        choice = wanted(request, (JSON, HTML))
        known = list(queries.catalogue().values())
        if choice.format is HTML:
            return reply(pages.questions(known), choice.content_type)
        return reply(
            json.dumps(pages.described(known), ensure_ascii=False, indent=1), JSON.media_type
        )

    def ask(self, request: Request, name: str) -> Response:
        """Answer a question; a reader who leaves a parameter out gets its form."""
        args = request.args.items()
        given = {key: value for key, value in args if value and key not in _BESIDE}
        trust = request.args.get(_TRUST) or None
        address = request.query_string.decode("utf-8", "replace")
        job = Ask(
            name, tuple(sorted(given.items())), trust, _accept(request), address, self._base
        )
        try:
            return self._told(request, job)
        except TooSlow as error:
            raise TooSlow(_narrower(name, given) or str(error)) from error

    def explain(self, request: Request) -> Response:
        """Answer what leads from an IRI to its sources."""
        spelled = request.args.get("iri", "").strip()
        if not spelled:
            raise BadParameter("no iri: send one as `iri`, for instance ?iri=org/ispr")
        return self._told(request, Explain(spelled, _accept(request), self._base))

    def dereference(self, request: Request, path: str) -> Response:
        """Answer what an IRI of ours stands for, in the format of its suffix or of Accept."""
        spellings = tuple(_spellings(request, path))
        job = Dereference(path, spellings, _accept(request), self._base)
        return self._told(request, job)

    def _told(self, request: Request, job: Job, may_keep: bool = True) -> Response:
        """Answer with what a job answers, unless the client or we have it already."""
        found = self.finder.find(job, _asker(request, may_keep), account(request))
        return told(request, found)


def _narrower(name: str, given: Collection[str]) -> str:
    """Return with which parameters a question that took too long is asked of less, if any."""
    stem, _ = suffixed(name, ANSWERS) or (name, None)
    free = [one.name for one in queries.question(stem).parameters if one.name not in given]
    told = f"{stem}: took longer than a question may, and was ended; ask it of less, by giving"
    return f"{told} {' or '.join(free)}" if free else ""


def told(request: Request, found: Found) -> Response:
    """Return the response that brings an answer to a client."""
    if found.stream is not None:
        return streamed(request, found.stream, found.tag)
    if found.whole is None:
        return unchanged(found.tag)
    head = found.whole.head
    return reply(found.whole.body, head.content_type, found.tag, head.status)


def _accept(request: Request) -> str:
    """Return what a client wants; `?format=` is how a browser can say it."""
    named = request.args.get("format", "").casefold()
    if not named:
        return request.headers.get("Accept", "")
    known = {format.name: format.media_type for format in (*SOLUTIONS, *GRAPH)}
    if named not in known:
        raise BadParameter(f"format={named!r}: has to be one of {', '.join(known)}")
    return known[named]


def _asker(request: Request, may_keep: bool) -> Asker:
    return Asker(
        request.remote_addr or "",
        # waitress knows whether the client has hung up
        request.environ.get("waitress.client_disconnected", bool),
        request.if_none_match.contains_weak,
        request.method in ("GET", "HEAD"),
        may_keep,
    )


def _health(found: dict[str, object], status: int) -> Response:
    return reply(json.dumps(found), JSON.media_type, status=status)


def _spellings(request: Request, path: str) -> Iterator[str]:
    """Yield a path as the client spelled it, and as we would: WSGI has lost the escapes."""
    target, _, _ = str(request.environ.get("REQUEST_URI", "")).partition("?")
    target = target.encode("latin-1", "replace").decode("utf-8", "replace")
    start = f"{request.script_root}/"
    spelled = target.removeprefix(start) if target.startswith(start) else ""
    ours = "/".join(quote(part, safe="") for part in path.split("/"))
    yield from dict.fromkeys(text for text in (spelled, ours) if text)
