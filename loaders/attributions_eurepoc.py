"""Attributions of cyber incidents, as the dataset of EuRepoC has them.

An attribution comes in as many rows as its actors, initiators, countries and categories make:
they share its id, and each row is read for what it says by itself. Several actors of one
attribution made it together, and speak as one: nobody says that they are independent.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import forms
from loaders.details import asserted_at
from loaders.evidence import name_of_attestation
from loaders.form_row import Form
from loaders.given import Terms
from loaders.mapping_dates import recent
from loaders.names_in_cells import parts, why_no_coded
from loaders.no_names import is_failed, names_nobody, why_nobody
from loaders.records import Attestation, Record, Skipped
from loaders.source import File
from loaders.streams import by_content
from loaders.table import Row
from loaders.values import NO_DAYS
from onrecord.errors import BadInput
from ontology import term

EUREPOC: Final = Terms(publisher="EuRepoC")
_CATALOGUE: Final = "EuRepoC"
_CONTESTED: Final = "contested attribution"
# other names of columns in other releases: ours for them
_INITIATOR: Final = ("attributed_initiator", "attributed_initiator_name")
_COUNTRY: Final = "attributed_initiator_country"
_CATEGORY: Final = "attributed_initiator_category"
_OF_ATTRIBUTION: Final = (
    "attribution_type", "attribution_type_subcode", "attribution_basis", "attributing_country",
    "attribution_it_company", "legal_attribution_reference",
    "legal_attribution_reference_subcode", "settled", "settled_initiator",
)  # fmt: skip
_ACTORS: Final = ("attributing_actor", "attribution_it_company")
_OF_INITIATOR: Final = (_CATEGORY, f"{_CATEGORY}_subcode")
# of which a row has one each, where each row is one attribution
_SINGLE: Final = (
    "attribution_id", "attribution_date", *_ACTORS, *_INITIATOR, _COUNTRY,
)  # fmt: skip
_IGNORED: Final = ("attributed_initiator_country_alpha_2",)


def key_of_eurepoc(cells: Mapping[str, str]) -> str:
    """Return the key of a row; spreadsheets have made `12.0` of 12."""
    return _id(cells.get("attribution_id", ""))


Together = Mapping[tuple[str, str], list[str]]  # actors by incident and attribution


def together(file: File) -> Together:
    """Return who made an attribution together, for each that has several actors."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in forms.filled_rows(file, key_of_eurepoc):
        if isinstance(row, Row) and row.key and _names_somebody(row.cells):
            found[_of_row(row)].update(_actors(row.cells))
    return {key: sorted(names) for key, names in found.items() if len(names) > 1}


def _names_somebody(cells: Mapping[str, str]) -> bool:
    """Return whether a row attributes to anybody, and does not only contest or doubt that."""
    found = (cells.get(column, "").strip() for column in (*_INITIATOR, _COUNTRY))
    told = next((one for one in found if not _is_silent(one)), "")
    is_contested = _CONTESTED in cells.get("attribution_basis", "").casefold()
    return not is_contested and bool(told) and not why_nobody(told)


def _of_row(row: Row) -> tuple[str, str]:
    return _id(row.cells.get("incident_id", "")), row.key


def of_eurepoc(joint: Together, form: Form) -> Iterator[Record]:
    """Yield what one row says; one that names nobody and tells nothing is blank."""
    told = {column: cell for column in form.row.cells if (cell := _cell(form, column))}
    ids = {"incident_id", "attribution_id", "id"}
    if not told.keys() - ids - {_CATEGORY} and not _is_category(told.get(_CATEGORY, "")):
        yield Skipped(form.row.file.path.name, f"line {form.row.line}")
        return
    incident = _id(form.need("incident_id"))
    if _CONTESTED in _cell(form, "attribution_basis").casefold():
        reason = "does not say who contests what"
        raise form.row.fault("attribution_basis", told["attribution_basis"], reason)
    initiator = next((column for column in _INITIATOR if _cell(form, column)), "")
    if not initiator and not _cell(form, _COUNTRY):
        raise form.row.fault(_INITIATOR[0], "", "names nobody to whom it is attributed")
    _alone(form, told)
    node = form.telling.mint.named("event", incident, _CATALOGUE)
    form.mention(node, "sem:Event", f"incident {incident}")
    form.add(node, "dcterms:identifier", Literal(incident))
    form.chain = (_speaker(form, joint.get(_of_row(form.row), [])),)
    form.spoken = asserted_at(_date(form))
    made = _attributed(form, node, initiator)
    _described(form, made)
    yield from form.told()


def _alone(form: Form, told: Mapping[str, str]) -> None:
    """Raise Refused for a row that joins several attributions, or parts of one, in its cells.

    Nobody can tell from it who named whom, and when.
    """
    for column in _SINGLE:
        if not _is_single(told.get(column, "")):
            reason = "holds several in one row, which does not say what goes with which"
            raise form.row.fault(column, told[column], reason)


