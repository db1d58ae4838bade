"""Reviews of claims: what fact checkers say of what somebody is said to have claimed.

Source   JSON-LD of schema.org ClaimReview: one, an array, a `@graph`, a DataFeed such as that
         of Data Commons, JSON lines of any of these, pages with them in scripts
Licence  as whoever publishes the file has it; CC BY 4.0 for the feed of Data Commons
Yields   rec:WordedStatement for each claim, by its words; each reviewer's rating as worded, and
         a stance on its accuracy where the scale says so; who claimed it; where it appeared

Reviews that disagree stay apart: they are stances on one claim. A page on which a claim
appeared did not thereby make it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from loaders.accounting import Making, account
from loaders.claimreview_reviews import Review, tell, types_of
from loaders.envelopes import unfold
from loaders.given import Given, Terms
from loaders.json_parts import list_in, members_of, object_in, parts, spelled, whole
from loaders.members import Member, lines
from loaders.records import Quarantined, Record, Skipped
from loaders.repeated import once
from loaders.source import File, source
from loaders.telling import scalar
from loaders.voice import Voice
from onrecord.errors import BadInput

__all__ = ["NAME", "load", "recognise", "source"]

NAME: Final = "claimreview"
_DEEPEST: Final = 20
_SCRIPT: Final = re.compile(r"<script\b([^<>]*)>", re.IGNORECASE)
_END_OF_SCRIPT: Final = re.compile("</script", re.IGNORECASE)
# what hides a script from readers of HTML or of XML may stand around its JSON
_HIDES: Final = re.compile(r"\s*(?:(?:(?://|/\*)\s*)?<!\[CDATA\[\s*(?:\*/)?|<!--)?\s*")
_SHOWS: Final = ("*/", "]]>", "-->", "/*", "//")  # from the end on
# as JSON has it: in other forms of RDF, the type of a review stands without quotes
_QUOTED: Final = re.compile(r'"(?:schema:|https?://schema\.org/)?ClaimReview"')
_NO_REVIEW: Final = "is no review of a claim"
_DELETED: Final = "was taken out of the feed, as dateDeleted says"
_HOLDERS: Final = ("@graph", "dataFeedElement", "itemListElement", "item")
# where a page or an article has the reviews that it is made of
_WITHIN: Final = ("about", "hasPart", "mainEntity", "review", "subjectOf")
# what a page says of itself beside its reviews, which point to it by its id
_BESIDE: Final = frozenset(
    {"Article", "BreadcrumbList", "ImageObject", "NewsArticle", "NewsMediaOrganization",
     "Organization", "Person", "WebPage", "WebSite"}
)  # fmt: skip

_Read = Member | Quarantined | Skipped
_Found = Review | Quarantined | Skipped


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    if _QUOTED.search(head) and ("claimReviewed" in head or "itemReviewed" in head):
        return "has a ClaimReview of schema.org"
    if '"dataFeedElement"' in head and _QUOTED.search(head):
        return "is a feed of ClaimReview of schema.org"
    if '"claimReviewed"' in head and '"reviewRating"' in head:
        return "has claimReviewed and reviewRating of schema.org"
    return ""


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of one file."""
    file = File.at(path, given)
    found, around = _reviews(file)
    voice, terms = Voice.of(file, given, _known(found, around))
    yield from voice.opening(terms)
    yield from account(path.name, _rows(voice, found), Making.told, voice)


def _reviews(file: File) -> tuple[list[_Found], Mapping[str, Any]]:
    """Return the reviews, wherever in the file they are, and the fields of what holds them."""
    top = whole(file)
    if top is not None and not isinstance(top.value, list):
        return list(_opened(top, {})), object_in(top.value)
    if top is None:
        members, around, ids = _broken(file)
    else:
        members, around = unfold(file).members, {}
        ids = _ids_in(members)
    return [one for each in members for one in _opened(each, ids)], around


def _ids_in(members: Iterable[_Read]) -> dict[str, Any]:
    """Return by their ids the objects of a page or an array that say more than that."""
    values = (one.value for one in members if isinstance(one, Member))
    nodes = (object_in(node) for value in values for node in list_in(value))
    return _ids([node for node in nodes if node.keys() - {"@id", "@type"}])


def _broken(file: File) -> tuple[Sequence[_Read], Mapping[str, Any], Mapping[str, Any]]:
    """Return what is there of a file that is no JSON as a whole: lines, or parts of a page.

    With it come the fields of what holds it, and by its id what it may point to.
    """
    for array in (*_HOLDERS, ""):
        try:
            found = unfold(file, array)
        except BadInput:
            continue
        return found.members, found.fields, {}
    scripts = list(_scripts(file))
    rows: Sequence[_Read] = scripts or list(lines(file))
    if not any(isinstance(row, Member) and isinstance(row.value, dict | list) for row in rows):
        raise BadInput(f"{file.path}: no JSON with reviews, as a whole or line by line")
    # of several pages, ids that are no whole addresses are their own
    return rows, {}, {id: node for id, node in _ids_in(scripts).items() if "://" in id}


