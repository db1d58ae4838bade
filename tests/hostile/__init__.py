"""What a stranger may send to hurt the endpoint: one table a module, one row an attempt."""

from typing import Final

from tests.hostile import calls, costly, markup, names, nested, wire

TABLES: Final = (nested, costly, calls, names, wire, markup)
ATTACKS: Final = tuple(attack for table in TABLES for attack in table.ATTACKS)
