"""Entities and statements of FollowTheMoney, and what a resolver judged to be one.

Source   entities as JSON lines or an array, statements as CSV or JSON lines (OpenSanctions,
         Aleph, followthemoney), judgements of a resolver (nomenklatura)
Licence  as whoever publishes the file has it; CC BY-NC 4.0 for OpenSanctions
Yields   people, organisations, accounts, offices, works by their ids; ownership, directorship,
         membership, employment, sanctions as claims with dates; identity judgements

The speaker is the dataset that a record names, through whoever publishes the file. What
identifies or locates a person is not taken.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from loaders import ftm_model
from loaders.accounting import account
from loaders.envelopes import unfold
from loaders.ftm_entities import Survey, account_in, texts
from loaders.ftm_judgements import Resolver, is_judgement, looks_like_one
from loaders.ftm_records import STATEMENT, Teller, datasets_of, is_candidate, stated
from loaders.given import Given, Terms
from loaders.json_parts import list_in, object_in, parts, whole
from loaders.members import Cells, Member, lines
from loaders.records import Quarantined, Record, Skipped
from loaders.repeated import once
from loaders.source import BYTE_ORDER_MARK, File, source
from loaders.streams import by_content, rows
from loaders.table import Row
from loaders.telling import scalar
from loaders.voice import Voice
from onrecord.errors import BadInput

__all__ = ["NAME", "load", "recognise", "source"]

NAME: Final = "ftm"
_OPENSANCTIONS: Final = Terms(publisher="OpenSanctions", licence="CC BY-NC 4.0")
_OF_OPENSANCTIONS: Final = frozenset(
    {
        "ann_pep_positions", "ch_seco_sanctions", "debarment", "default", "eu_fsf",
        "eu_journal_sanctions", "everypolitician", "gb_hmt_sanctions", "opensanctions", "peps",
        "sanctions", "un_sc_sanctions", "us_ofac_cons", "us_ofac_sdn", "wd_categories",
        "wd_peps",
    }
)  # fmt: skip
_HELD: Final = ("entities", "results")
_ANSWERS: Final = "responses"
_KEPT: Final = ("ADD", "MOD")
_JUDGEMENT: Final = frozenset({"target", "source", "judgement"})


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    first = head.removeprefix(BYTE_ORDER_MARK).lstrip().partition("\n")[0]
    columns = _columns(first)
    if columns >= STATEMENT | {"canonical_id"}:
        return "has the columns canonical_id, entity_id and prop of statements"
    if columns >= STATEMENT | {"dataset", "original_value"}:
        return "has the columns entity_id, prop and original_value of a pack of statements"
    if columns >= _JUDGEMENT | {"created_at"}:
        return "has the columns target, source and judgement of a resolver"
    if looks_like_one(first):
        return "has judgements on pairs of ids, as a resolver writes them"
    if '"schema"' in head and '"properties"' in head and re.search(r'"id"\s*:\s*"', head):
        return "has entities with id, schema and properties, as FollowTheMoney has them"
    if '"canonical_id"' in head and '"prop"' in head:
        return "has statements with canonical_id and prop, as FollowTheMoney has them"
    return ""


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of one file."""
    file = File.at(path, given)
    survey = Survey()
    for one in _members(file):
        if isinstance(one, Member):
            _surveyed(survey, one.value, given)
    survey.close()
    for id, profile in survey.profiles.items():
        if node := account_in(profile, given.mint):
            survey.accounts[id] = node
    voice, terms = Voice.of(file, given, _known(survey))
    yield from voice.opening(terms)
    teller = Teller(voice, survey, Resolver(voice, survey))
    yield from account(path.name, _members(file), teller.told, voice)


def _columns(line: str) -> set[str]:
    return {name.strip(' "\r\n') for name in line.split(",")}


def _members(file: File) -> Iterator[Member | Quarantined | Skipped]:
    """Yield rows and lines alike, each as a member with its fields."""
    for found in _listed(file):
        value = found.value if isinstance(found, Member) else None
        if isinstance(found, Member) and isinstance(value, dict) and value.get("op") in _KEPT:
            # a delta of OpenSanctions has what was added or changed whole
            entities = [one for _, one in parts(found, "entity")]
            yield from map(once, entities if len(entities) == 1 else [found])
        elif isinstance(found, Member) and not isinstance(found, Cells):
            yield once(found)
        else:
            yield found


