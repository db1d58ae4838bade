"""What may leave the record together: the licences and markings of what it was loaded from."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Final

from pyoxigraph import NamedNode

from loaders.markings import NAMES, STRICTEST, UNREAD, WORDS
from onrecord.errors import NotAllowed, in_short
from onrecord.runs import LoaderRun

_SHOWN: Final = 3
_NAMES: Final = {node: name for node, name in NAMES.items() if name != UNREAD}
# the markings that may leave, from the one that everybody may have to the strictest
LIMITS: Final = tuple(reversed(_NAMES.values()))
_UNREAD: Final = (
    "marked in a form that is not read here (load it with --tlp to say how far it may go)"
)


class Kind(Enum):
    """What a licence asks of a work in which its own is mixed with others."""

    FREE = "may be mixed with anything"
    SHARE_ALIKE = "asks that the whole be under the same licence"
    NON_COMMERCIAL = "forbids use in commerce"
    NO_DERIVATIVES = "forbids to be mixed with anything"
    CLOSED = "forbids that it be passed on"
    UNKNOWN = "is not known here"


# the first that fits: the names of SPDX and Creative Commons, in any spelling
_KINDS: Final = (
    (re.compile(r"BY-(NC-)?ND|NO-?DERIV"), Kind.NO_DERIVATIVES),
    (re.compile(r"(^|-)SA(-|$)|SHARE-?ALIKE|ODBL|GPL|^ODC-ODBL"), Kind.SHARE_ALIKE),
    (re.compile(r"(^|-)NC(-|$)|NON-?COMMERCIAL"), Kind.NON_COMMERCIAL),
    (re.compile(r"ALL-RIGHTS|COPYRIGHT|PROPRIETARY|TERMS|NO-REDISTRIB"), Kind.CLOSED),
    (
        re.compile(
            r"^CC0|^CC-?BY(-|$)|^MIT(-|$)|BSD|APACHE|PDDL|^ODC-BY|^OGL|OPEN-GOV|PUBLIC-DOMAIN|^ISC$"
        ),
        Kind.FREE,
    ),
)


# where a licence is free but for something, or is none
_BUT: Final = re.compile(
    r"(^|-)(APART-FROM|BUT|EXCEPT(ED|ING)?|EXCL|EXCLUD(ED|ES|ING)|EXCLUSIVE|MINUS"
    r"|NO(?!-RIGHTS-RESERVED)|NOT|ONLY|OTHER-THAN|UNLESS|WITHOUT)(-|$)"
)

# Creative Commons has a name, a code and an address for each of its licences; since 4.0, one
# for all countries
_OTHERWISE: Final = tuple(
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"^(HTTPS?-)?(WWW-)?CREATIVECOMMONS-ORG-LICENSES-(?=BY-)", "CC-"),
        (r"^CREATIVE-COMMONS-ATTRIBUTION", "CC-BY"),
        (r"^(CC-BY.*)-NON-?COMMERCIAL", r"\1-NC"),
        (r"^(CC-BY.*)-SHARE-?ALIKE", r"\1-SA"),
        (r"^(CC-BY.*)-NO-?DERIV(ATIVE)?S", r"\1-ND"),
        (r"^(CC-BY[A-Z-]*-4-0)(-INTERNATIONAL|-DEED)(-LICEN[CS]E)?$", r"\1"),
    )
)


def kind_of(licence: str) -> Kind:
    """Return what is known of a licence by its name.

    >>> kind_of("CC BY-SA 4.0").name
    'SHARE_ALIKE'
    >>> kind_of("CC0 except images").name
    'UNKNOWN'
    """
    name = _spelled(licence)
    kind = next((kind for pattern, kind in _KINDS if pattern.search(name)), Kind.UNKNOWN)
    return Kind.UNKNOWN if kind is Kind.FREE and _BUT.search(name) else kind


def _spelled(licence: str) -> str:
    """Return a licence's name as it is, however it is spelled."""
    name = re.sub(r"©|\(C\)", "COPYRIGHT ", licence.upper())
    name = re.sub(r"[^A-Z0-9]+", "-", name).strip("-")
    for pattern, spelling in _OTHERWISE:
        name = pattern.sub(spelling, name)
    return name


