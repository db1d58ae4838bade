"""Commands about the program itself."""

import platform
from importlib.metadata import version as version_of

import click
from click.shell_completion import get_completion_class

from onrecord import __version__


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), default="bash")
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what completes commands in a shell.

    Example: eval "$(onrecord completion bash)"
    """
    kind = get_completion_class(shell)
    assert kind is not None
    command = context.find_root().command
    click.echo(kind(command, {}, "onrecord", "_ONRECORD_COMPLETE").source())


@click.command()
def version() -> None:
    """Print the versions of onrecord, of its engine and of Python.

    Example: onrecord version
    """
    engine = version_of("pyoxigraph")
    click.echo(
        f"onrecord {__version__} (pyoxigraph {engine}, Python {platform.python_version()})"
    )
