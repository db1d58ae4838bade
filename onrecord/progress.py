"""How far long work is, for whoever wants to show it."""

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""Takes what is under way, and how many octets of how many are done."""


def silent(what: str, done: int, of: int | None) -> None:
    """Show no progress."""
