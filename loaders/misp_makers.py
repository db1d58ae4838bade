"""Which organisation made a record of MISP, has it on its server, or saw something."""

from collections.abc import Mapping
from typing import Any, Final

from loaders.json_parts import object_in
from loaders.no_names import is_failed, names_nobody
from loaders.telling import scalar

# what a server calls its own organisation until somebody names it (MISP.org, by default)
_UNNAMED: Final = "ORGNAME"


def maker_of(value: Mapping[str, Any], key: str = "Orgc") -> str:
    """Return the name of an organisation; nothing where nobody is named, who would speak.

    >>> maker_of({"Orgc": {"name": "Quay CERT"}}), maker_of({"Orgc": {"name": "Unknown"}})
    ('Quay CERT', '')
    """
    name = scalar(object_in(value.get(key)).get("name"))
    return "" if name == _UNNAMED or is_failed(name) or names_nobody(name) else name
