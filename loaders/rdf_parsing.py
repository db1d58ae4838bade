"""RDF parsed in a process of its own, which may die of a file without taking us with it.

The engine's parsers overflow their stack on what is nested deeply enough; a canonical form of
blank nodes can take for ever. What comes out is N-Quads without blank nodes or triple terms.
"""

import json
import multiprocessing
import os
import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Final, TextIO, cast

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from loaders.rdf_nameless import blank, named
from loaders.rdf_octets import (
    BYTE_ORDER_MARK,
    ByLine,
    Guarded,
    ends_with_itself,
    told,
)
from onrecord.errors import BadInput, OnRecordError
from onrecord.processes import fork_server
from ontology import PREFIXES

# so that a child starts in milliseconds
multiprocessing.get_context("forkserver").set_forkserver_preload([__name__])
_SECONDS: Final = 20  # of computing that a file may take, and its blank nodes once more
_A_SECOND_MORE: Final = 500_000  # bytes, a tenth of what a slow machine parses in one
_PARSED: Final = "parsed"
LINE: Final = " # "  # before the number of a line, in a comment
_LINES: Final = (RdfFormat.N_QUADS, RdfFormat.N_TRIPLES)
_BLANK: Final = re.compile(r"_:\w+")  # whose labels the parser makes up
_NO_LIMIT: Final = 1 << 62
# which names of Turtle may have and IRIs may not (RFC 3987, section 2.2)
_IN_NO_IRI: Final = re.compile(
    "[\U000e0000-\U000e0fff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
    + "]"
)
_NO_PROPERTY: Final = "has a blank node for a property, which RDF has not"
_TRIPLES: Final = "holds a triple term, of which the record keeps none; say it by a claim"


@dataclass(frozen=True, slots=True)
class Job:
    """A file of RDF, its base, and what its blank nodes are named by.

    `seconds` of computing may go into it, beside the share that its size has, and as many again
    into its blank nodes. `itself` takes the place of the base, also before a fragment.
    """

    path: Path
    format: RdfFormat
    base: str
    names: str
    scope: str
    seconds: float = _SECONDS
    itself: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came out: N-Quads, each with the line that it ends on as a comment, and the rest."""

    quads: Path
    aside: Path

    def refused(self) -> Iterator[tuple[int, str, str]]:
        """Yield the statements that are not taken, each with its line and why."""
        with self.aside.open(encoding="utf-8") as statements:
            for told in statements:
                yield tuple(json.loads(told))


def parsed(job: Job, folder: Path) -> Parsed:
    """Return what a file holds; raises BadInput, with the line where the parser gives one."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    found = Parsed(folder / "quads.nq", folder / "aside.jsonl")
    names = (job.base, job.itself, job.names, job.scope)
    told = (job.path, job.format.media_type, names, job.seconds, found)
    process = fork_server().Process(target=_work, args=(theirs, *told), daemon=True)
    process.start()
    theirs.close()
    reached = ""
    try:
        reached = ours.recv()
        fault = ours.recv() if reached == _PARSED else reached
    except EOFError:
        process.join()
        if (process.exitcode or 0) >= 0:  # it was not the file that ended it
            raise ChildProcessError(f"no process to parse in: {process.exitcode}") from None
        raise BadInput(f"{job.path}: {_death(job, process.exitcode, reached)}") from None
    finally:
        ours.close()
        process.join()
    if fault:
        raise BadInput(f"{job.path}{fault}")
    return found


def _death(job: Job, code: int | None, reached: str) -> str:
    if code != -signal.SIGPROF:
        return "nested so deeply that its parser died of it"
    if reached == _PARSED:
        return f"its blank nodes cannot be told apart within {job.seconds:g} s; give them IRIs"
    return "takes far longer to parse than a file of its size; is it nested deeply?"


def _work(
    out: Connection,
    path: Path,
    media_type: str,
    names: tuple[str, str, str, str],
    seconds: float,
    target: Parsed,
) -> None:
    """Parse a file, in the process that may die of it."""
    base, itself, own, scope = names
    format = RdfFormat.from_media_type(media_type)
    assert format is not None
    _allow(seconds + os.path.getsize(path) / _A_SECOND_MORE)
    with path.open("rb") as octets, _Sink.to(target, base, itself) as sink:
        source: list[ByLine] = []
        try:
            source.append(ByLine(Guarded(octets, _NO_LIMIT, format)))
            nameless = _read(source[0], octets, format, base, sink)
            if format == RdfFormat.JSON_LD:
                octets.seek(0)
                source[0] = ByLine(Guarded(octets, _NO_LIMIT, format))
                _allow(seconds + os.path.getsize(path) / _A_SECOND_MORE)
                _refuse_misspelled(source[0], base, sink)
            out.send(_PARSED)
            _allow(seconds)
            for quad, line in named(nameless, own, scope):
                sink.keep(quad, line)
        except SyntaxError as error:
            line = error.lineno or (source[0].lines if source else 1)
            near = "" if error.lineno else "at or before this line: "
            out.send(f":{line}: {near}{told(error)}")
        except (ValueError, OnRecordError) as error:
            out.send(f": {told(error)}")
        except OSError as error:  # of what is read or written, whose name a person knows
            where = "" if error.filename else f" in {target.quads.parent} (TMPDIR)"
            out.send(f": {error.strerror or error}{where}")
        else:
            out.send("")


