"""Commands about the program itself."""

import platform
from importlib.metadata import version as version_of

import click
from click.shell_completion import get_completion_class

from onrecord import __version__
from onrecord.cli.room import Room, in_room
from onrecord.cli.talk import show_table


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), default="bash")
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what completes commands in a shell.

    \b
    Example: eval "$(onrecord completion bash)"      in ~/.bashrc; likewise for zsh
             onrecord completion fish | source       in ~/.config/fish/config.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None
    command = context.find_root().command
    click.echo(kind(command, {}, "onrecord", "_ONRECORD_COMPLETE").source())


@click.command()
@in_room
def doctor(room: Room) -> None:
    """Look at the program and its data folder, and say what is to be done.

    Nothing is repaired and no data is written.

    Example: onrecord --data /srv/record doctor
    """
    from onrecord.doctor import examined  # rdflib and Flask take a second

    found = list(examined(room.settings))
    show_table(
        ("what", "found", "what to do"), [(one.what, one.found, one.advice) for one in found]
    )
    if ill := sum(bool(one.advice) for one in found):
        raise click.ClickException(f"{ill} of {len(found)} need something done")
    room.talk.say("all is well")


@click.command()
def version() -> None:
    """Print the versions of onrecord, of its engine and of Python.

    Example: onrecord version
    """
    engine = version_of("pyoxigraph")
    click.echo(
        f"onrecord {__version__} (pyoxigraph {engine}, Python {platform.python_version()})"
    )
