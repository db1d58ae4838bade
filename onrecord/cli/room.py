"""What every command is handed: the settings, and a way to talk."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from onrecord.cli.ending import at_once
from onrecord.cli.talk import Talk
from onrecord.settings import Settings
from onrecord.store import GenerationStore, Snapshot
from ontology.identity import Mint


@dataclass(frozen=True)
class Room:
    """Settings and talk of one call; the store is opened by whoever needs it."""

    settings: Settings
    talk: Talk

    @contextmanager
    def asking(self) -> Iterator[Snapshot]:
        """Open the current generation for a query, which Ctrl-C ends with the process."""
        with at_once(), self.store().read() as snapshot:
            yield snapshot

    def record(self) -> GenerationStore:
        """Return the store; raises NoGeneration where nothing was published."""
        store = self.store()
        store.edition()
        return store

    def store(self) -> GenerationStore:
        """Return the store of the data folder."""
        return GenerationStore(self.settings.data, self.settings.keep)

    def command(self, *words: str) -> str:
        """Return a command on this record as it has to be typed here."""
        is_usual = self.settings.data == Settings.from_env().data
        data = () if is_usual else ("--data", str(self.settings.data))
        return shlex.join(("onrecord", *data, *words))

    @property
    def quarantine(self) -> Path:
        """Return the folder of what loads did not take."""
        return self.settings.data / "quarantine"

    @property
    def mint(self) -> Mint:
        """Return where IRIs are made."""
        return Mint(self.settings.base)


in_room = click.make_pass_decorator(Room)
