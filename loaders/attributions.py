"""Attributions: who attributed an operation to whom, one row for each attribution.

Source   FIAT, the interference tracker of DFRLab; the attribution dataset of EuRepoC; CSV in
         the form that `onrecord template attributions` writes
Licence  as whoever publishes the file has it
Yields   rec:Campaign with attributions by their speakers, in the weakest word that says no
         more than the row; origin, targets, methods; scores of a coder on the attribution

An attribution is a claim of whoever made it, and what a coder says of it is the coder's.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from loaders import forms
from loaders.accounting import account
from loaders.attributions_eurepoc import EUREPOC, key_of_eurepoc, of_eurepoc, together
from loaders.attributions_fiat import FIAT, key_of_fiat, of_fiat
from loaders.attributions_form import COLUMNS, TEMPLATE, key_of_form, of_form
from loaders.filled import Form
from loaders.given import Given, Terms
from loaders.records import Record
from loaders.source import File, source
from loaders.streams import Key, head_of
from loaders.table import Row
from loaders.voice import Voice
from onrecord.errors import BadInput

__all__ = ["COLUMNS", "NAME", "TEMPLATE", "load", "recognise", "source"]

NAME: Final = "attributions"
_OF_FIAT: Final = {"case_hash", "disinformant", "attribution_total_score"}
_OF_EUREPOC: Final = {"incident_id", "attribution_id", "attributing_actor"}
_OF_FORM: Final = ("operation", "attributed_to", "attributed_by")


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    found = forms.columns(head)
    if found >= _OF_FIAT:
        return "has the columns case_hash, disinformant and attribution_total_score of FIAT"
    if found >= _OF_EUREPOC:
        return "has the columns incident_ID, attribution_ID and attributing_actor of EuRepoC"
    return forms.recognised(head, *_OF_FORM)


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of one file."""
    file = File.at(path, given)
    columns = forms.columns(head_of(file))
    if columns >= _OF_FIAT:
        yield from _told(file, given, FIAT, key_of_fiat, "case_hash", of_fiat)
    elif columns >= _OF_EUREPOC:
        tell = partial(of_eurepoc, together(file))
        yield from _told(file, given, EUREPOC, key_of_eurepoc, "", tell)
    elif columns.issuperset(_OF_FORM):
        terms = forms.publisher(file)
        yield from _told(file, given, terms, key_of_form, "id", of_form)
    else:
        raise BadInput(f"{path}: no attributions: it has the columns {sorted(columns)}")


def _told(
    file: File,
    given: Given,
    known: Terms,
    key: Key,
    unique: str,
    tell: Callable[[Form], Iterator[Record]],
) -> Iterator[Record]:
    forms.require(file, unique)
    voice, terms = Voice.of(file, given, known)
    yield from voice.opening(terms)
    found = forms.filled_rows(file, key, unique=unique)
    yield from account(file.path.name, found, partial(_row, voice, tell), voice)


def _row(voice: Voice, tell: Callable[[Form], Iterator[Record]], row: Row) -> Iterator[Record]:
    return tell(Form.of(voice, row))
