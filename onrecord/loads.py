"""A load as it is asked for, and the report on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode

from loaders.given import Given
from loaders.records import Claim, Fate
from onrecord.left_out import LeftOut


@dataclass(frozen=True, slots=True)
class Load:
    """A source to load: its format, where it lies, what goes beside it, how it was named."""

    loader: str
    path: Path
    given: Given
    shown: str = ""


@dataclass(slots=True)
class Said:
    """How often something new is said with one predicate, and what for example."""

    example: Claim
    times: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did; `run` and `generation` are None when it changed nothing.

    `missing` counts the evidence that earlier loads of the source brought and this one has not;
    `passed` counts what of it is no evidence and was not taken as such, by the reason; `kept`
    are statements of others in source graphs, `kept_new` those of them that were not there;
    `markings` say how far the source may be passed on, `publisher` and `licence` whose it is
    and on what terms, if somebody told.
    `known_as` are the names by which the very same bytes were loaded before, as other sources.
    `refused` says why the source could not be read at all, if it could not.
    """

    load: Load
    run: NamedNode | None = None
    generation: int | None = None
    read: int = 0
    new: int = 0
    known: int = 0
    skipped: int = 0
    missing: int = 0
    replaced: bool = False
    quarantined: LeftOut = field(default_factory=LeftOut)
    fates: Mapping[Fate, int] = field(default_factory=dict)
    said: Mapping[NamedNode, Said] = field(default_factory=dict)
    passed: Mapping[str, int] = field(default_factory=dict)
    kept: int = 0
    kept_new: int = 0
    markings: frozenset[NamedNode] = frozenset()
    publisher: str = ""
    licence: str = ""
    known_as: tuple[str, ...] = ()
    refused: str = ""
