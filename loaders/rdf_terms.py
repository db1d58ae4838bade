"""On what terms a record that was exported came to whoever exported it."""

from dataclasses import replace

from loaders.given import Terms
from loaders.markings import UNREAD, WORDS, agreed, marked
from loaders.rdf_staged import Staged
from ontology import term


def terms_of_runs(staged: Staged, told: Terms) -> Terms:
    """Return the terms told, with the licences of the runs in a file and its markings.

    Somebody may add a marking to what others marked, and never take theirs away. What stands
    on a single statement marks the file, too; a value that is no word of ours is not read.
    """
    licences = {told.licence} if told.licence else set[str]()
    for run in staged.of_kind("LoaderRun"):
        licences.update(found.value for found in staged.star(run).get(term("licence"), ()))
    names = {str(node): word for word, node in reversed(WORDS.items())}
    found = {names.get(value, UNREAD) for value in staged.values("marking")}
    return replace(agreed(told, marked(told, found)), licence="; ".join(sorted(licences)))
