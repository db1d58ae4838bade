"""The end of a run: its terms, and a hash of what it wrote, chained to the run before."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad, Triple

from loaders.records import Sheet
from loaders.values import moment
from onrecord.standing import DEFAULT, ended, ending, subjects
from onrecord.store import Draft
from ontology import term


def finish(
    draft: Draft,
    run: NamedNode,
    before: NamedNode | None,
    lines: Iterable[str],
    when: datetime,
) -> None:
    """Add the end of a run and the hash of what it wrote, tied to the run before.

    `lines` are the SHA-256 of what it wrote, in hexadecimal, in any order.
    """
    said = [*ended(run, when, draft.generation)]
    if before:
        said.append(Quad(run, term("prov:wasInformedBy"), before, DEFAULT))
    hashed = Literal(_manifest(draft, before, lines))
    draft.insert([*said, Quad(run, term("inputManifest"), hashed, DEFAULT)])


def terms_of(run: NamedNode, sheet: Sheet) -> Iterator[Triple]:
    """Yield on what terms a run read its source."""
    for word, value in (("licence", sheet.licence), ("retrievedFrom", sheet.url)):
        if value:
            yield Triple(run, term(word), Literal(value))
    if sheet.retrieved:
        yield Triple(run, term("retrievedAt"), moment(sheet.retrieved))
    yield from (Triple(run, term("marking"), one) for one in sheet.markings)


def _manifest(draft: Draft, before: NamedNode | None, lines: Iterable[str]) -> str:
    """Return the hash of a run's lines, chained to that of the run before."""
    hashed = sha256()
    if before:
        for quad in draft.quads(before, term("inputManifest"), None, DEFAULT):
            hashed.update(str(quad.object).encode())
    for line in sorted(lines):
        hashed.update(line.encode())
    return hashed.hexdigest()


def latest_run(draft: Draft) -> NamedNode | None:
    """Return the run that ended last, if there was any."""
    runs = subjects(draft, "rdf:type", term("LoaderRun"))
    return max(runs, key=lambda run: (ending(draft, run), run.value), default=None)
