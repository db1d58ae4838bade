"""Periods of a form, from one cell to another."""

from pyoxigraph import Literal

from loaders.form_row import Form
from loaders.values import is_before


def period(form: Form, first: str, last: str) -> tuple[Literal | None, Literal | None]:
    """Return from when to when; both cells are refused where the last is before the first."""
    start, end = form.moment(first), form.moment(last)
    if start and end and is_before(end, start):
        for column in (first, last):
            form.refuse(column, form.take(column), f"{last} is before {first}")
        return None, None
    return start, end