def _listed(file: File) -> Iterator[Member | Quarantined | Skipped]:
    with file.open() as text:
        begins = (line.removeprefix(BYTE_ORDER_MARK) for line in text)
        first = next(filter(str.strip, begins), "")
    if _columns(first) >= STATEMENT or _columns(first) >= _JUDGEMENT:
        for row in rows(file, _key):
            yield _of_row(row) if isinstance(row, Row) else row
        return
    start = first.lstrip()[:1]
    is_one_line = start == "{" and first.rstrip().endswith("}")
    if (is_one_line and not _is_answer(first)) or looks_like_one(first):
        yield from lines(file)
        return
    found = whole(file)
    value = found.value if found else None
    if found and isinstance(value, dict):
        yield from _held(found)
    elif start == "[" and not is_judgement(value):
        yield from unfold(file).members
    elif start:
        yield from lines(file)
    else:
        raise BadInput(f"{file.path}: no entities, statements or judgements")


def _is_answer(line: str) -> bool:
    """Return whether a line is all that an interface answers, and no entity of many."""
    try:
        found = object_in(json.loads(line))
    except (ValueError, RecursionError):
        return False
    return bool(found.keys() & {*_HELD, _ANSWERS}) and not found.keys() & {"schema", "prop"}


def _held(found: Member) -> list[Member]:
    """Return the entities of an answer: of a search, or of each of several (yente's match)."""
    if arrays := [key for key in _HELD if isinstance(found.value.get(key), list)]:
        return [one for _, one in parts(found, *arrays)]
    answers = [each for _, each in parts(found, _ANSWERS) if isinstance(each.value, dict)]
    each = (one for answer in answers for _, one in parts(answer, *answer.value))
    listed = [held for one in each if isinstance(one.value, dict) for held in _held(one)]
    return listed if _ANSWERS in found.value else [found]


def _key(cells: Mapping[str, str]) -> str:
    return cells.get("id", "").strip() or by_content(cells)


def _of_row(row: Row) -> Member:
    return Cells(row.file, row.line, row.start, row.text, {**row.cells, "id": row.key})


def _surveyed(survey: Survey, value: Any, given: Given) -> None:
    """Take note of what other records may speak of."""
    found = object_in(value)
    if "prop" in found:
        _surveyed_statement(survey, found)
        return
    survey.datasets.update(datasets_of(found))
    id, properties = scalar(found.get("id")), object_in(found.get("properties"))
    schema = scalar(found.get("schema"))
    if id and "schema" in found:
        survey.ids.add(id)
    if schema and isinstance(found.get("properties"), dict):
        survey.take(id, schema)
    for name in properties:
        survey.number(id, name, texts(properties, name))
    if found.get("schema") == "UserAccount" and (node := account_in(properties, given.mint)):
        survey.accounts[id] = node
    for one in list_in(properties.get("addressEntity")):
        survey.addressed(schema, [scalar(object_in(one).get("id")) or scalar(one)])
    for nested in (one for values in properties.values() for one in list_in(values)):
        if isinstance(nested, dict):
            _surveyed(survey, nested, given)


def _surveyed_statement(survey: Survey, found: Mapping[str, Any]) -> None:
    id, canonical = scalar(found.get("entity_id")), scalar(found.get("canonical_id"))
    survey.ids.add(id)
    survey.datasets.update(datasets_of(found))
    schema, name = stated(found)
    if schema and name and scalar(found.get("value")) and not is_candidate(found):
        survey.take(id, schema)
        survey.number(id, name, [scalar(found.get("value"))])
    parts = survey.profiles if schema == "UserAccount" else survey.edges
    if schema in ftm_model.EDGES or schema in ("Sanction", "UserAccount"):
        held = parts.setdefault(id, {}).setdefault(name, [])
        if (text := scalar(found.get("value"))) and text not in held:
            held.append(text)
    if name == "addressEntity":
        survey.addressed(schema, [scalar(found.get("value"))])
    if canonical and canonical != id:
        if id in survey.people:
            survey.people.add(canonical)
        on = scalar(found.get("first_seen"))[:10]
        known = survey.judged.get((canonical, id), on)
        survey.judged[(canonical, id)] = min(filter(None, (known, on)), default="")


def _known(survey: Survey) -> Terms:
    """Return what the datasets of a file say of who publishes it."""
    if survey.datasets & _OF_OPENSANCTIONS:
        return _OPENSANCTIONS
    return Terms(publisher=next(iter(survey.datasets)) if len(survey.datasets) == 1 else "")