def _scripts(file: File) -> Iterator[Member | Quarantined]:
    """Yield the JSON-LD in the scripts of a page, or of several; the last may break off."""
    text, at, line, counted = file.content(), 0, 1, 0
    while found := _SCRIPT.search(text, at):
        closed = _END_OF_SCRIPT.search(text, found.end())
        at = closed.start() if closed else len(text)
        if "application/ld+json" in found[1].casefold():
            start, end = _json_in(text, found.end(), at)
            line, counted = line + text.count("\n", counted, start), start
            yield spelled(file, text, line, start, end)


def _json_in(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the JSON of a script begins and ends."""
    if hidden := _HIDES.match(text, start, end):
        start = hidden.end()
    rest = text[start:end].rstrip()
    for ending in _SHOWS:
        rest = rest.removesuffix(ending).rstrip()
    return start, start + len(rest)


def _opened(found: _Read, ids: Mapping[str, Any], levels: int = _DEEPEST) -> Iterator[_Found]:
    """Yield the reviews in a value, however deep in feeds, lists and graphs."""
    if isinstance(found, Quarantined | Skipped):
        yield found
        return
    value = found.value
    if isinstance(value, list) and levels:
        for one in members_of(found):
            yield from _opened(one, ids, levels - 1)
        return
    holders = _holders(object_in(value))
    if holders and scalar(value.get("dateDeleted")):
        yield found.refused(_DELETED)
        return
    if _is_review(value) or not holders or not levels:
        yield Review(found, ids)
        return
    known = {**ids, **_ids(list_in(value.get("@graph")))}
    is_empty = True
    for _, part in parts(found, *holders):
        is_empty = is_empty and part.value in (None, [], {})
        if part.value not in (None, [], {}):
            yield from _opened(part, known, levels - 1)
    if is_empty:
        yield Skipped(found.file.path.name, f"line {found.line}")


def _holders(value: Mapping[str, Any]) -> list[str]:
    """Return the keys under which an object has others, or as a page has reviews in it."""
    within = (key for key in _WITHIN if any(map(_is_review, list_in(value.get(key)))))
    if "BreadcrumbList" in types_of(value):  # whose items are the way to the page
        return [*within]
    return [*(key for key in _HOLDERS if key in value), *within]


def _ids(nodes: list[Any]) -> dict[str, Any]:
    found = ((scalar(object_in(node).get("@id")), node) for node in nodes)
    return {id: node for id, node in found if id}


def _is_review(value: Any) -> bool:
    found = object_in(value)
    types = set(types_of(found))
    return "ClaimReview" in types or (not types and "claimReviewed" in found)


def _known(found: list[_Found], around: Mapping[str, Any]) -> Terms:
    """Return who publishes the reviews: the feed, or who made data of them, or published or
    wrote them all. A person who wrote them is no publisher.
    """
    for key in ("publisher", "sdPublisher", "provider", "author"):
        if not _is_review(around) and (name := _name(around.get(key))):
            return Terms(publisher=name)
    reviews = [one for one in found if isinstance(one, Review) and _is_review(one.member.value)]
    for told in ({one.feeder for one in reviews}, {one.publisher for one in reviews}):
        if len(told) == 1 and (name := told.pop()):
            return Terms(publisher=name)
    authors = {party for one in reviews for party in one.reviewers}
    names = {"" if party.is_person else party.name for party in authors}
    return Terms(publisher=names.pop() if len(names) == 1 else "")


def _name(value: Any) -> str:
    return scalar(object_in(value).get("name")) or scalar(value)


def _read_with(found: list[_Found]) -> set[str]:
    """Return the ids of what reviews point to in their graph, which is read with them."""
    known: set[str] = set()
    left = [(one.member.value, one.ids) for one in found if isinstance(one, Review) and one.ids]
    left = [(value, ids) for value, ids in left if _is_review(value)]
    while left:
        value, ids = left.pop()
        if isinstance(value, list):
            left += [(one, ids) for one in value]
        elif isinstance(value, dict):
            left += [(one, ids) for one in value.values()]
            id = scalar(value.get("@id")) if value.keys() == {"@id"} else ""
            if id in ids and id not in known:
                known.add(id)
                left.append((ids[id], ids))
    return known


def _rows(voice: Voice, found: list[_Found]) -> Iterator[Making | Quarantined | Skipped]:
    read = _read_with(found)
    for one in found:
        if isinstance(one, Quarantined | Skipped):
            yield one
        elif isinstance(twice := once(one.member), Quarantined):
            yield twice
        elif _is_review(one.member.value):
            yield Making(one.member.text, partial(tell, voice, one))
        elif _is_beside(one, read):
            yield Skipped(one.member.file.path.name, f"line {one.member.line}")
        else:
            yield Making(one.member.text, partial(_strange, one.member))


def _is_beside(found: Review, read: set[str]) -> bool:
    """Return whether an object is what reviews point to, or what a page says of itself.

    What has a claim that was reviewed is a review, whatever type it is given.
    """
    value = object_in(found.member.value)
    is_of_page = bool(found.ids) and not _BESIDE.isdisjoint(types_of(value))
    return scalar(value.get("@id")) in read or (is_of_page and "claimReviewed" not in value)


def _strange(member: Member) -> list[Record]:
    raise member.fault("", "@type", member.value, _NO_REVIEW)
