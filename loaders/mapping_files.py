"""Where the mappings of tables lie: ours, and the one beside a table."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

TABLE: Final = "table"  # the format of what has a mapping
SHIPPED: Final[Mapping[str, Path]] = MappingProxyType(
    {path.stem: path for path in sorted(Path(__file__).with_name("mappings").glob("*.yaml"))}
)
_BESIDE: Final = ".mapping.yaml"


def beside(path: Path) -> Path:
    """Return where the mapping of a table lies if nobody names another."""
    return path.with_name(f"{path.stem}{_BESIDE}")
