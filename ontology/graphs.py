"""The named graphs in which the plain triples of claims stand: one for each status but one."""

from typing import Final

from ontology import term

STATUSES: Final = ("accepted", "singleSource", "disputed", "contradicted")
"""Strongest first; nobody vouches for what is `unsupported`, which has no graph."""

STATUS_GRAPHS: Final = tuple(map(term, STATUSES))
