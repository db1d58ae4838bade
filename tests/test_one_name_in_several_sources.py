"""One organisation by its name, whichever formats its sources have: it is asked about once."""

import json
from pathlib import Path

from loaders.given import Given, Terms
from tests.bundles import id_of
from tests.loading import Sample, read


def test_whoever_a_table_and_a_bundle_name_alike_is_one(tmp_path: Path) -> None:
    table, bundle = tmp_path / "a.csv", tmp_path / "a.json"
    table.write_text(
        "id,publisher,operation,attributed_to,attributed_by\n"
        "1,The Harbour Desk,Tide,The Harbour Guild,The Harbour Desk\n",
        encoding="utf-8",
    )
    guild = {
        "type": "identity",
        "id": id_of("identity", 1),
        "name": "The Harbour Guild",
        "identity_class": "organization",
    }
    bundle.write_text(json.dumps([guild]), encoding="utf-8")
    desk = Given(terms=Terms(publisher="The Harbour Desk"))
    attributed, told = read(Sample("attributions", table)), read(Sample("stix", bundle, desk))
    (who,) = attributed.saying("linkedTo")
    assert who.claim.object == told.named("The Harbour Guild")
    # and whoever publishes a table is nobody else where it speaks in a row of it
    (document,) = attributed.saying("schema:publisher")
    assert who.speaker == document.speaker == told.named("The Harbour Desk")
