"""Places of STIX bundles: countries, and what lies in them or is called like one of them."""

from typing import Final

from loaders.countries import country
from loaders.stix_bundle import Fault, Fields, Thing, is_placeholder, opencti, text
from ontology.identity import Mint

_NATION: Final = "country"


def place(fields: Fields, mint: Mint) -> Thing | Fault:
    """Return a place: a country as every other source has it, else what goes by the name."""
    name = text(fields, "name")
    kind = str(opencti(fields, "location_type") or "").casefold()
    is_nation = kind == _NATION or not any(
        text(fields, part) for part in ("city", "administrative_area", "street_address")
    )
    spelled = (
        text(fields, _NATION) if not name or (kind == _NATION and not country(name)) else name
    )
    name = name or spelled or text(fields, "region")
    if is_placeholder(name):
        return Fault("name", name, "is no name of a place")
    found = country(spelled) if is_nation and kind in ("", _NATION) else None
    # a part may be told by nothing but the country that it is in
    if found and (kind or found == (country(text(fields, _NATION)) or found)):
        return Thing(mint.named("place", found.name), "schema:Place", found.name)
    # a state, a town or an area may be called as a country is, and is not that
    within = (text(fields, _NATION) or kind or "part",) if country(name) else ()
    return Thing(mint.named("place", name, *within), "schema:Place", name)
