"""What a mapping says of the things of a table: what each is, and what tells it from others."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import indicators
from loaders.assets import Handle, handle_of, is_handle, own_id
from loaders.cells import is_rounded
from loaders.claimreview_reviews import statement
from loaders.countries import country
from loaders.indicators import Indicator
from loaders.mapped_rows import Cells
from loaders.mapped_sheets import Octets
from loaders.mapping_cells import KEYS, Cell, Column, only
from loaders.names_in_cells import (
    HEARSAY,
    MARKED,
    MAYBE_NO_HANDLE,
    OPEN,
    SEVERAL,
    is_joined,
    is_marked,
    is_no_handle,
    is_open,
    is_relayed,
)
from loaders.no_names import CODE_OR_NOTHING, NOBODY, is_noted, why_nobody
from loaders.records import Claim, Quarantined
from loaders.rounded import rounding
from loaders.sheet_formulas import FAILED
from loaders.things import KINDS
from loaders.tree import Tree
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Mint

Read = Callable[[str, Mint], Indicator | None]

_PLACE: Final = "schema:Place"
_STATEMENT: Final = "WordedStatement"
# what an indicator is read as, and what to say of a cell that is none
_INDICATORS: Final[Mapping[str, tuple[Read, str]]] = {
    "address": (indicators.web, "is no web address"),
    "domain": (indicators.named_host, "is no domain"),
    "email": (indicators.email, "is no mail address"),
    "file": (indicators.hashed_file, "is the hash of no file"),
    "hashtag": (
        lambda tag, mint: indicators.hashtag(f"#{tag.lstrip('#＃')}", mint),
        "is no hashtag",
    ),
    "indicator": (indicators.indicator, "is no account, domain, address, hash or hashtag"),
    "ip": (indicators.ip_address, "is no address of the internet"),
}
_MADE: Final = ("account", "country", "party", "statement", "topic", *_INDICATORS)
NAMED: Final = tuple(sorted({*KINDS, *_MADE}))
_ACTING: Final = ("organization", "outlet", "party", "person")
_KNOWN_BY_NAME: Final = ("analyst", "assets", "campaign", "network", "place")
# words that tell things of some kinds apart, and mean nothing for those of others
_MEANT: Final = {
    "id": ("account", *KINDS), "scope": ("party", *KINDS), "platform": ("account",)
}  # fmt: skip
_KEYS: Final = ("kind", "const", "id", "language", "platform", "scope", "otherwise", *KEYS)


@dataclass(frozen=True, slots=True)
class Thing:
    """A sort of thing of a table, under the label by which claims speak of it."""

    kind: str
    names: Column | None
    constant: str
    language: str
    id: Column | None
    scope: tuple[Column, ...]
    platform: Cell | None
    is_place: bool

    @classmethod
    def of(cls, tree: Tree) -> "Thing":
        """Read what a mapping says of a sort of thing."""
        only(tree, *_KEYS)
        kind = tree.need("kind")
        if kind.scalar() not in NAMED:
            raise kind.fault(f"{kind.scalar()!r} is no kind; known are {', '.join(NAMED)}")
        if bool(tree.get("const")) == bool(tree.get("column")):
            raise tree.fault("has to have either a column or a const")
        for key, kinds in _MEANT.items():
            if (given := tree.get(key)) and kind.scalar() not in kinds:
                raise given.fault(f"{key!r} tells no {kind.scalar()} from another")
        if kind.scalar() == "account" and not tree.get("platform"):
            raise tree.fault("lacks 'platform', which tells an account from its namesakes")
        otherwise, platform, id = (tree.get(key) for key in ("otherwise", "platform", "id"))
        if otherwise and (otherwise.scalar(), kind.scalar()) != ("place", "country"):
            raise otherwise.fault("has to be 'place', of a country")
        return cls(
            kind.scalar(),
            Column.of(tree) if tree.get("column") else None,
            tree.text("const"),
            tree.text("language"),
            _column(id) if id else None,
            tuple(_column(each) for each in tree.each("scope")),
            Cell.of(platform, "Platform") if platform else None,
            otherwise is not None,
        )

    def found(self, row: Cells, mint: Mint) -> Iterator[Indicator | Quarantined]:
        """Yield the things that a row names; what names none says why."""
        column = self.names.name if self.names else ""
        for part in self._parts(row):
            if isinstance(part, Quarantined):
                yield part
                continue
            try:
                if column in row.nested:
                    raise BadInput("is a list of objects, none of which is a name")
                is_told = not part or self.names is None or self.names.tells(part)
                why = "" if is_told else self._why_none(part) or self._why_no_handle(part, row)
                if why and not (self.kind == "account" and self._id(row)):
                    raise BadInput(why)
                if why:
                    yield row.fault(column, part, why).record
                yield self._made("" if why else part, row, mint)
            except BadInput as error:
                yield row.fault(column, part, str(error)).record

    def _parts(self, row: Cells) -> list[str | Quarantined]:
        """Return the names in a row; an account with an id needs none."""
        named = self.names.parts(row) if self.names else iter((self.constant,))
        found = list[str | Quarantined](named)
        if not found and self.kind == "account" and self.id and any(self.id.parts(row)):
            return [""]
        return found

    def _why_none(self, name: str) -> str:
        """Return why a cell names no thing of this sort; nothing if it may."""
        if self.kind == "country":
            return CODE_OR_NOTHING.get(name, "")
        if self.kind in _ACTING:
            return why_nobody(name) or self._why_several(name)
        if self.kind == "account":
            return MAYBE_NO_HANDLE if is_no_handle(name) else ""
        return NOBODY if self.kind in _KNOWN_BY_NAME and is_noted(name) else ""

    def _why_no_handle(self, name: str, row: Cells) -> str:
        """Return why a cell is no handle of an account on its platform."""
        if self.kind != "account" or "/" in name:
            return ""
        platform, handle = self._platform(row), name.removeprefix("@")
        is_one = own_id(platform, handle) or is_handle(platform, handle)
        return "" if is_one else "is no handle"

    def _platform(self, row: Cells) -> NamedNode:
        assert self.platform is not None
        found = list(self.platform.terms(row))
        if len(found) != 1 or not isinstance(found[0], NamedNode):
            raise BadInput("is on no platform that is known")
        return found[0]

    def _why_several(self, name: str) -> str:
        """Return why a cell is not the name of one; a title may be of any words."""
        if self.kind == "outlet":
            return ""
        told = MARKED if is_marked(name) else HEARSAY if is_relayed(name) else ""
        is_several = is_joined(name) and not (self.kind == "person" and name.isupper())
        return OPEN if is_open(name) else SEVERAL if is_several else told

    def _made(self, name: str, row: Cells, mint: Mint) -> Indicator:
        if self.kind in _INDICATORS:
            read, reason = _INDICATORS[self.kind]
            found = read(name, mint)
            if found is None:
                raise BadInput(reason)
            return found
        match self.kind:
            case "account":
                return self._account(name, row, mint)
            case "country":
                return self._country(name, mint)
            case "statement":
                return Indicator(statement(name, mint), _STATEMENT, name, ())
            case "topic":
                return Indicator(mint.named("topic", name), "skos:Concept", name, ())
            case "party":
                node = mint.named("party", name, *self._scope(row))
                return Indicator(node, "LegalParty", name, ())
        return self._named(name, row, mint)

    def _named(self, name: str, row: Cells, mint: Mint) -> Indicator:
        path, kind, by_name = KINDS[self.kind]
        id = self._id(row)
        if self.id and not id:
            raise BadInput(f"has no single id in {self.id.name!r}")
        alone = by_name and not self.scope and not id
        scope = () if alone else self._scope(row)
        node = mint.named(path, id or name, *scope)
        told = (Claim(node, term("dcterms:identifier"), Literal(id)),) if id else ()
        return Indicator(node, kind, name, told)

    def _id(self, row: Cells) -> str:
        """Return the one id of a row, if it tells one; raises BadInput where it is in doubt."""
        found = [*self.id.parts(row)] if self.id else []
        if self.id is None or not found:
            return ""
        ids = [part for part in found if isinstance(part, str)]
        if len(found) != 1 or not ids:
            raise BadInput(f"has no single id in {self.id.name!r}")
        is_lost = is_rounded if isinstance(row.file, Octets) else rounding(row.file)
        if is_lost(ids[0]):
            raise BadInput(f"has an id in {self.id.name!r} that a spreadsheet has rounded")
        return ids[0]

    def _scope(self, row: Cells) -> tuple[str, ...]:
        """Return what tells a thing from namesakes: cells of its row, else the table."""
        told = [row.take(column.name) for column in self.scope]
        if any(cell.startswith(FAILED) for cell in told):
            raise BadInput("is told from namesakes by a formula that has no value")
        return (row.file.dataset, *told)

    def _account(self, name: str, row: Cells, mint: Mint) -> Indicator:
        id = self._id(row)
        if "/" in name:
            led, found = handle_of(name), indicators.web(name, mint, id)
            if led is None or found is None:
                raise BadInput("leads to no account")
            if id and led.id not in ("", id):
                raise BadInput("leads to an account of another id")
            return found
        platform, handle = self._platform(row), name.removeprefix("@")
        if handle and (reason := self._why_no_handle(name, row)):
            raise BadInput(reason)
        own = own_id(platform, handle)
        if own and id not in ("", own):
            raise BadInput("is the id of another account")
        known = Handle(platform, handle="" if own else handle, id=id or own)
        return indicators.account(known, mint)

    def _country(self, name: str, mint: Mint) -> Indicator:
        found = country(name)
        if found is None and not self.is_place:
            raise BadInput("names no country")
        shown = found.name if found else name
        return Indicator(mint.named("place", shown), _PLACE, shown, ())

    @property
    def worded(self) -> Callable[[str], Literal]:
        """Return how a name becomes a literal: in its language, if one is told."""
        return partial(Literal, language=self.language) if self.language else Literal


def _column(tree: Tree) -> Column:
    return Column(tree.scalar(), tree) if tree.is_scalar else Column.of(only(tree, *KEYS))
