"""Attributions of foreign interference, as the tracker FIAT of DFRLab has them.

A row is one attribution: the source speaks through the coder, and all else is the coder's own:
where the disinformant is from, whom the case was aimed at, with what methods and on which
platforms, how much was written about it, and the answers to eighteen questions.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.amounts_in_words import PLATFORMS
from loaders.attributions_fiat_counts import engaged, removed
from loaders.countries import countries
from loaders.day_or_month import moments
from loaders.details import asserted_at, citing
from loaders.form_row import Form
from loaders.given import Terms
from loaders.names_in_cells import why_no_coded
from loaders.no_names import names_nobody
from loaders.records import Attestation, Details, Record
from loaders.scores import Criterion, Score
from onrecord.errors import BadInput
from ontology import term

FIAT: Final = Terms(publisher="DFRLab")
_CATALOGUE: Final = "FIAT"
_CASE: Final = re.compile(r"(?P<from>.*?)\s*>{2,3}\s*(?P<to>.+?)(?:\s+\d{4})?")
# but for what stands behind the name of a company or of a son
_APART: Final = re.compile(
    r"(?<!\s)\s*(?:;|,(?!\s*(?i:Co|Corp|GmbH|Inc|LLC|Limited|Ltd|PLC|S\.A|Jr|Sr)\b))\s*(?:and\s+)?"
)
_OFFICIALS: Final = re.compile(r"[^,]*\bofficials?", re.IGNORECASE)
# who acts without being named: the same words in another row are about others
_NOBODY: Final = frozenset(
    {"apt", "foreign actors", "foreign countries", "individuals", "unknown hackers"}
)
_SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "credibility": ("financial_incentive", "financial_transparency", "endorse_political",
                    "campaign_affiliation", "published_mis_disinfo"),
    "objectivity": ("language", "convey_content", "factual_argument"),
    "evidence": ("clarity", "context", "identified_responsibility", "strategic_rationale",
                 "privileged_evidence"),
    "transparency": ("open_access", "methodology", "open_source", "acknowledge_limitations",
                     "corroboration"),
}  # fmt: skip
QUESTIONS: Final = tuple(name for names in _SECTIONS.values() for name in names)
# sums that the coder gives beside the answers: section, and how many points there are
_SUMS: Final = {
    **{f"attribution_{name}_score": (name, len(of)) for name, of in _SECTIONS.items()},
    "credibility_score": ("credibility and objectivity", 8),
    "attribution_total_score": ("all questions", len(QUESTIONS)),
}
_OF_SOURCE: Final = (
    "source_subcategory", "source_nation", "source_category", "source_for_display",
)  # fmt: skip
_OF_CASE: Final = (
    "short_title", "short_description", "open_web", "other", "tags",
)  # fmt: skip
_REFUSED: Final = {
    **dict.fromkeys(
        ("source_for_query", "disinformant_for_query", "disinformant_nation_for_query",
         "add_query_terms"),
        "is a term by which the coder searched, and says nothing of the case",
    ),
    **dict.fromkeys(("image_url", "image_credit"), "is a picture to illustrate the case"),
}  # fmt: skip


def key_of_fiat(cells: Mapping[str, str]) -> str:
    """Return the key of a row."""
    return cells.get("case_hash", "").strip()


def of_fiat(form: Form) -> Iterator[Record]:
    """Yield what one row says."""
    key, title = form.need("case_hash"), form.need("case_id")
    case = form.telling.mint.named("campaign", key, _CATALOGUE)
    form.mention(case, "Campaign", title)
    form.add(case, "dcterms:identifier", Literal(key))
    page = form.cited("attribution_url")
    entered = _moment(form, "timestamp")
    form.telling.about = ((term("recordCreated"), entered),) if entered else ()
    form.spoken = (*asserted_at(_moment(form, "attribution_date")), *citing(page))
    source = _source(form, key)
    form.chain = (source,)
    made = _attributed(form, case, key)
    _aimed(form, case, title)
    _described(form, case, source)
    for address in (page, form.cited("archived_attribution_url")):
        if address:
            form.add(case, "documentedAt", address)
    for column, predicate in (("start_date", "firstSeen"), ("end_date", "lastSeen")):
        if when := _moment(form, column):
            form.add(case, predicate, when)
    _scored(form, made)
    engaged(form, case)
    removed(form, case, key, _moment)
    yield from form.told()


def _source(form: Form, key: str) -> NamedNode:
    """Return who attributes; several that are named together speak as one.

    Officials without a name are no one but those of the case.
    """
    cell = form.need("source")
    names = list(dict.fromkeys(filter(None, _APART.split(cell))))
    if all(map(_is_unnamed, names)):
        return _unnamed(form, cell, key)
    told = [name for name in names if not _is_unnamed(name)]
    for reason in filter(None, map(why_no_coded, told)):
        raise form.row.fault("source", cell, reason)
    if len(names) == 1 and form.take("source_category") == "Influential Individual":
        person = form.telling.mint.named("person", cell, _CATALOGUE)
        return form.mention(person, "foaf:Person", cell)
    parties = [
        _unnamed(form, name, key) if _is_unnamed(name) else form.party(name, key)
        for name in names
    ]
    if len(parties) < 2:
        return parties[0]
    return form.telling.joint_speaker(cell, _CATALOGUE, parties)


def _is_unnamed(name: str) -> bool:
    return names_nobody(name) or bool(_OFFICIALS.fullmatch(name))


def _unnamed(form: Form, words: str, key: str) -> NamedNode:
    node = form.telling.mint.named("speaker", words, _CATALOGUE, key)
    return form.mention(node, "UnnamedSpeaker", words)


def _attributed(form: Form, case: NamedNode, key: str) -> list[Attestation]:
    """Say whom the source names, in the weakest word: FIAT tells directness and not how."""
    how = form.take("disinformant_attribution")
    about: Details = ((term("relationType"), Literal(how)),) if how else ()
    made: list[Attestation] = []
    names = form.named("disinformant", _parts(form, "disinformant"), why_no_coded)
    if not names:  # to come from a country is less than to act for it
        return [form.quote(case, "originatedIn", place, about) for place in _nations(form)]
    for place in _nations(form):
        form.add(case, "originatedIn", place)
    for name in names:
        if name.casefold() in _NOBODY:
            whom = form.telling.mint.named("group", name, _CATALOGUE, key)
            form.mention(whom, "UnnamedGroup", name)
        else:
            whom = form.party(name, key)
        made.append(form.quote(case, "linkedTo", whom, about))
    return made


def _parts(form: Form, column: str) -> list[str]:
    """Return what is listed in a cell."""
    return [*filter(None, _APART.split(form.take(column)))]


def _nations(form: Form) -> list[NamedNode]:
    """Return where the coder puts the disinformant."""
    cell = form.take("disinformant_nation")
    names = [] if cell.casefold() == "unspecified" else _APART.split(cell)
    found = [place for name in names for place in form.places("disinformant_nation", name)]
    return list(dict.fromkeys(found))


def _aimed(form: Form, case: NamedNode, title: str) -> None:
    """Say whom the title of the case has as its target."""
    found = _CASE.fullmatch(title)
    if not found:
        form.refuse("case_id", title, "is no pair such as ONE >> OTHER 2020")
        return
    for name in filter(None, _APART.split(found["to"])):
        if countries(name):
            for place in form.places("case_id", name):
                form.add(case, "targeted", place)
        else:
            form.refuse("case_id", name, "is a target that names no country")


def _described(form: Form, case: NamedNode, source: NamedNode) -> None:
    """Say in which of the coder's words case and source are described."""
    for column in _OF_SOURCE:
        if cell := form.take(column):
            _in_words(form, source, column, cell)
    for column in _OF_CASE:
        if cell := form.take(column):
            if cell in ("TRUE", "FALSE"):
                form.refuse(column, cell, "is a truth value, and nobody says of what")
            else:
                _in_words(form, case, column, cell)
    for column in ("social_media", "messaging_platforms"):
        for name in form.named(column, _parts(form, column)):
            if known := PLATFORMS.get(name.casefold()) or _OTHERS.get(name.casefold()):
                form.add(case, "onPlatform", term(known))
            else:
                _in_words(form, case, column, name)
    for name in form.named("methods", _parts(form, "methods")):
        method = form.telling.mint.named("technique", name.casefold(), _CATALOGUE)
        form.add(case, "uses", form.mention(method, "Technique", name))
    for column, reason in _REFUSED.items():
        if cell := form.take(column):
            form.refuse(column, cell, reason)


