"""How sure whoever attributes something says they are."""

from pyoxigraph import Literal

from loaders.form_row import Form
from loaders.records import Details
from ontology import term


def stated_confidence(form: Form) -> Details:
    """Return how sure the speaker is of whom `attributed_to` names, on a scale of their own."""
    cell, scale = form.take("confidence"), form.take("confidence_scale")
    if not form.needs("confidence", "attributed_to"):
        form.needs("confidence_scale", "attributed_to")
        return ()
    if cell and scale:
        return (
            (term("statedConfidence"), Literal(cell)),
            (term("statedConfidenceScale"), Literal(scale)),
        )
    form.needs("confidence", "confidence_scale")
    form.needs("confidence_scale", "confidence")
    return ()
