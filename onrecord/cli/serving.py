"""Commands that serve the record."""

import tempfile
from dataclasses import fields, replace
from pathlib import Path
from typing import Final

import click

import queries
from loaders.given import Given
from onrecord.cli.room import Room, in_room
from onrecord.errors import AuditFinding, NoGeneration
from onrecord.explain import explain
from onrecord.ingest import ingest_all
from onrecord.licences import marked
from onrecord.limits import Limits
from onrecord.loads import Load
from onrecord.runs import runs
from onrecord.store import Snapshot
from ontology import term

_CASE: Final = Path("pakistan-april-2019")
_SHOWN_OF_CASE: Final = "org/ispr"
_SHOWN: Final = ("ask/", "sparql")
_SHOWN_PLAIN: Final = ("sparql", "update", "graphs")

_OTHERS: Final = (
    "  ONRECORD_ALLOW=  addresses that SERVICE and LOAD may reach, with blanks between them",
    "  ONRECORD_RATE=  how often one client may ask, for instance 120 per minute",
    "  ONRECORD_PROXIES=0  proxies of your own through which every request comes",
    "  ONRECORD_LOG=info  what is told of each request: off, info or debug",
    "  ONRECORD_METRICS=admin  who may read /metrics: public, admin or off",
)

_host = click.option("--host", help="The address to listen on (ONRECORD_HOST, else 127.0.0.1).")
_port = click.option(
    "--port", type=click.IntRange(0, 65535), help="The port (ONRECORD_PORT, else 8080)."
)


def _variables() -> str:
    """Return what else can be set, each with its usual value."""
    limits = (
        f"  ONRECORD_{known.name.upper()}={known.default}  {known.metadata['what']}"
        for known in fields(Limits)
    )
    return "\n".join(("\b", "What else can be set, by variables:", *_OTHERS, *limits))


@click.command(epilog=_variables())
@_host
@_port
@click.option(
    "--plain",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Serve an ordinary quad store in DIR instead, without the rules of a record.",
)
@in_room
def serve(room: Room, host: str | None, port: int | None, plain: Path | None) -> None:
    """Serve the record over HTTP until Ctrl-C.

    SPARQL is at /sparql, questions at /ask/, explanations at /explain and at every IRI.
    Loading goes on in another terminal: readers get the new generation at once.
    Whoever has a token (`onrecord token add`) may also POST to /update and write /graphs.

    \b
    Example: onrecord serve --port 8080
             onrecord serve --plain ./quads
    """
    if plain is not None:
        room = replace(room, settings=replace(room.settings, data=plain, is_plain=True))
        room.store().begin()
    _serve(_bound(room, host, port))


@click.command()
@_host
@_port
@click.option(
    "--check", is_flag=True, help="Load, audit and ask in a temporary folder; then exit."
)
@in_room
def demo(room: Room, host: str | None, port: int | None, check: bool) -> None:
    """Load the bundled case, unless it is there, and serve it.

    \b
    Example: onrecord demo
             onrecord demo --check
    """
    if check:
        with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
            _check(replace(room, settings=replace(room.settings, data=Path(folder))))
        return
    _load_case(room)
    with room.store().read() as snapshot:
        _refuse_findings(snapshot)
    _serve(_bound(room, host, port), _SHOWN_OF_CASE)


def _bound(room: Room, host: str | None, port: int | None) -> Room:
    settings = room.settings
    host = settings.host if host is None else host
    port = settings.port if port is None else port
    return replace(room, settings=replace(settings, host=host, port=port))


def _serve(room: Room, *first: str) -> None:
    from onrecord.wsgi import serve as serve_until_interrupted  # Flask takes a while

    shown = _SHOWN_PLAIN if room.settings.is_plain else _SHOWN

    def ready(address: str) -> None:
        room.talk.say(f"serving {room.settings.data} at {address} (Ctrl-C stops)")
        for path in (*first, *shown):
            room.talk.say(f"  {address}{path}")
        _tell_marked(room)

    serve_until_interrupted(room.settings, ready)


def _tell_marked(room: Room) -> None:
    """Say what is marked: pages and queries hold nothing of it back."""
    try:
        with room.store().read() as snapshot:
            found = marked(runs(snapshot))
    except NoGeneration:
        room.talk.detail(f"{room.settings.data}: has nothing yet")
        return
    if found:
        source, name = found[0]
        others = f", and {len(found) - 1:,} more are marked" if found[1:] else ""
        told = f"{source} is {name}{others}"
        room.talk.say(f"warning: {told}; whoever reaches the server can read all of it")


def _load_case(room: Room) -> None:
    store = room.store()
    case = room.mint.named("case", _CASE.name)
    try:
        with store.read() as snapshot:
            if any(snapshot.quads(None, term("case"), case)):
                return
    except NoGeneration:
        room.talk.detail(f"{room.settings.data}: new")
    with room.talk.progress() as progress:
        (report,) = ingest_all(
            store, [Load("case", _CASE, Given(room.mint))], progress=progress
        )
    room.talk.say(f"loaded the case {_CASE}: {report.new} pieces of evidence")


def _refuse_findings(snapshot: Snapshot) -> None:
    for audit, row in queries.findings(snapshot):
        raise AuditFinding(f"{audit.name}: {' '.join(map(str, row))}; see `onrecord audit`")


def _check(room: Room) -> None:
    """Load the case into an empty folder and ask everything; raises on what is not right."""
    _load_case(room)
    rows = []
    with room.store().read() as snapshot:
        _refuse_findings(snapshot)
        rows.append(("audits", str(len(queries.audits())), "nothing found"))
        for question in queries.catalogue().values():
            given = {p.name: str(p.example) for p in question.parameters if p.example}
            answer = question.ask(snapshot, given, base=room.settings.base)
            found = len(answer.rows)
            rows.append((question.name, f"{found} rows", "" if found else "no answer"))
        traced = len(explain(snapshot, room.mint.named("org", "ispr")))
        rows.append((f"explain {_SHOWN_OF_CASE}", f"{traced} triples", ""))
    room.talk.table(("what", "found", ""), rows)
    silent = [name for name, _, said in rows if said == "no answer"]
    if silent:
        raise click.ClickException(f"no answer to {', '.join(silent)}")
    room.talk.say("all is well")
