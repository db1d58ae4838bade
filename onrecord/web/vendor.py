"""The files of others that pages load: copied from npm's folder, served from our own.

`python -m onrecord.web.vendor` copies them after `npm ci`. Pages answer without them too.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Final

FOLDER: Final = Path(__file__).parent / "static" / "vendor"
_HASHES: Final = "sha256.json"
_FROM: Final = Path("node_modules")
_FILES: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {"swagger-ui-dist": ("swagger-ui.css", "swagger-ui-bundle.js", "LICENSE", "NOTICE")}
)


def has(package: str) -> bool:
    """Return whether the files of a package are there."""
    return all((FOLDER / package / name).is_file() for name in _FILES[package])


def wrong() -> list[str]:
    """Return the files that are missing, or that are not what was copied."""
    try:
        hashes = json.loads((FOLDER / _HASHES).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        hashes = {}
    names = [f"{package}/{name}" for package, found in _FILES.items() for name in found]
    return [name for name in names if not _is(FOLDER / name, hashes.get(name))]


def _is(path: Path, digest: str | None) -> bool:
    return path.is_file() and _hash(path) == digest


def copy(source: Path = _FROM) -> list[Path]:
    """Copy the files, with a list of their hashes and a notice of whose they are."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    copied, notice = [], []
    for package, names in _FILES.items():
        described = json.loads((source / package / "package.json").read_text(encoding="utf-8"))
        notice.append(f"{package} {described['version']}: {described['license']}")
        (FOLDER / package).mkdir(parents=True)
        for name in names:
            copied.append(Path(shutil.copy(source / package / name, FOLDER / package / name)))
    hashes = {str(path.relative_to(FOLDER)): _hash(path) for path in copied}
    (FOLDER / _HASHES).write_text(f"{json.dumps(hashes, indent=1)}\n", encoding="utf-8")
    (FOLDER / "NOTICE").write_text("\n".join([*notice, ""]), encoding="utf-8")
    return copied


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    for path in copy():
        print(path.relative_to(FOLDER), path.stat().st_size)
