"""The record as a STIX 2.1 bundle: what came from STIX as it came, the rest as far as it goes.

Objects that came from STIX keep their ids. Others have ids that follow from what they are of.
What STIX cannot hold, such as counts, is counted and not written.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import IO

from pyoxigraph import NamedNode

from onrecord.errors import UnknownThing
from onrecord.stix.claims import links
from onrecord.stix.ids import ID, of_object, well_named
from onrecord.stix.marks import definitions, is_free
from onrecord.stix.observed import parted
from onrecord.stix.records import Stix, makers, newest, rebuilt
from onrecord.stix.soundness import mended, sound
from onrecord.stix.testimony import Said, standing
from onrecord.stix.things import Things
from onrecord.store import Snapshot
from ontology import term

__all__ = ["bundle", "export"]


def export(
    snapshot: Snapshot, output: IO[bytes], *, case: NamedNode | None = None
) -> Counter[str]:
    """Write a bundle of everything or of a case; return what it cannot hold, and how often.

    Raises UnknownThing where there is nothing to write.
    """
    found, lost = bundle(snapshot, case)
    if not found["objects"]:
        named = case or "the record"
        raise UnknownThing(f"{named}: has nothing that STIX can hold, so nothing was exported")
    output.write(json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n")
    return lost


def bundle(snapshot: Snapshot, case: NamedNode | None = None) -> tuple[Stix, Counter[str]]:
    """Return a bundle, its objects in the order of their ids, and what it cannot hold."""
    lost: Counter[str] = Counter()
    said = list(standing(snapshot, case))
    loaded = min((one.loaded for one in said), default="")
    kept = [mended(rebuilt(found), found[0].loaded) for found in newest(said, lost)]
    kept += [mended(each, loaded) for each in makers(kept)]
    kept = [mended(each, loaded) for each in parted(kept)]
    things = Things.of(_of_things(snapshot, case) if case else said)
    things.keep(said, {str(each["id"]) for each in kept})
    of_bundles = {one.document for one in said if ID.fullmatch(one.key)}
    others = [one for one in said if one.document not in of_bundles]
    linked = list(links(others, things, lost))
    for one in others:
        things.id(one.subject)
    fresh = (*things.made.values(), *things.speakers.values())
    made = [mended(each, str(each.get("created", ""))) for each in fresh]
    written = [*linked, *made]
    objects = well_named(sound([*definitions(written), *kept, *written], lost))
    ids = [str(each["id"]) for each in objects]
    return {"type": "bundle", "id": of_object("bundle", *ids), "objects": objects}, lost


def _of_things(snapshot: Snapshot, case: NamedNode) -> Iterator[Said]:
    """Yield what is said of the things of a case, but for what others marked elsewhere."""
    for one in standing(snapshot, None):
        if is_free(one.marks) or case in one.details.get(term("case"), []):
            yield one
