"""What format a file seems to have, and by what."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from loaders import LOADERS
from onrecord.errors import BadInput

_HEAD: Final = 4_000  # characters by which a format is recognised
_MANIFEST: Final = "case.yaml"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A format that a file seems to have, and by what."""

    loader: str
    why: str


def recognised(path: Path, name: str = "") -> list[Recognised]:
    """Return the formats that a file seems to have, the most telling first."""
    if (path / _MANIFEST).is_file():
        return [Recognised("case", f"is a folder with {_MANIFEST}")]
    try:
        with path.open("rb") as octets:
            head = octets.read(4 * _HEAD).decode(errors="replace")[:_HEAD]
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}") from error
    found = (
        Recognised(one.NAME, one.recognise(name or path.name, head)) for one in LOADERS.values()
    )
    return [one for one in found if one.why]
