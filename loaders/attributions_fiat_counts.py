"""The numbers of FIAT: what was written about a case, and what a platform took down."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders.cells import count
from loaders.details import asserted_at, citing
from loaders.form_row import Form
from loaders.records import Details
from onrecord.errors import BadInput
from ontology import term

_CATALOGUE: Final = "FIAT"
_ENGAGEMENT: Final = re.compile(
    r"(?:(?P<platform>facebook|twitter|reddit)_engagement|total_engagement"
    r"|allsides_engage?me?nts?_[a-z]+(?:_(?P<on>facebook|twitter|reddit))?)"
)
_ARTICLES: Final = re.compile(r"article_count|allsides_count_[a-z]+")
_KINDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "fb_pages_total": ("removedCount", "page", "facebook"),
    "fb_accounts_total": ("removedCount", "account", "facebook"),
    "fb_groups_total": ("removedCount", "group", "facebook"),
    "events_total": ("removedCount", "eventPage", "facebook"),
    "ig_accounts_total": ("removedCount", "instagramAccount", "instagram"),
    "fb_pages_followers_total": ("followerCount", "page", "facebook"),
    "fb_groups_followers_total": ("followerCount", "group", "facebook"),
    "ig_followers_total": ("followerCount", "instagramAccount", "instagram"),
}
_SPENT: Final = "budget_usd_total"
_BESIDE: Final = ("entry_date", "announced_date", "url", "cases")
_ZERO: Final = "is zero, which may mean none as well as that nothing was told"


def engaged(form: Form, case: NamedNode) -> None:
    """Say how much the coder found written about a case, and how often people reacted to it."""
    for column in form.row.cells:
        found = _ENGAGEMENT.fullmatch(column)
        if not found and not _ARTICLES.fullmatch(column):
            continue
        number = _count(form, column)
        if number is None:
            continue
        about: Details = ((term("inField"), Literal(column)),)
        if found and (platform := found["platform"] or found["on"]):
            about += ((term("platform"), term(platform)),)
        form.add(case, "engagementCount" if found else "articleCount", number, about)


def removed(
    form: Form, case: NamedNode, key: str, moment: Callable[[Form, str], Literal | None]
) -> None:
    """Say what a platform took down, as the coder read it in its announcement.

    The coder gives each number without a comparator, and so does the claim.
    """
    columns = (*_KINDS, _SPENT, *_BESIDE)
    if not any(form.take(column) for column in columns):
        return
    mint = form.telling.mint
    action = mint.named("event", f"removal {key}", _CATALOGUE)
    assets = mint.named("assets", f"removal {key}", _CATALOGUE)
    form.mention(action, "EnforcementAction", f"removal in case {key}")
    form.mention(assets, "AssetSet", f"assets removed in case {key}")
    page = form.cited("url")
    form.spoken = (*asserted_at(moment(form, "announced_date")), *citing(page))
    form.quote(action, "removed", assets)
    form.add(assets, "dcterms:isPartOf", case)
    if page:
        form.add(action, "announcedIn", page)
    for column in ("entry_date", "cases"):
        if cell := form.take(column):
            about = ((term("inField"), Literal(column)),)
            form.add(action, "describedAs", Literal(cell), about)
    for column, (predicate, kind, platform) in _KINDS.items():
        if number := _told(form, column):
            counted = {"assetKind": kind, "platform": platform}
            kinds = tuple((term(key), term(name)) for key, name in counted.items())
            subject = action if predicate == "removedCount" else assets
            form.quote(subject, predicate, number, kinds)
    if number := _told(form, _SPENT):
        money = Literal(number.value, datatype=term("xsd:decimal"))
        form.quote(assets, "adSpend", money, ((term("currency"), Literal("USD")),))


def _told(form: Form, column: str) -> Literal | None:
    number = _count(form, column)
    if number is not None and number.value == "0":
        form.refuse(column, form.take(column), _ZERO)
        return None
    return number


def _count(form: Form, column: str) -> Literal | None:
    if not (cell := form.take(column)):
        return None
    try:
        return count(cell)
    except BadInput as error:
        form.refuse(column, cell, str(error))
        return None
