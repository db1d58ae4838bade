"""The data set that a request names for an update (SPARQL 1.1 Protocol, section 2.2.3)."""

import re
from collections.abc import Sequence
from typing import Final

from onrecord.errors import BadQuery
from onrecord.web.scan import bare

_WORD: Final = re.compile(
    r"(?<![\w:?$.-])(?P<word>DELETE|INSERT|WHERE|USING|WITH)(?![\w:.-])|[{}]", re.IGNORECASE
)


def with_dataset(update: str, graphs: Sequence[str], named: Sequence[str]) -> str:
    """Return an update whose patterns are matched against the graphs that a request names.

    >>> with_dataset("DELETE { ?s ?p 1 } WHERE { ?s ?p ?o }", ["http://a/"], [])
    'DELETE { ?s ?p 1 } USING <http://a/> WHERE { ?s ?p ?o }'

    Raises BadQuery where the update names a data set itself.
    """
    if not graphs and not named:
        return update
    clause = "".join(
        [f"USING <{iri}> " for iri in graphs] + [f"USING NAMED <{iri}> " for iri in named]
    )
    pieces: list[str] = []
    done, depth, before = 0, 0, ""
    shorthand = False  # DELETE WHERE { … }, which takes no USING, stands for two clauses
    for found in _WORD.finditer(bare(update)):
        word = (found["word"] or "").upper()
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
            if shorthand and depth == 0:
                block = update[done : found.end()]
                pieces.append(f"{block} {clause}WHERE {block}")
                done, shorthand = found.end(), False
            before = "}"
        elif depth == 0:
            if word in ("USING", "WITH"):
                raise BadQuery(f"the update says {word}, and the request names graphs: do one")
            if word == "WHERE" and before == "DELETE":
                pieces.append(update[done : found.start()])
                done, shorthand = found.end(), True
            elif word == "WHERE":
                pieces += [update[done : found.start()], clause]
                done = found.start()
            before = word
    return "".join([*pieces, update[done:]])