@dataclass(frozen=True, slots=True)
class _Sink:
    """Where statements go, each with its line; what the base stands for in place of it."""

    quads: TextIO
    aside: TextIO
    base: str
    itself: str

    @staticmethod
    @contextmanager
    def to(target: Parsed, base: str, itself: str) -> Iterator["_Sink"]:
        with ExitStack() as files:
            paths = (target.quads, target.aside)
            opened = (path.open("w", encoding="utf-8") for path in paths)
            quads, aside = map(files.enter_context, opened)
            yield _Sink(quads, aside, base, itself)

    def keep(self, quad: Quad, line: int) -> None:
        statement = self._told(quad)
        if _IN_NO_IRI.search(statement) and (fault := _misspelled(quad)):
            self.refuse(quad, line, fault)
        else:
            self.quads.write(f"{statement} .{LINE}{line}\n")

    def refuse(self, quad: Quad, line: int, reason: str) -> None:
        self.set_aside(line, _BLANK.sub("_:b", self._told(quad)), reason)

    def set_aside(self, line: int, statement: str, reason: str) -> None:
        self.aside.write(f"{json.dumps((line, statement, reason))}\n")

    def emptied(self) -> "_Sink":
        """Return a sink in which nothing is any more."""
        for file in (self.quads, self.aside):
            file.seek(0)
            file.truncate()
        return self

    def _told(self, quad: Quad) -> str:
        statement = str(quad)
        if self.itself and self.base in statement:
            # a hash of the file, which no text in it can hold
            statement = statement.replace(f"<{self.base}>", f"<{self.itself}>")
            statement = statement.replace(f"<{self.base}#", f"<{self.itself}#")
        return statement


def _read(
    source: ByLine, octets: IO[bytes], format: RdfFormat, base: str, sink: _Sink
) -> dict[Quad, int]:
    """Write the statements of a file; return those with blank nodes, each with its line."""
    try:
        return dict(_nameless(source, format, base, sink))
    except SyntaxError as error:
        return dict(_by_line(octets, format, sink.emptied(), error))


def _nameless(
    source: ByLine, format: RdfFormat, base: str, sink: _Sink
) -> Iterator[tuple[Quad, int]]:
    """Write the statements of a file, but yield those with blank nodes."""
    octets = cast(IO[bytes], source)
    for quad in parse(octets, format, base_iri=base, rename_blank_nodes=False):
        yield from _sorted(quad, source.lines, sink)


def _sorted(quad: Quad, line: int, sink: _Sink) -> Iterator[tuple[Quad, int]]:
    """Write a statement, but yield one with blank nodes."""
    if isinstance(quad.object, Triple) or isinstance(quad.subject, Triple):
        sink.refuse(quad, line, _TRIPLES)
    elif blank(quad):
        yield quad, line
    else:
        sink.keep(quad, line)


def _by_line(
    octets: IO[bytes], format: RdfFormat, sink: _Sink, fault: SyntaxError
) -> Iterator[tuple[Quad, int]]:
    """Read a file of which each line is a statement; what is at fault in itself is set aside.

    Raises the fault of the file where a line may go on in the next, where nothing is a
    statement, and where it has words of ours: without the line with its hedge a stance would
    be another.
    """
    if format not in _LINES:
        raise fault
    octets.seek(0)
    is_any = False
    for number, line in enumerate(octets, start=1):
        line = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
        try:
            found = [*parse(line, format, rename_blank_nodes=False)]
            if any(PREFIXES["rec"] in str(quad) for quad in found):
                raise fault
            yield from (pair for quad in found for pair in _sorted(quad, number, sink))
        except SyntaxError as error:
            if error is fault or not ends_with_itself(line):
                raise fault from None
            reason = f"is no statement: {error.msg.partition(': ')[2]}"
            sink.set_aside(number, line.decode(errors="replace").strip(), reason)
            continue
        is_any = is_any or bool(found)
    if not is_any:
        raise fault


def _refuse_misspelled(source: ByLine, base: str, sink: _Sink) -> None:
    """Tell what of a file of JSON-LD has a misspelled IRI or language.

    The parser drops that and says nothing; a lenient one keeps it, but with it what stands
    below keys that no context knows, which is not said at all (JSON-LD 1.1 API, 5.1.2).
    """
    octets = cast(IO[bytes], source)
    format = RdfFormat.JSON_LD
    found = parse(octets, format, base_iri=base, rename_blank_nodes=False, lenient=True)
    for quad in found:
        is_key_of_nobody = ":" not in quad.predicate.value
        if not is_key_of_nobody and (fault := _misspelled(quad)):
            sink.refuse(quad, source.lines, fault)


def _misspelled(quad: Quad) -> str:
    """Return why a term of a statement is no IRI or literal; nothing if all are."""
    if quad.predicate.value.startswith("_:"):
        return _NO_PROPERTY
    for one in (quad.subject, quad.predicate, quad.object, quad.graph_name):
        try:
            if isinstance(one, NamedNode):
                NamedNode(one.value)
            elif isinstance(one, Literal) and one.language:
                Literal(one.value, language=one.language)
            elif isinstance(one, Literal):
                NamedNode(one.datatype.value)
        except ValueError as error:
            return f"has a term that is none: {error}"
    return ""


def _allow(seconds: float) -> None:
    """Let the process die when it has computed for so long."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