def _attributed(form: Form, node: NamedNode, initiator: str) -> list[Attestation]:
    """Say to whom an incident is attributed: an initiator, a state, or a country of origin.

    `initiator` is the column that names one, if any does. A country is said to be behind it
    only where the category says that a state is; else the initiator comes from there.
    """
    country = _cell(form, _COUNTRY)
    category = _cell(form, _CATEGORY)
    about = ((term("relationType"), Literal(category)),) if category else ()
    places = form.places(_COUNTRY, country)
    made: list[Attestation] = []
    if initiator:
        for name in form.named(initiator, [_cell(form, initiator)], why_no_coded):
            made.append(form.quote(node, "linkedTo", form.party(name, _scope(form)), about))
    elif category.casefold() == "state":
        made += [form.quote(node, "linkedTo", place, about) for place in places]
    made += [form.quote(node, "originatedIn", place) for place in places]
    return made


def _described(form: Form, made: list[Attestation]) -> None:
    """Say in the catalogue's own voice what kind of attribution it is."""
    for column in _OF_ATTRIBUTION:
        if cell := _cell(form, column):
            for one in made:
                subject = name_of_attestation(one, form.telling.mint)
                about = ((term("inField"), Literal(column)),)
                form.add(subject, "describedAs", Literal(cell), about)
    for column in (*_OF_INITIATOR[1:], *_IGNORED):
        if cell := _cell(form, column):
            form.refuse(column, cell, "says of the initiator what its other columns say")


def _speaker(form: Form, names: list[str]) -> NamedNode:
    """Return who attributes: an actor, else a company, else somebody who is not named.

    `names` are those of all actors of the attribution, where it has several: each row says
    who they are, since another of its rows may be refused, or come by itself once mended.
    """
    mint = form.telling.mint
    name, column = _actor(form.row.cells)
    if name:
        if reason := why_no_coded(name):
            raise form.row.fault(column, name, reason)
        own = sorted(set(_actors(form.row.cells))) or [name]
        speaking = names if set(own) <= set(names) else own  # who doubts it speaks alone
        parties = [form.party(one, _scope(form)) for one in speaking]
        if len(parties) == 1:
            return parties[0]
        return form.telling.joint_speaker("; ".join(speaking), _CATALOGUE, parties)
    basis = _cell(form, "attribution_basis") or "not told"
    node = mint.named("speaker", basis, _CATALOGUE, _scope(form))
    return form.mention(node, "UnnamedSpeaker", f"unnamed ({basis})")


def _scope(form: Form) -> str:
    """Return what people whom a row only describes belong to: an attribution, else a row."""
    return form.row.key or by_content(form.row.cells)


def _actor(cells: Mapping[str, str]) -> tuple[str, str]:
    """Return who attributes by the cells of a row, and the column; a company stands in."""
    told = ((cells.get(column, "").strip(), column) for column in _ACTORS)
    known = (one for one in told if not (_is_silent(one[0]) or is_failed(one[0])))
    return next(known, ("", ""))


def _actors(cells: Mapping[str, str]) -> list[str]:
    """Return who attributes, without words that name nobody; a cell may join several."""
    name, _ = _actor(cells)
    names = [name] if _is_single(name) else parts(name)
    return [one for one in names if one and not why_nobody(one)]


def _is_single(cell: str) -> bool:
    return ";" not in re.sub(r"\([^()]*\)", "", cell)  # "Harbour Ministry (HM; Togo)" is one


def _date(form: Form) -> Literal | None:
    """Return when it was attributed, as precise as the row has it.

    A whole date may have been filled up with ones, beside its parts or without them: a first
    of January tells the year alone, another first of a month no day.
    """
    whole = re.sub(
        r"[ T]00:00(:00(\.0+)?)?(Z|[+-]00:?00)?$", "", _cell(form, "attribution_date")
    )
    year, month, day = (
        _id(_cell(form, f"attribution_{part}")) for part in ("year", "month", "day")
    )
    parts = [year, *(part.zfill(2) for part in (month, day) if part and part != "0")]
    if not year or year == "0":
        # which is written without zeros, too: 2031-2-3
        padded = re.sub(r"-(?=\d(?:-|$))", "-0", whole)
        is_day = padded.count("-") == 2 and padded not in NO_DAYS
        told = re.sub(r"(?:-01)?-01$", "", padded) if is_day else padded
        return _moment(form, "attribution_date", told) if whole else None
    if day not in ("", "0") and month in ("", "0"):
        form.refuse("attribution_day", day, "is a day of a month that is not told")
        parts = [year]
    return _moment(form, "attribution_year", "-".join(parts))


def _moment(form: Form, column: str, text: str) -> Literal | None:
    try:
        return recent(text)
    except BadInput as error:
        form.refuse(column, text, str(error))
        return None


def _cell(form: Form, column: str) -> str:
    """Return a cell, empty where the catalogue has no value for it."""
    cell = form.take(column)
    return "" if _is_silent(cell) else cell


def _is_silent(cell: str) -> bool:
    parts = (part.strip() for part in cell.split(";"))
    return all(not part or names_nobody(part) for part in parts)


def _id(cell: str) -> str:
    return re.sub(r"\.0+$", "", cell.strip())


def _is_category(cell: str) -> bool:
    return bool(cell) and not cell.casefold().startswith("unknown")