def refuse_forbidden(
    runs: Iterable[LoaderRun], limit: str, *, whatever_licences_say: bool
) -> None:
    """Raise NotAllowed where licences forbid that runs leave together, or a marking is beyond.

    `limit` is the marking that may go the least far of those that leave; what has none is free,
    and what has one that is not read goes no further than the strictest of them.
    """
    found = list(runs)
    reasons = [] if whatever_licences_say else list(_forbidden(found))
    how = "; with --whatever-licences-say it leaves all the same" if reasons else ""
    reasons += [
        f"{source} is {name}, and --tlp {limit} is what may leave"
        for source, name in marked(found, limit)
    ]
    if reasons:
        raise NotAllowed(in_short(reasons, _SHOWN) + how)


def unknown(runs: Iterable[LoaderRun]) -> list[str]:
    """Return the sources of which nobody told a licence that is known here."""
    return sorted({run.source for run in runs if kind_of(run.licence) is Kind.UNKNOWN})


def unread(runs: Iterable[LoaderRun]) -> list[tuple[str, str]]:
    """Return the sources with a licence that was told and is not known here, each with it."""
    told = {(run.source, run.licence) for run in runs if run.licence}
    return sorted(one for one in told if kind_of(one[1]) is Kind.UNKNOWN)


def _forbidden(runs: Sequence[LoaderRun]) -> Iterator[str]:
    sources = {run.source for run in runs}
    for run in sorted(runs, key=lambda run: run.source):
        kind = kind_of(run.licence)
        if kind is Kind.CLOSED or (kind is Kind.NO_DERIVATIVES and len(sources) > 1):
            yield f"{run.source}: {run.licence} {kind.value}"
    alike = {run.licence: run for run in runs if kind_of(run.licence) is Kind.SHARE_ALIKE}
    others = {run.licence: run for run in runs if kind_of(run.licence) is Kind.NON_COMMERCIAL}
    for licence, run in sorted(alike.items()):
        for other, its in sorted((alike | others).items()):
            is_other = _spelled(other) != _spelled(licence)
            if is_other and (other in others or other > licence):
                yield (
                    f"{run.source}: {licence} {Kind.SHARE_ALIKE.value}, "
                    f"and {its.source} is under {other}"
                )


def marked(runs: Iterable[LoaderRun], limit: str = LIMITS[0]) -> list[tuple[str, str]]:
    """Return the sources that are marked beyond a limit, each with its marking in words."""
    found = sorted(runs, key=lambda run: run.source)
    marks = counting(found)
    names = ((run.source, _NAMES.get(one, _UNREAD)) for run in found for one in marks[run.iri])
    return list(dict.fromkeys(one for one in names if _rank(one[1]) > LIMITS.index(limit)))


def counting(runs: Iterable[LoaderRun]) -> dict[NamedNode, tuple[NamedNode, ...]]:
    """Return the markings that count for each run: of all of them that read the same bytes.

    What somebody told of a marking that is not read stands beside it, and in its place. What
    was told with a run that is withdrawn counts where nothing else reads these bytes: a word of
    the file's own is with every run over it.
    """
    alike: dict[tuple[str, ...], list[LoaderRun]] = defaultdict(list)
    for run in runs:
        alike[run.documents or (run.iri.value,)].append(run)
    found: dict[NamedNode, tuple[NamedNode, ...]] = {}
    for group in alike.values():
        marks = _counting(group)
        found.update((run.iri, marks) for run in group)
    return found


def _counting(runs: Sequence[LoaderRun]) -> tuple[NamedNode, ...]:
    words, told, is_unread = set[NamedNode](), set[NamedNode](), False
    for run in [one for one in runs if not one.is_withdrawn] or runs:
        own = {one for one in run.markings if one in _NAMES}
        if len(own) == len(run.markings):
            words |= own
        else:
            is_unread = True
            told |= set() if run.is_withdrawn else own
    unread = {WORDS[UNREAD]} if is_unread and not told else set[NamedNode]()
    return tuple(sorted(words | told | unread, key=str))


def _rank(name: str) -> int:
    return LIMITS.index(STRICTEST if name == _UNREAD else name)
