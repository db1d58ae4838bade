"""The JSON-LD context that we know: others are not fetched (JSON-LD 1.1, section 3.1)."""

import json
import re
from functools import cache
from typing import Final, cast

from ontology import FOLDER

CONTEXT: Final = "https://w3id.org/onrecord/context.jsonld"
# In a JSON string the quotes would be escaped, so this is a key and no part of a text.
_ASKED: Final = re.compile(rb'("@context"\s*:\s*\[?\s*)"%s"' % re.escape(CONTEXT.encode()))


def with_our_context(document: bytes) -> bytes:
    """Return the beginning of a JSON-LD document with our context in place of its address."""
    return _ASKED.sub(lambda found: found[1] + _written(), document)


@cache
def context() -> dict[str, object]:
    """Return our keys, and what they stand for."""
    held = json.loads((FOLDER / "context.jsonld").read_text(encoding="utf-8"))
    return cast(dict[str, object], held["@context"])


@cache
def _written() -> bytes:
    return json.dumps(context()).encode()
