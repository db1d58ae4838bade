"""Attributions in a form of our own."""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import forms
from loaders.attributing import stated_confidence, strength
from loaders.details import asserted_at, citing
from loaders.form_row import Form
from loaders.names_in_cells import why_not_one
from loaders.records import Attestation, Record
from loaders.scores import Criterion, Score
from ontology import term

COLUMNS: Final = (
    "id", "publisher", "operation", "origin_country", "target_countries", "attributed_to",
    "attribution_strength", "stance", "attributed_by", "on_behalf_of", "attributed_on",
    "confidence", "confidence_scale", "statement_url", "note",
)  # fmt: skip
_SCORE: Final = "score_"

TEMPLATE: Final = forms.template(
    (*COLUMNS, f"{_SCORE}evidence_is_open", f"{_SCORE}limits_are_named"),
    {
        "id": "2031-04-a",
        "publisher": "Harbour Observatory",
        "operation": "Crane Watch",
        "origin_country": "Iceland",
        "target_countries": "Togo; Burkina Faso",
        "attributed_to": "The Harbour Guild",
        "attribution_strength": "operated by employees of",
        "attributed_by": "Bo Sample",
        "on_behalf_of": "Platform Sample",
        "attributed_on": "2031-04-01",
        "confidence": "high",
        "confidence_scale": "low, medium, high",
        "statement_url": "https://platform.example/news/2031-04",
        f"{_SCORE}evidence_is_open": "0/1",
        f"{_SCORE}limits_are_named": "1/1",
    },
    {
        "id": "2031-04-b",
        "publisher": "Harbour Observatory",
        "operation": "Crane Watch",
        "attributed_to": "The Harbour Guild",
        "attribution_strength": "operated by employees of",
        "stance": "denial",
        "attributed_by": "The Harbour Guild",
        "attributed_on": "2031-04",
        "statement_url": "https://guild.example/answer",
    },
)


def of_form(form: Form) -> Iterator[Record]:
    """Yield what one row says."""
    id, title = form.need("id"), form.need_name("operation")
    operation = form.telling.mint.named("campaign", title, form.row.file.dataset)
    form.need("attributed_to")
    speaker = form.need_party("attributed_by", id)
    form.mention(operation, "Campaign", title)
    form.chain = (speaker,)
    page = form.cited("statement_url")
    form.spoken = (*asserted_at(form.moment("attributed_on")), *citing(page))
    if principal := form.name("on_behalf_of", why_not_one):
        organisation = form.organisation(principal)
        if organisation != speaker:  # or it speaks for itself
            form.add(speaker, "speaksFor", organisation)
            form.spoken += ((term("onBehalfOf"), organisation),)
    if note := form.take("note"):
        form.spoken += ((term("note"), Literal(note)),)
    made = _attributed(form, operation, id)
    for predicate, column in (
        ("originatedIn", "origin_country"),
        ("targeted", "target_countries"),
    ):
        for place in form.places(column):
            form.add(operation, predicate, place)
    if page:
        form.add(operation, "documentedAt", page)
    _scored(form, made)
    yield from form.told()


def _attributed(form: Form, operation: NamedNode, id: str) -> list[Attestation]:
    """Say who is named, and what stance the speaker takes on that."""
    predicate = strength(form)
    stance = form.word("stance", "Stance")
    details = stated_confidence(form)
    for column in ("attribution_strength", "stance"):
        if form.is_lost(column):
            form.needs("attributed_to", column)
            return []
    return [
        form.quote(operation, predicate, whom, details=details, stance=stance)
        for whom in form.parties("attributed_to", id)
    ]


def _scored(form: Form, made: list[Attestation]) -> None:
    for column in form.row.cells:
        if not column.startswith(_SCORE) or not (cell := form.take(column)):
            continue
        name = column.removeprefix(_SCORE).replace("_", " ")
        criterion = Criterion(name, form.row.file.dataset)
        score = Score.of(cell)
        if score is None:
            form.refuse(column, cell, "is no score such as 3/5")
            continue
        if not made:
            form.refuse(column, cell, "is a score of an attribution that was not read")
        for one in made:
            criterion.tell(form, one, score)
