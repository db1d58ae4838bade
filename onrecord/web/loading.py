"""LOAD in an update, where the operator allows it: fetched by us before the update begins."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import NamedNode, RdfFormat

from onrecord.errors import BadQuery, Unreachable
from onrecord.fetch import Fetched, Fetcher
from onrecord.unsigned import unsigned
from onrecord.web.prologue import Prologue
from onrecord.web.scan import bare
from onrecord.web.uploads import Upload
from onrecord.web.writing import Load, Step

_RDF: Final = (
    "text/turtle, application/n-triples, application/ld+json;q=0.9, application/rdf+xml;q=0.9"
)
_MOST: Final = 10  # documents of one update
_LOAD: Final = re.compile(
    r"(?<![\w:?$.-])LOAD\s*(?P<silent>SILENT\s*)?(?P<source><[^<>]*>|[\w.-]*:[\w.-]*)"
    r"(?:\s*INTO\s*GRAPH\s*(?P<graph><[^<>]*>|[\w.-]*:[\w.-]*))?\s*(?:;|\Z)",
    re.IGNORECASE,
)


@contextmanager
def steps(update: str, fetcher: Fetcher, address: str) -> Iterator[tuple[Step, ...]]:
    """Lend an update in steps: what the engine carries out, and documents to add in between.

    Relative IRIs stand against the address that it was sent to, as those of the engine do.
    Raises Forbidden for a source that is not allowed, BadQuery for what is no IRI and for more
    documents than one update may load; also Unreachable for a source that gives nothing and
    BadQuery for one that gives no RDF, unless the update says SILENT.
    """
    found: list[Step] = []
    done, prologue, until = 0, Prologue("", {}), fetcher.deadline()
    # the addresses stand in the update, their places in its bare form
    calls = list(_LOAD.finditer(bare(update))) if fetcher.allowed else []
    if len(calls) > _MOST:
        raise BadQuery(f"{len(calls)} times LOAD: an update loads {_MOST} documents at most")
    with ExitStack() as files:
        for call in calls:
            found += _carried_out(f"{prologue}{update[done : call.start()]}")
            prologue = Prologue.of(update[: call.start()], address)
            source = prologue.iri(_said(update, call, "source") or "")
            graph = _said(update, call, "graph")
            name = _checked(prologue.iri(graph)) if graph else None
            try:
                upload = _kept(files, fetcher.fetch(source, _RDF, until=until))
            except (Unreachable, BadQuery):
                if not call["silent"]:
                    raise
            else:
                found.append(Load(upload, name, bool(call["silent"])))
            done = call.end()
        found += _carried_out(f"{prologue}{update[done:]}")
        yield tuple(found)


def _carried_out(text: str) -> list[Step]:
    """Return a step for a stretch of an update, none where nothing but a prologue is left."""
    stretch = text.strip().removesuffix(";")
    return [stretch] if stretch.strip() else []


def _checked(iri: str) -> str:
    try:
        return NamedNode(iri).value
    except ValueError as error:
        raise BadQuery(f"LOAD INTO GRAPH <{iri}>: no IRI") from error


def _said(update: str, call: re.Match[str], name: str) -> str | None:
    start, end = call.span(name)
    return update[start:end] if start >= 0 else None


def _kept(files: ExitStack, fetched: Fetched) -> Upload:
    named = tempfile.NamedTemporaryFile(prefix="onrecord-load-")  # noqa: SIM115
    file = files.enter_context(named)
    file.write(fetched.body)
    file.flush()
    return Upload(
        file.name,
        _media_type(fetched),
        "identity",
        sha256(fetched.body).hexdigest(),
        fetched.url,
    )


def _media_type(fetched: Fetched) -> str:
    """Return what a document is, by its suffix where its host does not know RDF."""
    known = RdfFormat.from_media_type(fetched.media_type)
    if known is None:
        suffix = PurePosixPath(urlsplit(fetched.url).path).suffix.removeprefix(".")
        known = RdfFormat.from_extension(suffix)
    if known is None:
        raise BadQuery(f"LOAD <{unsigned(fetched.url)}>: {fetched.media_type} is no RDF")
    return known.media_type
