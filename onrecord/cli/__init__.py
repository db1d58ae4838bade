"""The command line: data to stdout, talk to stderr, one clear line for what went wrong."""

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Final

import click
from click.shell_completion import CompletionItem

from onrecord.cli.ending import code as code_of
from onrecord.cli.ending import heard
from onrecord.cli.room import Room
from onrecord.cli.talk import Talk
from onrecord.errors import BadParameter, BadQuery, Forbidden, OnRecordError, UnknownQuestion
from onrecord.legible import legible
from onrecord.reading_in import reading_in
from onrecord.settings import Settings

COMMANDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "ask": ("asking", "Ask one of the stored questions."),
        "audit": ("tracing", "Look for statements that nobody could trace."),
        "backup": ("keeping", "Copy the current generation to a new folder."),
        "check": ("keeping", "Hold the record against the shapes of the ontology."),
        "completion": ("shell", "Print what completes commands in a shell."),
        "demo": ("serving", "Load the bundled case, unless it is there, and serve it."),
        "derive": ("keeping", "Derive status, origins and names anew from the evidence."),
        "doctor": (
            "shell",
            "Look at the program and its data folder, and say what is to be done.",
        ),
        "explain": ("tracing", "Tell who said it, where, and who loaded it."),
        "export": (
            "keeping",
            "Write the record, a graph of it or a case as linked data, or as a STIX bundle.",
        ),
        "generations": ("keeping", "List the generations that are kept."),
        "load": ("loading", "Load sources into the record; loading one twice adds nothing."),
        "mapping": (
            "mapping",
            "Draft and check the mapping that says what the columns of a table mean.",
        ),
        "prune": ("keeping", "Remove generations that are kept no longer."),
        "query": ("asking", "Answer a SPARQL query over the record."),
        "restore": ("keeping", "Make a backup the first generation of an empty data folder."),
        "rollback": ("keeping", "Serve an earlier generation, by default the one before."),
        "run": ("runs", "Tell what one run read, on what terms, and what it brought."),
        "runs": ("runs", "List the runs that made the record, the latest last."),
        "serve": ("serving", "Serve the record over HTTP until Ctrl-C."),
        "template": ("runs", "Write the header and example rows of one of our own tables."),
        "token": (
            "access",
            "Make, list and revoke the tokens that let clients write, or watch the server.",
        ),
        "version": ("shell", "Print the versions of onrecord, of its engine and of Python."),
        "withdraw": ("withdrawing", "Take back what came from a document or a run."),
    }
)
"""The module of each command, and the first sentence of its help."""

_LONGEST: Final = 4_000  # signs of what went wrong; a line of a file may be quoted in it
_USAGE: Final = (BadParameter, BadQuery, Forbidden, UnknownQuestion)


class _ReadEnough(Exception):
    """Nobody reads stdout any more."""


class _Commands(click.Group):
    """Every command, imported when it is asked for: to import all takes most of a second.

    Whoever has read enough of its output ends it without a complaint.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        with reading_in():
            module = import_module(f"onrecord.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:  # Click looks among what was imported
            raise click.NoSuchCommand(
                error.command_name, possibilities=COMMANDS, ctx=ctx
            ) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        found = [
            CompletionItem(name, help=said)
            for name, (_, said) in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:  # Click would call it a failure
            raise _ReadEnough from error


class _Folder(click.Path):
    """A folder that has a name; an unset variable of a script has none."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        if value == "":
            self.fail("names no folder", param, ctx)
        return super().convert(value, param, ctx)


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        version = onrecord.get_command(context, "version")
        assert version
        context.invoke(version)
        context.exit()


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    epilog="Start with `onrecord demo`; then `onrecord ask --list`. Exits with 0, with 1 for a "
    "problem with data, with 2 for one of usage, and with 130 when stopped by Ctrl-C.",
)
@click.option(
    "--data",
    type=_Folder(path_type=Path, file_okay=False),
    help="The data folder (ONRECORD_DATA, else ./data).",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Print the versions and exit.",
)
@click.pass_context
def onrecord(context: click.Context, data: Path | None, quiet: bool, verbose: bool) -> None:
    """Who said what about whom, and where it is written."""
    settings = Settings.from_env()
    settings = settings if data is None else replace(settings, data=data)
    context.obj = Room(settings, Talk(quiet=quiet, verbose=verbose))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0, 1 for a problem with data, 2 for one of usage.

    Whoever is stopped by a signal exits with 128 and its number, as shells count.
    """
    try:
        with heard():
            code = _run(arguments)
        sys.exit(code)
    except (BrokenPipeError, _ReadEnough):
        # whoever read has read enough; the interpreter must not flush into the closed pipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _run(arguments: list[str] | None) -> int:
    try:
        code = onrecord.main(arguments, prog_name="onrecord", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except (click.exceptions.Abort, KeyboardInterrupt) as error:
        return _failed("stopped; the record is as it was published last", code_of(error))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        where = f"; try `{error.ctx.command_path} --help`" if error.ctx else ""
        said = " ".join(error.format_message().split()).removesuffix(".")
        return _failed(f"{said}{where}", 2)
    except click.ClickException as error:
        return _failed(error.format_message(), error.exit_code)
    except OnRecordError as error:
        return _failed(str(error), 2 if isinstance(error, _USAGE) else 1)
    except BrokenPipeError:
        raise
    except OSError as error:
        name = error.filename2 or error.filename  # of a link and a move, what was to be made
        return _failed(f"{f'{name}: ' if name else ''}{error.strerror or error}", 1)


def _failed(message: str, code: int) -> int:
    told = legible(f"onrecord: {message}")
    click.echo(told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…", err=True)
    return code
