"""A case: one folder whose manifest ties things, texts, claim tables and judgements together.

Source   a folder with `case.yaml`, or the name of a bundled case (`pakistan-april-2019`)
Licence  as the manifest states; the bundled case is ours, without the articles' texts
Yields   everything that its files yield, each attestation and judgement tied to the case

`--texts DIR` names a folder with the texts: hashes, offsets and quotations are checked then.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from loaders.coded_table import Table
from loaders.given import Given
from loaders.lexicon import Lexicon
from loaders.records import (
    Claim,
    Details,
    Entry,
    IdentityJudgement,
    ImplicationJudgement,
    Record,
)
from loaders.things import Things
from loaders.tree import MANIFEST, Tree, unit
from loaders.values import day
from onrecord.errors import BadInput
from ontology import term

NAME: Final = "case"
BUNDLED: Final = Path(__file__).with_name("cases")

_CLAIMS: Final = {
    "title": ("name", "text"),
    "summary": ("dcterms:description", "text"),
    "licence": ("dcterms:license", "text"),
    "coded_on": ("schema:dateCreated", "moment"),
}
_KEYS: Final = ("name", *_CLAIMS, "mapping", "tables", "judgements")


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    return "is the manifest of a case" if name == MANIFEST else ""


def source(path: Path, given: Given) -> str:
    """Return the name that every version of the source goes by."""
    return unit(_folder(path))


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of a case folder, or of the bundled case of that name."""
    folder = _folder(path)
    manifest = Tree.read(folder / MANIFEST, f"{unit(folder)}/{MANIFEST}").only(*_KEYS)
    for key in ("title", "summary", "licence"):
        manifest.need(key)
    case = given.mint.named("case", manifest.need("name").scalar())
    mapping = manifest.need("mapping").file_in(folder)
    lexicon = Lexicon.read(mapping, replace(given, case=case))
    tables = [Table.read(found.file_in(folder), lexicon) for found in manifest.each("tables")]
    _check_keys(lexicon, tables)
    yield from _about(case, manifest, lexicon.known)
    yield from lexicon.records()
    for table in tables:
        yield from table.records()
    for found in manifest.each("judgements"):
        yield from _judgements(found.file_in(folder), lexicon, tables)


def _folder(path: Path) -> Path:
    if (path / MANIFEST).is_file():
        return path
    bundled = BUNDLED / path
    if path.name == str(path) and (bundled / MANIFEST).is_file():
        return bundled
    names = sorted(found.parent.name for found in BUNDLED.glob(f"*/{MANIFEST}"))
    wanted = f"a case is a folder with a {MANIFEST}, or a bundled one: {', '.join(names)}"
    fault = f"has no {MANIFEST}" if path.is_dir() else "no such folder"
    raise BadInput(f"{path}: {fault}; {wanted}")


def _check_keys(lexicon: Lexicon, tables: list[Table]) -> None:
    """Refuse a key that is in two tables, and a row of the mapping that is in none."""
    keys = Counter(key for table in tables for key in table.rows)
    for key, times in keys.items():
        if times > 1:
            raise BadInput(f"{lexicon.tree.source.path}: row {key!r} is in {times} tables")
    seen = keys.keys() | {fault.key for table in tables for fault in table.faults}
    for key, found in lexicon.tree.labels("rows"):
        if key not in seen:
            raise found.fault("is in no table of the case")


def _about(case: NamedNode, manifest: Tree, things: Things) -> Iterator[Record]:
    yield manifest.source.document
    yield things.said(Claim(case, term("rdf:type"), term("Case")), manifest.need("name"))
    for key, (predicate, sort) in _CLAIMS.items():
        for found in manifest.each(key):
            claim = Claim(case, term(predicate), things.value(found, sort))
            yield things.said(claim, found)


def _judgements(path: Path, lexicon: Lexicon, tables: list[Table]) -> Iterator[Record]:
    dataset = f"{lexicon.tree.source.unit}/{path.name}"
    tree = Tree.read(path, dataset).only("identity", "implication")
    yield tree.source.document
    for found in tree.each("identity"):
        found.only("first", "second", "verdict", "on", "because")
        first, second = (lexicon.known.find(found.need(key)) for key in ("first", "second"))
        if first == second:
            raise found.fault("compares a thing with itself")
        verdict = found.need("verdict").word_of("IdentityVerdict")
        yield IdentityJudgement(first, second, verdict, *_reasoned(found, lexicon))
    for found in tree.each("implication"):
        found.only("premise", "consequence", "on", "because")
        premise, consequence = (
            _claim(found.need(key), tables) for key in ("premise", "consequence")
        )
        if premise == consequence:
            raise found.fault("draws a claim from itself")
        yield ImplicationJudgement(premise, consequence, *_reasoned(found, lexicon))


def _reasoned(found: Tree, lexicon: Lexicon) -> tuple[NamedNode, str, str, Entry, Details]:
    on, because = found.need("on").read_as(day), found.need("because").scalar()
    given = lexicon.given
    return lexicon.known.curator, on, because, found.entry(given.mint), given.membership


def _claim(found: Tree, tables: list[Table]) -> Claim:
    key = found.scalar()
    for table in tables:
        if key in table.rows:
            return found.read_as(table.claim)
    raise found.fault(f"row {key!r} is in no table of the case")
