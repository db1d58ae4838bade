"""What the rows of the coder's table mean, worked out from their cells and by no loader.

Rows that say too much for one claim, or too nearly what a text says, are told in
`tests/data/seed/own-words.txt`.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from ontology.identity import Mint

MINT: Final = Mint()
_FOLDER: Final = Path(__file__).with_name("data") / "seed"
BY_NAME: Final = {"org", "outlet", "place", "post"}
Row = Mapping[str, str]
# subject, predicate, value, qualifiers; things by path, words and values as they are spelled
Said = tuple[str, str, str, frozenset[str]]

SPEAKERS: Final = {
    "Facebook (alleged admission)": "org/facebook",
    "Nathaniel Gleicher (Facebook)": "person/nathaniel-gleicher",
    "Facebook spokesperson": "speaker/facebook-spokesperson",
    "Twitter spokeswoman": "speaker/twitter-spokeswoman",
    "unnamed ISPR sources": "speaker/ispr-sources",
    "unnamed TV channels": "outlet/tv-channels",
    "unspecified": "speaker/hearsay-of-gulf-today",
    "unspecified accusers": "speaker/accusers",
    "analysts": "speaker/analysts",
    "Reuters": "outlet/reuters",
}
OUTLETS: Final = {"G": "outlet/gulf-today", "T": "outlet/theprint"}
BEHALF: Final = {
    "Nathaniel Gleicher (Facebook)": "org/facebook",
    "Facebook spokesperson": "org/facebook",
    "Twitter spokeswoman": "org/twitter",
    "unnamed ISPR sources": "org/ispr",
}

# our word for a working predicate, where it is another; ~ turns subject and object round
WORDS: Final = {
    "accusedOf": "accusedOf",
    "age": "foaf:age",
    "are": "describedAs",
    "backs": "backs",
    "behind": "~hasBehindIt",
    "belongTo": "belongsTo",
    "calledInsult": "insulted",
    "counter": "counters",
    "creator": "schema:author",
    "dateline": "schema:locationCreated",
    "datePublished": "schema:datePublished",
    "employedBy": "schema:worksFor",
    "employs": "~schema:worksFor",
    "hasAssetKind": "assetKind",
    "highlighted": "highlights",
    "holdsRole": "org:holds",
    "ledBy": "~leads",
    "lionises": "praises",
    "memberOf": "dcterms:isPartOf",
    "occupation": "schema:hasOccupation",
    "organisesMembersOf": "organises",
    "partOf": "org:subOrganizationOf",
    "purpose": "hasPurpose",
    "questions": "questioned",
    "selfDescribesAs": "selfDescribedAs",
    "shared": "sharedContent",
    "supported": "supports",
    "trendRankAt": "trendRank",
    "tweetCountAt": "tweetCount",
    "use": "uses",
    "wasDerivedFrom": "prov:wasDerivedFrom",
}
COUNTS: Final = {
    "closedCount", "followerCount", "removedCount", "trendRank", "tweetCount", "tweetIncrease"
}  # fmt: skip
QUALIFIERS: Final[Mapping[str, list[str]]] = {
    "comparator=exact": ["comparator exact"],
    "comparator=greaterThan": ["comparator moreThan"],
    "comparator=approximately": ["comparator approximately"],
    "kind=all": ["assetKind asset"],
    "kind=page": ["assetKind page"],
    "kind=profile account": ["assetKind profile"],
    "kind=group": ["assetKind group"],
    "kind=instagram account": ["assetKind instagramAccount"],
    "platform=Facebook": ["platform facebook"],
    "platform=Instagram": ["platform instagram"],
    "platform=Twitter": ["platform twitter"],
    "platform=Facebook+Instagram": ["platform facebook", "platform instagram"],
    "scope=pages+accounts+groups": ["scope page", "scope account", "scope group"],
    "via Facebook": ["via facebook"],
    "WhatsApp": ["via whatsapp"],
    "including on Twitter": ["via twitter"],
    "place=Islamabad": ["place place/islamabad"],
    "region=Pakistan": ["region place/pakistan"],
    "opposes=Facebook": ["opposing org/facebook"],
    "purpose=advance political agenda": ["purpose to advance a political agenda"],
    "purpose=push anti-India rhetoric": ["purpose to push rhetoric against India"],
    "cumulative": ["cumulative true"],
    "27 min": ["withinPeriod PT27M"],
    # said of the attestation, not of the claim
    "agent unspecified": [],
    "derived check 1915-1544=371": [],
    'counted as 103 "accounts"': [],
}


def iri(path: str) -> NamedNode:
    """Return the IRI of a thing of the bundled case, by its kind and key."""
    kind, _, key = path.partition("/")
    if path.startswith("#"):
        return MINT.hashtag(path)
    if path.startswith("@"):
        return MINT.account("twitter", handle=path)
    if kind in BY_NAME:
        return MINT.named(kind, key)
    return MINT.named(kind, key, "pakistan-april-2019/things.yaml")


def stance(row: Row) -> str:
    """Return the stance that negation and mode of a row tell."""
    if row["id"] == "G20":  # to raise questions about an act is an act
        return "Assertion"
    by_mode = {"deny": "Denial", "question": "Question", "allege": "Allegation"}
    return "Denial" if row["negated"] == "True" else by_mode.get(row["mode"], "Assertion")


def chain(row: Row) -> list[str]:
    """Return the speakers of a row, innermost first, without the outlet."""
    *links, last = row["chain"].split(" < ")
    assert last.partition("(")[0] == row["doc"]
    return [SPEAKERS.get(link) or _thing(link) for link in links]


def times(row: Row) -> list[str]:
    """Return what the time of a row says of its claim."""
    cell = row["time"]
    if "->" in cell and row["predicate"] == "tweetCountAt":
        day, _, clock = cell.rpartition("-> ")[2].partition("T")
        return [f"atTime {day}T{clock[:5]}:00{clock[5:]}"]
    if cell == "Wednesday 12.16-12.43 pm":
        return ["validFrom 2019-04-03T12:16:00", "validTo 2019-04-03T12:43:00"]
    if cell.startswith("P2M"):
        return ["withinPeriod P2M"]
    if cell.casefold().endswith(("balakot", "balakot escalation")):
        return ["during event/balakot-escalation"]
    return [f"atTime {cell}"] if cell in ("--04-01", "2016") else []


def _thing(label: str) -> str:
    return THINGS.get(label) or (label if label.startswith(("@", "article ")) else "")


def _qualifiers(row: Row, predicate: str) -> frozenset[str]:
    labels = (label.strip() for label in row["qualifiers"].split(";"))
    found = [each for label in labels if label for each in QUALIFIERS[label]]
    if predicate in COUNTS and not any(each.startswith("comparator") for each in found):
        found.append("comparator exact")
    return frozenset((*found, *times(row)))


def cells(row: Row) -> Iterator[Said]:
    """Yield what the cells of a row say, as they stand."""
    word = WORDS.get(row["predicate"], row["predicate"])
    about = _qualifiers(row, word)
    subjects = [row["subject"]] if _thing(row["subject"]) else row["subject"].split("; ")
    objects = [row["object"]] if _thing(row["object"]) else row["object"].split("; ")
    for subject, value in product(subjects, objects):
        first, second = _thing(subject), _thing(value) or value
        yield (
            (second, word[1:], first, about) if word[0] == "~" else (first, word, second, about)
        )


def said(row: Row) -> set[Said]:
    """Return what a row says: as told here in our own words, else as its cells say."""
    return OWN.get(row["id"]) or set(cells(row))


def _lines(name: str) -> Iterator[list[str]]:
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return (line.split(" | ") for line in text.splitlines() if not line.startswith("# "))


def _own_words() -> Mapping[str, set[Said]]:
    told: dict[str, set[Said]] = {}
    for key, subject, word, value, *about in _lines("own-words.txt"):
        told.setdefault(key, set()).add((subject, word, value, frozenset(about)))
    return told


THINGS: Final = {label: path for label, path in _lines("things.txt")}
OWN: Final = _own_words()
