"""Place the flat floors inside the `onrecord` package of the wheel (docs/decisions/0001)."""

from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FLOORS: Final = ("ontology", "loaders", "queries", "server.py")


class Move(BuildHookInterface):  # type: ignore[type-arg]
    """Carry every floor to `onrecord/_house/` in a wheel that is to be installed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the moves to the files of a standard wheel."""
        if version == "standard":  # an editable install reads the checkout itself
            moves = {floor: f"onrecord/_house/{floor}" for floor in FLOORS}
            build_data["force_include"].update(moves)
