"""Held texts that a draft adds or removes: staged beside it, settled once it is served."""

import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class HeldTexts:
    """What a writer does to the held texts, by the sha256 of each."""

    folder: Path
    dropped: set[str] = field(default_factory=set)

    def keep(self, sha256: str, text: str) -> None:
        """Write a text to where the writer alone sees it."""
        self.folder.mkdir(exist_ok=True)
        path = self.folder / sha256
        path.write_text(text, encoding="utf-8", newline="")
        path.chmod(0o600)

    def drop(self, sha256: str) -> None:
        """Let a text go."""
        self.dropped.add(sha256)

    def settle(self, texts: Path) -> None:
        """Do what was staged; if nobody comes to it, loading or erasing again does."""
        for sha256 in self.dropped:
            (texts / sha256).unlink(missing_ok=True)
        staged = sorted(self.folder.glob("*"))
        if staged:
            texts.mkdir(parents=True, exist_ok=True)
        for path in staged:
            os.replace(path, texts / path.name)
