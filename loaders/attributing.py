"""How strongly a row attributes something, and how sure the speaker says to be."""

from loaders.details import sure
from loaders.form_row import Form
from loaders.records import Details
from ontology import term


def strength(form: Form) -> str:
    """Return the word for how strongly something is attributed, the weakest if none is told."""
    found = form.word("attribution_strength", "AttributionStrength") or term("linkedTo")
    return found.value.rpartition("#")[2]


def stated_confidence(form: Form) -> Details:
    """Return how sure the speaker is of whom `attributed_to` names, on a scale of their own."""
    cell, scale = form.take("confidence"), form.take("confidence_scale")
    if not form.needs("confidence", "attributed_to"):
        form.needs("confidence_scale", "attributed_to")
        return ()
    if cell and scale:
        return sure(cell, scale)
    form.needs("confidence", "confidence_scale")
    form.needs("confidence_scale", "confidence")
    return ()