_OTHERS: Final = {"gab": "gab", "parler": "parler", "quora": "quora"}


def _in_words(form: Form, subject: NamedNode, column: str, cell: str) -> None:
    form.add(subject, "describedAs", Literal(cell), ((term("inField"), Literal(column)),))


def _scored(form: Form, made: list[Attestation]) -> None:
    """Say how the coder answered each question about the attribution, and the sums as given."""
    asked = {
        f"attribution_{name}": (Criterion(name.replace("_", " "), _CATALOGUE, section), 1)
        for section, names in _SECTIONS.items()
        for name in names
    }
    sums = {
        column: (Criterion(name, _CATALOGUE), best) for column, (name, best) in _SUMS.items()
    }
    for column, (criterion, best) in (asked | sums).items():
        cell = form.take(column)
        score = Score(int(cell), best) if re.fullmatch(r"\d{1,3}", cell, re.ASCII) else None
        if cell and (score is None or not score.is_on_its_scale):
            form.refuse(column, cell, f"is no whole number from 0 to {best}")
        elif cell and not made:
            form.refuse(column, cell, "is a score of an attribution that names nobody")
        elif score:
            for one in made:
                criterion.tell(form, one, score)


def _moment(form: Form, column: str) -> Literal | None:
    """Return a time as spreadsheets have it: month/day/year."""
    if not (cell := form.take(column)):
        return None
    try:
        return moments(form.row.file)(cell).literal
    except BadInput as error:
        form.refuse(column, cell, str(error))
        return None
