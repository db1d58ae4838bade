"""What every command is handed: the settings, and a way to talk."""

from dataclasses import dataclass

import click

from onrecord.cli.talk import Talk
from onrecord.settings import Settings
from onrecord.store import GenerationStore
from ontology.identity import Mint


@dataclass(frozen=True)
class Room:
    """Settings and talk of one call; the store is opened by whoever needs it."""

    settings: Settings
    talk: Talk

    def store(self) -> GenerationStore:
        """Return the store of the data folder."""
        return GenerationStore(self.settings.data, self.settings.keep)

    @property
    def mint(self) -> Mint:
        """Return where IRIs are made."""
        return Mint(self.settings.base)


in_room = click.make_pass_decorator(Room)
