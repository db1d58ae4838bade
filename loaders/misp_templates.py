"""The templates of MISP objects that stand for accounts, posts, people and organisations.

They are those of the repository MISP/misp-objects; others are read by their attributes alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode

from loaders import assets, indicators
from loaders.assets import Handle
from loaders.names_in_cells import known_by, why_no_actor, why_no_name
from loaders.no_names import is_described
from onrecord.errors import UnknownWord
from ontology import term
from ontology.flags import said
from ontology.identity import Mint

Values = Mapping[str, list[str]]

_OTHER_NAMES: Final = {"facebook-messenger": "messenger", "vk": "vkontakte", "x": "twitter"}
_IDS: Final = ("account-id", "user-id", "channel-id", "page-id", "id")
_HANDLES: Final = ("username", "account-name", "user-name", "handle", "name")
_SHOWN: Final = ("display-name", "displayed-name", "channel-name", "page-name", "group-name")
_LINKS: Final = ("link", "url")
_ASSETS: Final = {
    "account": "account", "user": "account", "bot": "account", "page": "page",
    "channel": "channel", "group": "group", "subreddit": "group",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Account:
    """Which attributes of an account have its id, its handle and the name that it shows."""

    platform: str
    asset: str = "account"
    ids: tuple[str, ...] = _IDS
    handles: tuple[str, ...] = _HANDLES
    shown: tuple[str, ...] = _SHOWN

    @property
    def read(self) -> frozenset[str]:
        """Return the attributes that say which account it is."""
        return frozenset((*self.ids, *self.handles, *self.shown))


@dataclass(frozen=True, slots=True)
class Post:
    """A post; the platform is that of its template, if it has one."""

    platform: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing known by its name: its class, the path of its IRI, what has the name."""

    kind: str
    path: str
    names: tuple[str, ...]


Template = Account | Post | Named

_KNOWN: Final[Mapping[str, Template]] = MappingProxyType(
    {
        "facebook-account": Account("facebook", "profile", handles=(), shown=("account-name",)),
        "facebook-group": Account("facebook", "group", ("id",), (), ("group-name",)),
        "facebook-page": Account("facebook", "page", ("page-id",), (), ("page-name",)),
        "github-user": Account("github", ids=("id",), handles=("username",)),
        "gitlab-user": Account("gitlab", ids=("id",), handles=("username",), shown=("name",)),
        "instagram-account": Account("instagram", "instagramAccount"),
        "instant-message-group": Account("", "group", (), (), ("group-name",)),
        "keybase-account": Account("keybase", handles=("username",), shown=("full_name",)),
        "social-media-group": Account("", "group", (), (), ("group-name",)),
        "telegram-account": Account("telegram", shown=("first_name", "last_name")),
        "telegram-bot": Account("telegram", handles=("username",), shown=("name",)),
        "user-account": Account("", ids=("user-id",), handles=("username",)),
        "youtube-channel": Account("youtube", "channel", ("channel-id",), ()),
        "blog": Post(),
        "microblog": Post(),
        "youtube-video": Post("youtube"),
        "intrusion-set": Named("ThreatActor", "actor", ("name",)),
        "threat-actor": Named("ThreatActor", "actor", ("name",)),
        "legal-entity": Named("org:Organization", "org", ("name", "commercial-name")),
        "narrative": Named("Narrative", "narrative", ("narrative-summary",)),
        "news-agency": Named("Outlet", "outlet", ("name", "alias")),
        "news-media": Named("Outlet", "outlet", ("source", "alias")),
        "organization": Named("org:Organization", "org", ("name", "alias")),
        "person": Named("foaf:Person", "person", ("full-name", "alias")),
    }
)


def template_of(name: str) -> Template | None:
    """Return what is known of a template; of one that is not listed, its name may tell."""
    if name in _KNOWN:
        return _KNOWN[name]
    head, _, tail = name.rpartition("-")
    if tail in ("post", "comment", "status", "video") and (head == "blog" or platform_of(head)):
        return Post(head)
    if platform_of(head) and tail in _ASSETS:
        return Account(head, _ASSETS[tail])
    return None


def platform_of(name: str) -> NamedNode | None:
    """Return the platform that goes by a name; None where the vocabulary has none."""
    folded = name.strip().casefold()
    word = re.sub(
        r"[\s_-]+(.)", lambda found: found[1].upper(), _OTHER_NAMES.get(folded, folded)
    )
    try:
        found = term(word)
    except UnknownWord:
        return None
    return found if said("skos:inScheme").get(found) == term("Platform") else None


def handle_in(template: Account, platform: NamedNode, values: Values) -> Handle | None:
    """Return by what an account is known: the platform's id, its handle, or its address."""
    id, handle = _known_by(template, values)
    if platform == term("youtube") and id:
        # as an address has it, so that both are one account
        address = f"https://www.youtube.com/channel/{id}"
        return assets.handle_of(address) or Handle(platform, handle=id)
    if id and not id.isdigit() and platform == term("facebook"):
        id, handle = "", id.lstrip("@")
    told = indicators.handle_in(platform, handle)
    if id:
        return replace(told, id=id) if told and not told.id else Handle(platform, id=id)
    if handle:
        return told
    for url in (url for column in _LINKS for url in values.get(column, ())):
        found = assets.handle_of(url)
        if found and found.platform == platform:
            return found
    return None


def _known_by(template: Account, values: Values) -> tuple[str, str]:
    known = {name: [*filter(known_by, found)] for name, found in values.items()}
    id, handle = (first(known, one) for one in (template.ids, template.handles))
    return id, handle.lstrip("@")


def node_in(template: Template, values: Values, uuid: str, scope: str, mint: Mint) -> NamedNode:
    """Return what an object stands for; by its uuid where nothing else identifies it."""
    match template:
        case Account():
            name = platform_name(template, values)
            platform = platform_of(name)
            if platform is None:
                id, handle = _known_by(template, values)
                if name.strip(" -_.") and (id or handle.strip()):
                    return mint.account(name, id=id, handle=handle)
            elif found := handle_in(template, platform, values):
                return found.account(mint)
            return mint.activity("account", uuid)
        case Post():
            id = known_by(first(values, ("post-id", "id")))
            return mint.activity("post", template.platform, id or first(values, _LINKS) or uuid)
        case Named(_, path, _):
            name = name_in(template, values)
            if path in ("org", "outlet") and name:
                return mint.named(path, name)
            return mint.named(path, name, scope) if name else mint.activity(path, uuid)


def name_in(template: Named, values: Values) -> str:
    """Return the name of a thing; that of a person may stand in parts."""
    parts = ("first-name", "middle-name", "last-name") if template.path == "person" else ()
    whole = " ".join(filter(None, (first(values, (part,)) for part in parts)))
    name = whole or first(values, template.names)
    return "" if why_unnamed(template, name) or is_described(name) else name


def why_unnamed(template: Named, name: str) -> str:
    """Return why a name is none of its thing; nothing if it may be."""
    is_party = template.path in ("actor", "org", "person")
    return why_no_actor(name) if is_party else why_no_name(name)


def platform_name(template: Account, values: Values) -> str:
    """Return the name of an account's platform, which some templates leave to an attribute."""
    return template.platform or first(values, ("account-type", "platform", "app-used"))


def first(values: Values, columns: tuple[str, ...]) -> str:
    """Return the first value that one of some attributes has."""
    found = (value for column in columns for value in values.get(column, ()))
    return next(found, "")
