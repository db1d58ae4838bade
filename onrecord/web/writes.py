"""What changes a store over HTTP: updates and whole graphs, each by who has a token for it."""

import tempfile
from contextlib import AbstractContextManager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from flask import Request, Response
from werkzeug.exceptions import MethodNotAllowed

from onrecord.edit import Editor
from onrecord.settings import Settings
from onrecord.store import GenerationStore
from onrecord.store.disk import full_disk_said
from onrecord.web.access import require
from onrecord.web.account import account
from onrecord.web.conditions import condition
from onrecord.web.federation import Federation
from onrecord.web.graph_store import minted, names_none, target, uploads
from onrecord.web.loading import steps
from onrecord.web.protocol import asked_update
from onrecord.web.scan import refuse_calls, refuse_excess, refuse_length
from onrecord.web.uploads import Upload
from onrecord.web.using import with_dataset
from onrecord.web.writing import Delete, Put, Terms, Update
from onrecord.workers import Job, Pool


class Writes:
    """The changes of one store; one at a time, each in a process that can be killed."""

    def __init__(self, settings: Settings) -> None:
        limits = settings.limits
        self._settings = settings
        self._store = GenerationStore(settings.data, settings.keep)
        self._fetcher = settings.fetcher
        self._federation = Federation(settings.fetcher, limits)
        self.pool = Pool(
            settings.data,
            settings.keep,
            replace(
                limits,
                readers=1,
                query_seconds=limits.update_seconds,
                queue_seconds=limits.update_seconds,
                reader_megabytes=limits.writer_megabytes,
            ),
            preload=("onrecord.web.writing",),
        )

    def update(self, request: Request) -> Response:
        """Carry out a SPARQL update."""
        editor = require(request, "editor")
        found = asked_update(request)
        account(request).query = found.sparql
        limits = self._settings.limits
        refuse_length(found.sparql, limits)
        refuse_excess(found.sparql, limits.nesting, limits.operators)
        terms = self._terms(editor.name, sha256(found.sparql.encode()).hexdigest())
        sparql = with_dataset(found.sparql, found.default_graphs, found.named_graphs)
        resolved = self._federation.resolved(sparql)
        address = request.base_url
        with _room_said(), steps(resolved, self._fetcher, address) as found_steps:
            for step in found_steps:
                if isinstance(step, str):
                    refuse_calls(step, self.pool.is_walled)
            return self._done(Update(found_steps, request.base_url, terms), request)

    def graph(self, request: Request, path: str) -> Response:
        """Replace, add to or delete a graph."""
        editor = require(request, "editor")
        is_collection = names_none(request, path)
        if is_collection and request.method != "POST":
            raise MethodNotAllowed(valid_methods=["POST"])
        name = minted(request) if is_collection else target(request, path)
        graph = name.value if name else None
        on = condition(request, graph, self._store.edition())
        if request.method == "DELETE":
            return self._done(Delete(graph, self._terms(editor.name, _hash(())), on), request)
        with _room_said(), uploads(request, self._settings.limits) as found:
            terms = self._terms(editor.name, _hash(found))
            replaces = request.method == "PUT"
            return self._done(Put(graph, found, replaces, is_collection, terms, on), request)

    def _terms(self, name: str, request: str) -> Terms:
        settings = self._settings
        return Terms(
            Editor(name, request),
            settings.base,
            settings.is_plain,
            settings.limits.inflated_bytes,
        )

    def _done(self, job: Job, request: Request) -> Response:
        answer = self.pool.answer(job, type(job).__name__, request.remote_addr or "")
        account(request).seconds = answer.seconds
        return Response(status=answer.head.status, headers=list(answer.head.headers))


def _room_said() -> AbstractContextManager[None]:
    """Say where what is sent finds no room before it comes to the store."""
    return full_disk_said(Path(tempfile.gettempdir()))


def _hash(found: tuple[Upload, ...]) -> str:
    return sha256("".join(upload.sha256 for upload in found).encode()).hexdigest()
