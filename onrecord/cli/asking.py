"""Commands that answer: questions, SPARQL, explanations, audits."""

import sys
from typing import Final, TextIO

import click
from pyoxigraph import QueryBoolean, QuerySolutions

import queries
from onrecord.cli.reading import Reader
from onrecord.cli.room import Room, in_room
from onrecord.cli.talk import show_table
from onrecord.errors import BadParameter, BadQuery
from onrecord.store import Snapshot
from onrecord.store.protocol import Results
from onrecord.web.answers import answer_written, plain
from onrecord.web.results import GRAPH, HTML, SOLUTIONS, formats, write
from onrecord.web.scan import refuse_calls
from queries import Parameter, Question
from queries.answer import Answer
from queries.stored import TRUST

TABLES: Final = ("table", "csv", "json", "tsv", "turtle")
_TRUST_HELP: Final = "Believe only plain triples of this status."
_FORMATS: Final = tuple(found.name for found in (*SOLUTIONS[:4], *GRAPH))


class _Questions(click.Group):
    """Every question of `queries/` as a command of its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(queries.catalogue())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _command(queries.question(cmd_name))


@click.group(
    cls=_Questions, invoke_without_command=True, subcommand_metavar="NAME [--PARAM VALUE]..."
)
@click.option("--list", "listing", is_flag=True, help="List the questions.")
@click.pass_context
def ask(context: click.Context, listing: bool) -> None:
    """Ask one of the stored questions.

    \b
    Example: onrecord ask --list
             onrecord ask everything_about_an_entity --entity org/ispr --format csv
    """
    if listing or context.invoked_subcommand is None:
        rows = [(found.name, found.summary) for found in queries.catalogue().values()]
        show_table(("question", "what it answers"), rows)


def _command(question: Question) -> click.Command:
    @in_room
    def answer(
        room: Room, /, format_: str, trust: str | None = None, **given: str | None
    ) -> None:
        asked = {name: value for name, value in given.items() if value is not None}
        with room.asking() as snapshot:
            found = question.ask(snapshot, asked, trust=trust, base=room.settings.base)
            _tell(room, snapshot, found, format_)

    example = " ".join(_spelled(p) for p in question.parameters if p.required or p.example)
    options = [_option(parameter) for parameter in question.parameters]
    options.append(
        click.Option(["--format", "format_"], type=click.Choice(TABLES), default="table")
    )
    if question.trust:
        levels = click.Choice(list(TRUST))
        options.append(
            click.Option(["--trust"], type=levels, default=question.trust, help=_TRUST_HELP)
        )
    return click.Command(
        question.name,
        params=list(options),
        callback=answer,
        help="\n\n".join(
            [
                question.summary,
                question.shows,
                f"Example: onrecord ask {question.name} {example}",
            ]
        ),
        short_help=question.summary,
    )


def _tell(room: Room, snapshot: Snapshot, found: Answer, format_: str) -> None:
    """Write an answer; say beside it when there is none, and of what nothing is said."""
    if format_ == "table":
        reader = Reader(snapshot, room.settings.base)
        show_table(found.columns, [[reader.read(one) for one in row] for row in found.rows])
    else:
        sys.stdout.buffer.write(answer_written(snapshot, found, format_))
    if not found.rows:
        room.talk.say("the record has no answer to this")
    for iri in found.unheard:
        room.talk.say(f"nothing in it is said of {iri}")


def _option(parameter: Parameter) -> click.Option:
    flags = dict.fromkeys((f"--{parameter.name.replace('_', '-')}", f"--{parameter.name}"))
    return click.Option(
        [*flags, parameter.name], required=parameter.required, help=parameter.description
    )


def _spelled(parameter: Parameter) -> str:
    return f"--{parameter.name.replace('_', '-')} {parameter.example}"


@click.command()
@click.argument("sparql", required=False)
@click.option(
    "-f", "--file", type=click.File(encoding="utf-8"), help="Read the query; - is stdin."
)
@click.option("--format", "format_", type=click.Choice(["table", *_FORMATS]))
@click.option("--trust", type=click.Choice(list(TRUST)), help=_TRUST_HELP)
@click.option("--allow-service", is_flag=True, help="Let SERVICE call other endpoints.")
@in_room
def query(
    room: Room,
    sparql: str | None,
    file: TextIO | None,
    format_: str | None,
    trust: str | None,
    allow_service: bool,
) -> None:
    """Answer a SPARQL query over the record.

    \b
    Example: onrecord query 'SELECT * { GRAPH ?status { ?s ?p ?o } } LIMIT 5'
             onrecord query --trust accepted -f who_operates.rq --format csv
    """
    if (sparql is None) == (file is None):
        raise BadParameter("query: give either a query or a file with --file")
    text = file.read() if file else sparql or ""
    if not text.strip():
        raise BadQuery("query: is empty")
    if not allow_service:
        instead = "--allow-service lets it call the endpoint that it names"
        refuse_calls(text, walled=False, instead=instead)
    graphs = TRUST[trust] if trust else None
    with room.asking() as snapshot:
        _write(snapshot.query(text, default_graphs=graphs), format_)


def _write(results: Results, format_: str | None) -> None:
    if isinstance(results, QuerySolutions) and format_ in (None, "table"):
        columns = [variable.value for variable in results.variables]
        show_table(columns, [[plain(value) for value in row] for row in results])
        return
    if isinstance(results, QueryBoolean) and format_ in (None, "table"):
        click.echo("yes" if results else "no")
        return
    known = {found.name: found for found in formats(results) if found is not HTML}
    name = format_ or "turtle"
    if name not in known:
        raise BadParameter(f"format {name!r}: this query can be had as {', '.join(known)}")
    write(results, known[name], sys.stdout.buffer)
    sys.stdout.buffer.flush()
