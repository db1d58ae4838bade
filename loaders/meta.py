"""Meta's threat research: tactics and indicators of networks, indicator lists, summaries.

Source   files of the repository facebook/threat-research: TTP tables, older indicator tables,
         the table of the Online Operations Kill Chain (`.csv`, `.tsv`), summaries (`.md`)
Licence  MIT
Yields   rec:Network with its techniques, assets, counts, ad spend, origin and target

A cell or sentence that no pattern reads is quarantined in its own words, never guessed. What
comes defanged stands in the record as it is.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import assets, indicators
from loaders.accounting import account
from loaders.amounts_in_words import PLATFORMS, Amount, amounts, of_platform, on_facebook
from loaders.details import asserted_at
from loaders.given import Given, Terms
from loaders.indicators import Indicator
from loaders.json_rows import json_rows
from loaders.meta_carried import STEPS, Carried
from loaders.meta_networks import AMOUNT_OF, Network, in_words, is_own, techniques
from loaders.meta_pieces import is_summary
from loaders.meta_summaries import summary
from loaders.records import Attestation, Claim, Details, Entry, Record
from loaders.source import File, source
from loaders.streams import by_content, delimiter, head_of, parted, rows
from loaders.table import Row
from loaders.values import moment
from loaders.voice import Voice
from onrecord.errors import BadInput
from ontology import term
from ontology.identity import Mint, Qualifier

__all__ = ["NAME", "load", "recognise", "source"]

NAME: Final = "meta"
_KNOWN: Final = Terms(publisher="Meta", licence="MIT")
_TTP: Final = {"tactic", "technique", "procedure"}
_LIST: Final = {"indicator_type", "indicator_value"}
_COMMENTS: Final = re.compile(r"(?:comm?er?n?t|note|remark)(?:s| ?\(s\))?")
_SEVERAL: Final = re.compile(r"^(tactic|technique|procedure|indicator) ?(?:s|\(s\))$")
_REMARKED: Final = re.compile(r"(\S+)\s*[(\[][^\d.][^()\[\]]*[)\]]")
# `$xx in spending`, which somebody meant to fill in
_PLACEHOLDER: Final = re.compile(
    r"[$€£]\s?x{2,}\b|\b(?:x{2,}|\[?tb[acd]\]?)\s+(?:accounts|pages|groups)\b|^(?:x{2,}|tb[acd])$",
    re.IGNORECASE,
)
_NOTHING: Final = re.compile(
    r"(?:none|nothing|n/?a|[-–—])\.?|no\s+(?:\w+\s+){0,2}?(?:accounts?|pages?|groups?|ads?"
    r"|ad\s+spend|spending|followers|members|domains?|websites?|indicators?|IOCs?)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_OF_DOMAINS: Final = re.compile(r"\bacquiring\s+(?:[\w-]+\s+){0,3}?domains\b", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"(?:[\s,;.&/]|\band\b)*")
_APART: Final = re.compile(r"[\s,;|]+")


def recognise(name: str, head: str) -> str:
    """Return why a file is of this format, or nothing."""
    is_array = head.lstrip("\ufeff \t\r\n").startswith("[")
    if is_array and all(f'"{name}"' in head for name in _LIST):
        return "has the fields indicator_type and indicator_value of Meta's lists"
    columns = set(_columns(parted(head, delimiter(head))))
    if columns >= _TTP:
        return "has the columns tactic, technique and procedure of Meta's tables"
    if columns >= _LIST:
        return "has the columns indicator_type and indicator_value of Meta's lists"
    if name.lower().endswith(".md") and is_summary(head):
        return "has the headings of Meta's summaries of networks"
    return ""


def load(path: Path, given: Given) -> Iterator[Record]:
    """Yield the records of one file."""
    file = File.at(path, given)
    voice, terms = Voice.of(file, given, _KNOWN)
    if path.suffix.lower() == ".md":
        yield from voice.opening(terms)
        yield from summary(voice)
        return
    network = Network.of(voice, given.dataset or path.name)
    carried = Carried()
    if path.suffix.lower() == ".json":
        columns, found = _LIST, json_rows(file, _columns)
    else:
        head = head_of(file)
        sign = delimiter(head)
        names = _columns(parted(head, sign))
        columns, carried = set(names), Carried(sign, tuple(names[:3]) == STEPS)
        found = carried.watched(rows(file, by_content, delimiter=sign, header=_columns))
    tell = _teller(voice, network, columns, carried)
    yield from voice.opening(terms)
    if columns & {"indicator", "indicator_value"}:
        yield from network.opening(file.whole(given.mint))
    yield from carried.whole(account(path.name, found, tell, voice))


def _teller(
    voice: Voice, network: Network, columns: set[str], carried: Carried
) -> Callable[[Row], Iterator[Record]]:
    """Return what reads the rows of a table with some columns."""
    if columns >= _LIST:
        return partial(_listed, voice, network)
    if columns >= _TTP and "indicator" in columns:
        return partial(_ttp, voice, network, carried)
    if columns >= _TTP:
        return partial(_catalogued, voice)
    name = voice.file.path
    raise BadInput(f"{name}: no table of Meta's: it has the columns {sorted(columns)}")


def _columns(names: list[str]) -> list[str]:
    """Return column names without what differs from file to file."""
    found = [re.sub(r"\s+", " ", name.strip(' "\r\n\ufeff')).casefold() for name in names]
    return [
        "comments" if _COMMENTS.fullmatch(name) else _SEVERAL.sub(r"\1", name) for name in found
    ]


def _ttp(voice: Voice, network: Network, carried: Carried, row: Row) -> Iterator[Record]:
    """Yield what one row says: assets, counts, or in its own words how something was done."""
    mint = voice.given.mint
    place = row.entry(mint)
    steps = carried.steps(row)
    cell, comment = row.raw("indicator").strip(), row.take("comments")
    if not any(steps):
        raise row.fault("tactic", cell, "has neither tactic nor technique, nor any above it")
    if _PLACEHOLDER.search(cell):
        raise row.fault("indicator", cell, "has a placeholder where a value belongs")
    if _NOTHING.fullmatch(cell) and not amounts(cell):
        raise row.fault("indicator", cell, "says what there was not")
    yield from techniques(voice, steps, place.passage)
    way = network.technique(steps)
    notes = ((term("note"), Literal(comment)),) if comment else ()
    platform = _platform(" ".join(steps))
    found = [_listed_as(one, steps, mint) for one in _assets(cell, mint, platform)]
    own = [one for one in found if is_own(steps, one.kind)]
    counts = [] if found else list(_amounts(network, cell, way, platform, place, notes))
    # what a sentence names need not belong to the network: a registrar, a victim
    named = [one for one in found or indicators.within(cell, mint) if one not in own]
    for one in (*own, *(named if not counts else ())):
        yield from indicators.introduced(voice, one, place.passage)
    words = ((term("wording"), in_words(cell)),) if cell else ()
    remarks = (*words, *notes) if _REMARKED.fullmatch(cell) else notes
    for one in own:
        belongs = Claim(one.node, term("belongsTo"), network.node, ((term("technique"), way),))
        yield voice.says(belongs, place, remarks)
    yield from counts
    if not counts and (named or not own):
        used = Claim(network.node, term("uses"), way, tuple(map(_naming, named)))
        yield voice.says(used, place, (*words, *notes))
    yield from row.unread()


def _naming(one: Indicator) -> Qualifier:
    return term("naming"), one.node


def _assets(cell: str, mint: Mint, platform: NamedNode | None) -> list[Indicator]:
    """Return the assets that a cell lists, one or several; none where it has other words."""
    remarked = _REMARKED.fullmatch(cell)
    whole = indicators.indicator(remarked[1] if remarked else cell, mint, platform)
    if whole:
        return [whole]
    parts = [part for part in _APART.split(cell) if part]
    found = [indicators.indicator(part, mint, platform) for part in parts]
    return [one for one in found if one] if all(found) else []


def _listed_as(one: Indicator, steps: tuple[str, str, str], mint: Mint) -> Indicator:
    """Return the domain of which a list of domains has the address, else what is listed."""
    host = assets.host_of(one.name) if one.kind == "WebAddress" else None
    is_whole = host and one.name.partition("://")[2].rstrip("/") == host
    if not host or not is_whole or not _OF_DOMAINS.search(" ".join(steps)):
        return one
    return indicators.named_host(host, mint) or one


def _amounts(
    network: Network,
    cell: str,
    way: NamedNode,
    platform: NamedNode | None,
    place: Entry,
    notes: Details,
) -> Iterator[Attestation]:
    """Yield the counts of a cell; where no platform is named, the technique may name one."""
    told, details = amounts(cell), ((term("wording"), in_words(cell)), *notes)
    is_count = _is_list_of(cell, told)
    for found in told:
        if found.what == "assets" and not is_count:  # of those that a sentence speaks of
            continue
        is_audience = found.what in ("followers", "members")
        about = [*(on_facebook(found.about) if is_audience else found.about)]
        about.append((term("technique"), way))
        named = any(key == term("platform") for key, _ in about)
        # Instagram has no Pages and Groups
        named |= platform == term("instagram") and on_facebook(found.about) != found.about
        if platform and not named and found.what == "assets":
            about = [*of_platform(about, platform), (term("platform"), platform)]
        claim = Claim(network.node, term(AMOUNT_OF[found.what]), found.value, tuple(about))
        yield network.voice.says(claim, place, details)


def _is_list_of(cell: str, found: list[Amount]) -> bool:
    """Return whether a cell has nothing but amounts."""
    ends = [0, *(end for one in found for end in (one.start, one.end)), len(cell)]
    rest = "".join(cell[first:last] for first, last in zip(ends[::2], ends[1::2], strict=True))
    return _BETWEEN.fullmatch(rest) is not None


def _platform(words: str) -> NamedNode | None:
    """Return the one platform that a technique names."""
    names = {
        PLATFORMS[word] for word in re.findall(r"\w+", words.casefold()) if word in PLATFORMS
    }
    return term(names.pop()) if len(names) == 1 else None


def _listed(voice: Voice, network: Network, row: Row) -> Iterator[Record]:
    """Yield one indicator of an older list."""
    mint = voice.given.mint
    place = row.entry(mint)
    told, cell = row.take("indicator_type"), row.take("indicator_value")
    kind = told.casefold()
    if kind not in _KINDS and not kind.endswith(_URLS):
        raise row.fault("indicator_type", told, "is no kind of indicator that is known")
    found = _KINDS.get(kind, indicators.web)(cell, mint)
    if found is None:
        raise row.fault("indicator_value", cell, f"is no {kind.replace('_', ' ')}")
    yield from indicators.introduced(voice, found, place.passage)
    details: list[Qualifier] = []
    if comment := row.take("comments"):
        details.append((term("note"), Literal(comment)))
    if day := row.take("ds"):
        details += asserted_at(row.doing("ds", day, partial(moment, day)))
    claim = Claim(found.node, term("belongsTo"), network.node)
    yield voice.says(claim, place, tuple(details))
    yield from row.unread()


_URLS: Final = ("url", "uri")
_KINDS: Final[dict[str, Callable[[str, Mint], Indicator | None]]] = {
    "android_package_name": partial(indicators.app, shop="Google Play"),
    "ios_app_id": partial(indicators.app, shop="App Store"),
    "domain": indicators.named_host,
    "domain_name": indicators.named_host,
    "hostname": indicators.named_host,
    "email": indicators.email,
    "email_address": indicators.email,
    "hashtag": indicators.hashtag,
    "ip": indicators.ip_address,
    "ipv4": indicators.ip_address,
    "ipv6": indicators.ip_address,
    "ip_address": indicators.ip_address,
    "md5": indicators.hashed_file,
    "sha1": indicators.hashed_file,
    "sha256": indicators.hashed_file,
}


def _catalogued(voice: Voice, row: Row) -> Iterator[Record]:
    """Yield one procedure of the kill chain, with the technique and tactic that it is of."""
    place = row.entry(voice.given.mint)
    steps = (row.take("tactic"), row.take("technique"), row.take("procedure"))
    if not all(steps):
        raise row.fault("procedure", steps[2], "lacks its tactic, technique or procedure")
    yield from techniques(voice, steps, place.passage)
    named = Claim(Network.step(voice.given.mint, steps[2]), term("notation"), Literal(steps[2]))
    yield voice.says(named, place)
    yield from row.unread()
