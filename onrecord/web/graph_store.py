"""Which graph a request of the SPARQL 1.1 Graph Store Protocol means, and what it sends."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import PurePath
from typing import Final, cast
from uuid import uuid4

from flask import Request
from pyoxigraph import NamedNode, RdfFormat
from werkzeug.datastructures import FileStorage

from loaders.rdf_octets import Source
from onrecord.errors import BadParameter
from onrecord.limits import Limits
from onrecord.web.uploads import (
    Upload,
    coding,
    rdf_format,
    refuse_charset,
    spooled,
)

_MULTIPART: Final = "multipart/form-data"


def target(request: Request, path: str) -> NamedNode | None:
    """Return the graph that a request means, None for the default graph (section 4).

    Either `?default`, or `?graph=` with an absolute IRI, or the address of a graph itself.
    Raises BadParameter.
    """
    given = request.args
    graphs = given.getlist("graph")
    if ("default" in given) + len(graphs) + bool(path) != 1:
        raise BadParameter(
            "graph: name one as ?graph=IRI, ?default for the default graph, or by its address"
        )
    if path:
        return _named(_address(request))
    return _named(graphs[0]) if graphs else None


def names_none(request: Request, path: str) -> bool:
    """Return whether a request is to the collection of graphs itself."""
    return not path and "default" not in request.args and "graph" not in request.args


def minted(request: Request) -> NamedNode:
    """Return a new name for a graph, under the address of the collection (section 5.5)."""
    return NamedNode(f"{request.base_url.rstrip('/')}/{uuid4()}")


@contextmanager
def uploads(request: Request, limits: Limits) -> Iterator[tuple[Upload, ...]]:
    """Lend what a request sends, as files: its body, or each part of a form.

    Raises BadParameter, UnsupportedMediaType and TooLarge.
    """
    with ExitStack() as files:
        if request.mimetype == _MULTIPART:
            sources = [(cast(Source, part.stream), _kind(part)) for part in _parts(request)]
        else:
            refuse_charset(request.mimetype, request.mimetype_params)
            sources = [(cast(Source, request.stream), request.mimetype)]
        for _, media_type in sources:
            rdf_format(media_type)
        coded = coding(request.headers.get("Content-Encoding", ""))
        found = []
        for source, media_type in sources:
            file, hashed = spooled(source, limits.body_bytes)
            files.enter_context(file)
            found.append(Upload(str(file.name), media_type, coded, hashed))
        yield tuple(found)


def _named(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise BadParameter(f"graph {iri!r}: not an absolute IRI") from error


def _address(request: Request) -> str:
    """Return the address as the client spelled it, which is the name; Flask undoes escapes."""
    path, _, _ = str(request.environ.get("REQUEST_URI", "")).partition("?")
    if not path.startswith("/"):
        return request.base_url
    return request.host_url.rstrip("/") + path.encode("latin-1").decode("utf-8", "replace")


def _parts(request: Request) -> list[FileStorage]:
    """Return the files of a form; what is no file would be lost, so it is refused."""
    for name in request.form:
        raise BadParameter(f"part {name!r}: send each graph as a file, with its name")
    found = [part for _, part in request.files.items(multi=True)]
    if not found:
        raise BadParameter(f"{_MULTIPART}: no whole part with a file in it; send one at least")
    return found


def _kind(part: FileStorage) -> str:
    """Return the media type of a file; browsers know none of RDF's, but the file's name."""
    refuse_charset(part.mimetype, part.mimetype_params)
    if part.mimetype not in ("", "application/octet-stream"):
        return part.mimetype
    found = RdfFormat.from_extension(PurePath(part.filename or "").suffix.lstrip("."))
    return found.media_type if found else part.mimetype
