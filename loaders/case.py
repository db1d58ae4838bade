"""A case: one folder whose manifest ties things, texts, claim tables and judgements together.

Source   a folder with `case.yaml`, or the name of a bundled case (`pakistan-april-2019`)
Licence  as the manifest states; the bundled case is ours, without the articles' texts
Yields   everything that its files yield, each attestation and judgement tied to the case

`--texts DIR` names a folder with the texts: hashes, offsets and quotations are checked then.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from loaders.coding import Table
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
from loaders.tree import Tree
from loaders.values import value, word
from onrecord.errors import BadInput
from ontology import term

NAME: Final = "case"
BUNDLED: Final = Path(__file__).with_name("cases")

_MANIFEST: Final = (
    "name", "title", "summary", "licence", "coded_on", "mapping", "tables", "judgements"
)  # fmt: skip


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of a case folder, or of the bundled case of that name."""
    folder = path if path.is_dir() else BUNDLED / path.name
    if not (folder / "case.yaml").is_file():
        known = sorted(found.parent.name for found in BUNDLED.glob("*/case.yaml"))
        raise BadInput(f"{path}: no folder with a case.yaml, and no bundled case {known}")
    manifest = Tree.read(folder / "case.yaml", f"{folder.name}/case.yaml").only(*_MANIFEST)
    case = given.mint.named("case", manifest.need("name").scalar())
    lexicon = Lexicon.read(folder / manifest.text("mapping"), replace(given, case=case))
    tables = [Table.read(folder / found.scalar(), lexicon) for found in manifest.each("tables")]
    yield from _about(manifest, lexicon)
    yield from lexicon.records()
    for table in tables:
        yield from table.records()
    for found in manifest.each("judgements"):
        yield from _judgements(folder / found.scalar(), lexicon, tables)


def _about(manifest: Tree, lexicon: Lexicon) -> Iterator[Record]:
    case = lexicon.given.case
    assert case is not None
    yield manifest.source.document
    said = (
        ("title", "name"), ("summary", "dcterms:description"), ("licence", "dcterms:license")
    )  # fmt: skip
    yield lexicon.known.said(Claim(case, term("rdf:type"), term("Case")), manifest.need("name"))
    for key, predicate in said:
        found = manifest.need(key)
        claim = Claim(case, term(predicate), value(found.scalar()))
        yield lexicon.known.said(claim, found)


def _judgements(path: Path, lexicon: Lexicon, tables: list[Table]) -> Iterator[Record]:
    tree = Tree.read(path, f"{path.parent.name}/{path.name}").only("identity", "implication")
    yield tree.source.document
    for found in tree.each("identity"):
        found.only("first", "second", "verdict", "on", "because")
        first, second = (lexicon.known.find(found.need(key)) for key in ("first", "second"))
        verdict = word(found.need("verdict").scalar())
        yield IdentityJudgement(first, second, verdict, *_reasoned(found, lexicon))
    for found in tree.each("implication"):
        found.only("premise", "consequence", "on", "because")
        premise, consequence = (
            _claim(found.need(key), tables) for key in ("premise", "consequence")
        )
        yield ImplicationJudgement(premise, consequence, *_reasoned(found, lexicon))


def _reasoned(found: Tree, lexicon: Lexicon) -> tuple[NamedNode, str, str, Entry, Details]:
    on, because = found.need("on").scalar(), found.need("because").scalar()
    given = lexicon.given
    return lexicon.known.curator, on, because, found.entry(given.mint), given.membership


def _claim(found: Tree, tables: list[Table]) -> Claim:
    for table in tables:
        if found.scalar() in table.rows:
            return table.claims(found.scalar())[0]
    raise found.fault(f"names row {found.scalar()!r}, which is in no table of the case")
