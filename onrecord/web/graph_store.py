"""Which graph a request of the SPARQL 1.1 Graph Store Protocol means, and what it sends."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Final, cast
from uuid import uuid4

from flask import Request
from pyoxigraph import NamedNode
from werkzeug.exceptions import UnsupportedMediaType

from onrecord.errors import BadParameter
from onrecord.limits import Limits
from onrecord.web.uploads import Source, Upload, coding, rdf_format, spooled

_MULTIPART: Final = "multipart/form-data"


def target(request: Request, path: str) -> NamedNode | None:
    """Return the graph that a request means, None for the default graph (section 4).

    Either `?default`, or `?graph=` with an absolute IRI, or the address of a graph itself.
    Raises BadParameter.
    """
    given = request.args
    if path:
        return NamedNode(request.base_url)
    graphs = given.getlist("graph")
    if ("default" in given) + len(graphs) != 1:
        raise BadParameter("graph: name one as ?graph=IRI, or ?default for the default graph")
    if not graphs:
        return None
    try:
        return NamedNode(graphs[0])
    except ValueError as error:
        raise BadParameter(f"graph {graphs[0]!r}: not an absolute IRI") from error


def names_none(request: Request, path: str) -> bool:
    """Return whether a request is to the collection of graphs itself."""
    return not path and "default" not in request.args and "graph" not in request.args


def minted(request: Request) -> NamedNode:
    """Return a new name for a graph, under the address of the collection (section 5.5)."""
    return NamedNode(f"{request.base_url.rstrip('/')}/{uuid4()}")


@contextmanager
def uploads(request: Request, limits: Limits) -> Iterator[tuple[Upload, ...]]:
    """Lend what a request sends, as files: its body, or each part of a form.

    Raises UnsupportedMediaType and TooLarge.
    """
    with ExitStack() as files:
        if request.mimetype == _MULTIPART:
            parts = [part for _, part in request.files.items(multi=True)]
            if not parts:
                raise UnsupportedMediaType(f"{_MULTIPART}: send graphs as files")
            sources = [(cast(Source, part.stream), part.mimetype) for part in parts]
        else:
            sources = [(cast(Source, request.stream), request.mimetype)]
        for _, media_type in sources:
            rdf_format(media_type)
        coded = coding(request.headers.get("Content-Encoding", ""))
        found = []
        for source, media_type in sources:
            file, hashed = spooled(source, limits.body_bytes)
            files.enter_context(file)
            found.append(Upload(_named(file), media_type, coded, hashed))
        yield tuple(found)


def _named(file: IO[bytes]) -> str:
    return str(file.name)
