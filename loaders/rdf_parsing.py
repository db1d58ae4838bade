"""RDF parsed in a process of its own, which may die of a file without taking us with it.

The engine's parsers overflow their stack on what is nested deeply enough; a canonical form of
blank nodes can take for ever. What comes out is N-Quads without blank nodes or triple terms.
"""

import multiprocessing
import os
import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Final, cast

from pyoxigraph import Quad, RdfFormat, Triple, parse

from loaders.rdf_nameless import blank, named
from loaders.rdf_octets import Guarded, told
from onrecord.errors import BadInput, OnRecordError

# children of a process with threads have to come from one without
_CONTEXT: Final = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__])  # so that a child starts in milliseconds
_SECONDS: Final = 20  # of computing that a file may take, and its blank nodes once more
_A_SECOND_MORE: Final = 500_000  # bytes, a tenth of what a slow machine parses in one
_PARSED: Final = "parsed"
_BLANK: Final = re.compile(r"_:\w+")  # whose labels the parser makes up
_NO_LIMIT: Final = 1 << 62
_TRIPLES: Final = "holds a triple term, of which the record keeps none; say it by a claim"


@dataclass(frozen=True, slots=True)
class Job:
    """A file of RDF, its base, and what its blank nodes are named by."""

    path: Path
    format: RdfFormat
    base: str
    names: str
    scope: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came out: N-Quads in a file, and the statements that are not taken, with why."""

    quads: Path
    refused: tuple[tuple[str, str], ...]


def parsed(job: Job, folder: Path) -> Parsed:
    """Return what a file holds; raises BadInput, with the line where the parser gives one."""
    ours, theirs = _CONTEXT.Pipe(duplex=False)
    target = folder / "quads.nq"
    told = (str(job.path), job.format.media_type, job.base, job.names, job.scope)
    process = _CONTEXT.Process(target=_work, args=(theirs, *told, str(target)), daemon=True)
    process.start()
    theirs.close()
    reached = ""
    try:
        reached = ours.recv()
        fault, refused = ours.recv() if reached == _PARSED else reached
    except EOFError:
        process.join()
        if (process.exitcode or 0) >= 0:  # it was not the file that ended it
            raise ChildProcessError(f"no process to parse in: {process.exitcode}") from None
        raise BadInput(f"{job.path}: {_death(process.exitcode, reached)}") from None
    finally:
        ours.close()
        process.join()
    if fault:
        raise BadInput(f"{job.path}{fault}")
    return Parsed(target, tuple(refused))


def _death(code: int | None, reached: str) -> str:
    if code != -signal.SIGPROF:
        return "nested so deeply that its parser died of it"
    if reached == _PARSED:
        return f"its blank nodes cannot be told apart within {_SECONDS} s; give them IRIs"
    return "takes far longer to parse than a file of its size; is it nested deeply?"


def _work(
    out: Connection, path: str, media_type: str, base: str, names: str, scope: str, target: str
) -> None:
    """Parse a file, in the process that may die of it."""
    format = RdfFormat.from_media_type(media_type)
    assert format is not None
    refused: list[tuple[str, str]] = []
    _allow(_SECONDS + os.path.getsize(path) / _A_SECOND_MORE)
    with open(path, "rb") as octets, open(target, "w", encoding="utf-8") as lines:
        source: list[Guarded] = []
        try:
            source.append(Guarded(octets, _NO_LIMIT, format))
            nameless: list[Quad] = []
            for quad in _quads(source[0], format, base):
                if isinstance(quad.object, Triple) or isinstance(quad.subject, Triple):
                    refused.append((_BLANK.sub("_:b", str(quad)), _TRIPLES))
                elif blank(quad):
                    nameless.append(quad)
                else:
                    lines.write(f"{quad} .\n")
            out.send(_PARSED)
            _allow(_SECONDS)
            lines.writelines(f"{quad} .\n" for quad in named(nameless, names, scope))
        except SyntaxError as error:
            line = error.lineno or (source[0].lines if source else 1)
            near = "" if error.lineno else "at or before this line: "
            out.send((f":{line}: {near}{told(error)}", ()))
            return
        except (ValueError, OnRecordError) as error:
            out.send((f": {told(error)}", ()))
            return
    out.send(("", refused))


def _quads(source: Guarded, format: RdfFormat, base: str) -> Iterator[Quad]:
    return parse(cast(IO[bytes], source), format, base_iri=base, rename_blank_nodes=False)


def _allow(seconds: float) -> None:
    """Let the process die when it has computed for so long."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
