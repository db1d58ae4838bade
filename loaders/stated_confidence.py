"""How sure the speaker of a row says to be, which hangs on what the speaker says."""

from pyoxigraph import Literal

from loaders.filled import Form
from loaders.records import Details
from ontology import term


def stated_confidence(form: Form, hangs_on: str) -> Details:
    """Return how sure the speaker says to be, in the speaker's own measure."""
    cell, scale = form.take("confidence"), form.take("confidence_scale")
    if not form.needs("confidence", hangs_on):
        form.needs("confidence_scale", hangs_on)
        return ()
    if cell and scale:
        return (
            (term("statedConfidence"), Literal(cell)),
            (term("statedConfidenceScale"), Literal(scale)),
        )
    form.needs("confidence", "confidence_scale")
    form.needs("confidence_scale", "confidence")
    return ()
