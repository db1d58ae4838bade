"""Commands about who may do more than read."""

from datetime import UTC, datetime, timedelta

import click

from onrecord.cli.room import Room, in_room
from onrecord.cli.talk import show_table
from onrecord.tokens import ROLES, Role, Token, Tokens


@click.group()
def token() -> None:
    """Make, list and revoke the tokens that let clients write, or watch the server.

    Example: onrecord token add newsroom --role editor
    """


@token.command()
@click.argument("name")
@click.option(
    "--role",
    required=True,
    type=click.Choice(ROLES),
    help="Admins may do it all.",
)
@click.option("--expires", metavar="DAYS", type=click.IntRange(1, 36_500), help="For how long.")
@in_room
def add(room: Room, name: str, role: Role, expires: int | None) -> None:
    """Make a token and print it, this once.

    An editor may update the record over HTTP, an admin also see and stop what runs. A server
    that runs knows the token at once.

    Example: onrecord token add newsroom --role editor --expires 90
    """
    now = datetime.now(UTC).replace(microsecond=0)
    until = now + timedelta(days=expires) if expires else None
    secret = _tokens(room).add(name, role, until)
    click.echo(secret)
    room.talk.say(f"the token {name} is not shown again; send it as `Authorization: Bearer …`")


@token.command("list")
@in_room
def list_(room: Room) -> None:
    """List the tokens: names, roles and days, never the tokens themselves.

    Example: onrecord token list
    """
    now = datetime.now(UTC)
    rows = [_row(found, now) for found in _tokens(room).all()]
    show_table(("name", "role", "created", "expires"), rows)


@token.command()
@click.argument("name")
@in_room
def revoke(room: Room, name: str) -> None:
    """Take a token away; a server that runs refuses it at once.

    Example: onrecord token revoke newsroom
    """
    gone = _tokens(room).revoke(name)
    room.talk.say(f"the token {gone.name} is no longer valid")


def _tokens(room: Room) -> Tokens:
    return Tokens(room.settings.data)


def _row(found: Token, now: datetime) -> tuple[str, ...]:
    until = f"{found.expires:%Y-%m-%d %H:%M} UTC" if found.expires else "never"
    spelled = until if found.is_valid(now) else f"{until} (expired)"
    return found.name, found.role, f"{found.created:%Y-%m-%d %H:%M} UTC", spelled
