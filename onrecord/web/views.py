"""What each route does: read the request, have a worker do it, pass the answer on."""

import json
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import quote

from flask import Request, Response

import queries
from onrecord.errors import BadParameter, BadQuery, NoGeneration
from onrecord.settings import Settings
from onrecord.store import GenerationStore
from onrecord.web import pages
from onrecord.web.jobs import JSON, Ask, Dereference, Explain, Index, Sparql
from onrecord.web.kept import Cache, Kept
from onrecord.web.protocol import asked
from onrecord.web.replies import is_known, prefers_page, reply, streamed, tag, unchanged, wanted
from onrecord.web.results import HTML
from onrecord.workers import Job, Pool

_ENCODED: Final = 3  # times longer is what a form escapes
_TRUST: Final = "trust"  # beside the parameters of any question: which status graphs to believe
_PAGE: Final = "text/html; charset=utf-8"
_JOBS: Final = ("onrecord.web.jobs",)


class Views:
    """The views of one store."""

    def __init__(self, settings: Settings) -> None:
        self._store = GenerationStore(settings.data, settings.keep)
        self._base = settings.base
        self._limits = settings.limits
        self._cache = Cache(settings.limits.cache_bytes)
        self.pool = Pool(settings.data, settings.keep, settings.limits, preload=_JOBS)

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
        """Answer a SPARQL query; a reader who asks nothing gets the form."""
        most = _ENCODED * self._limits.query_bytes
        request.max_content_length = request.max_form_memory_size = most
        found = asked(request)
        if found is None:
            if not prefers_page(request, JSON):
                raise BadQuery("no query: send one as `query`, for instance ?query=ASK{}")
            return reply(pages.queried("", None, self._base), _PAGE)
        job = Sparql(
            found.sparql,
            found.default_graphs,
            found.named_graphs,
            _accept(request),
            self._base,
            self._limits,
            self.pool.is_walled,
        )
        return self._told(request, job)

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
        given = {key: value for key, value in request.args.items() if key != _TRUST and value}
        trust = request.args.get(_TRUST) or None
        address = request.query_string.decode("utf-8", "replace")
        job = Ask(
            name, tuple(sorted(given.items())), trust, _accept(request), address, self._base
        )
        return self._told(request, job)

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

    def _told(self, request: Request, job: Job) -> Response:
        """Answer with what a job answers, unless the client or we have it already."""
        may_tag = request.method in ("GET", "HEAD")
        known = tag(self._store.edition(), job)
        if may_tag and is_known(request, known):
            return unchanged(known)
        kept = self._cache.get(known)
        if kept is None:
            answer = self.pool.answer(
                job, type(job).__name__, request.remote_addr or "", _is_gone(request)
            )
            known = tag(answer.head.edition, job)
            may_tag = may_tag and answer.head.is_lasting
            if answer.rest is not None:
                return streamed(request, answer, known if may_tag else "")
            kept = Kept(answer.head, answer.held)
            if kept.head.is_lasting:
                self._cache.put(known, kept)
        head = kept.head
        return reply(kept.body, head.content_type, known if may_tag else "", head.status)


def _accept(request: Request) -> str:
    return request.headers.get("Accept", "")


def _is_gone(request: Request) -> Callable[[], bool]:
    """Return what tells whether the client has hung up; waitress knows."""
    found: Callable[[], bool] = request.environ.get("waitress.client_disconnected", bool)
    return found


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
