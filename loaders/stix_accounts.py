"""Accounts of STIX bundles, by what tells them from others."""

import re
from typing import Final

from pyoxigraph import Literal, NamedNode

from loaders import assets, indicators
from loaders.names_in_cells import known_by
from loaders.records import Claim
from loaders.stix_bundle import Fault, Fields, Thing, text
from loaders.stix_channels import asset_set, platform_of
from ontology import term
from ontology.identity import Mint

_TELLING: Final = ("account_login", "user_id")


def account(fields: Fields, mint: Mint) -> Thing | Fault:
    """Return an account: by handle, for that is how other sources know it, else by its id."""
    login, id = (text(fields, name) for name in _TELLING)
    shown = text(fields, "display_name")
    for one in (login, id, shown):
        if "/" in one and (found := assets.handle_of(one)):
            return _of(indicators.account(found, mint))
    named = shown or login
    # one that a login or an id tells may be called as many are
    if {login, id} <= {"", named} and (counted := asset_set(named, fields, mint)):
        return counted
    if not (login or id or shown):
        return Fault("account_login", "", "has neither login, id nor name")
    where, handle = platform_of(fields), _handle(fields)
    if where and (indicators.handle_in(where, handle) or (known_by(id) and not handle)):
        return _known(where, handle, fields, mint)
    node = mint.activity("account", "stix", text(fields, "id"))
    told = (Claim(node, term("onPlatform"), where),) if where else ()
    return Thing(node, "Account", handle or shown or login or id, told)


def _handle(fields: Fields) -> str:
    login, id = (known_by(text(fields, name)) for name in _TELLING)
    shown = text(fields, "display_name")
    handle = login or (id if not id.isdigit() else "")
    return (handle or (shown if re.fullmatch(r"@[\w.]+", shown) else "")).lstrip("@ ")


def _known(where: NamedNode, handle: str, fields: Fields, mint: Mint) -> Thing:
    if own := assets.own_id(where, handle):
        return _of(indicators.account(assets.Handle(where, id=own), mint))
    id = known_by(text(fields, "user_id"))
    node = assets.account(where, mint, handle=handle, id="" if handle else id)
    shown = handle.strip().removeprefix("@")
    told = [Claim(node, term("onPlatform"), where)]
    told += [Claim(node, term("handle"), Literal(shown))] if shown else []
    login = text(fields, "account_login")
    if login and not known_by(login):
        about = ((term("inField"), Literal("account_login")),)
        told.append(Claim(node, term("describedAs"), Literal(login), about))
    return Thing(node, "Account", shown or id, tuple(told))


def _of(found: indicators.Indicator) -> Thing:
    return Thing(found.node, found.kind, found.name, found.told)
