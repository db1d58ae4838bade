"""On what terms a record that was exported came to whoever exported it."""

from dataclasses import replace

from pyoxigraph import NamedNode

from loaders.given import Terms
from loaders.rdf_staged import Staged
from loaders.voice import MARKINGS
from ontology import term


def terms_of_runs(staged: Staged, told: Terms) -> Terms:
    """Return the terms told, with the licences and the strictest marking of the runs in a file.

    Somebody may add a marking to what others marked, and never take theirs away.
    """
    licences = {told.licence} if told.licence else set[str]()
    markings = {told.marking.upper()} if told.marking else set[str]()
    names = {term(word): name for name, word in reversed(MARKINGS.items())}
    for run in staged.of_kind("LoaderRun"):
        star = staged.star(run)
        licences.update(found.value for found in star.get(term("licence"), ()))
        found = (value for value in star.get(term("marking"), ()) if value in names)
        markings.update(names[value] for value in found if isinstance(value, NamedNode))
    order = list(MARKINGS)
    # one that is no marking goes first, to be refused by whoever reads it
    ranks = {name: order.index(name) if name in order else len(order) for name in markings}
    strictest = max(markings, key=ranks.__getitem__, default="")
    return replace(told, licence="; ".join(sorted(licences)), marking=strictest)
