"""What a bundle of STIX tells of people that no record keeps, and no table of reasons shows."""

from pathlib import Path

from tests.bundles import at_fault, of_record
from tests.test_loaders_stix_dialects import bundled, loaded, made


def test_what_identifies_a_person_stands_in_no_table_of_reasons(tmp_path: Path) -> None:
    home = made("location", 2, name="Iceland", country="IS")
    told = {
        "date_of_birth": "9001-01-02", "gender": "9001", "eye_color": "9001", "height": [9001],
        "phone": "9001", "iban": "9001", "card_number": "9001", "bornIn_ref": home["id"],
    }  # fmt: skip
    actor = made("threat-actor", 3, name="Bo Sample", resource_level="individual", **told)
    found = loaded(bundled(tmp_path, home, actor))
    assert sorted(column for column, _ in at_fault(found, "threat-actor", 3)) == sorted(told)
    assert all(one.is_withheld and "9001" not in one.value for one in found.quarantined)
    said = of_record(found, "threat-actor", 3)
    assert home["id"] not in str([one.details for one in said])
    assert found.said("dcterms:relation") == []


def test_a_pattern_keeps_no_file(tmp_path: Path) -> None:
    pattern = "[file:content_ref.payload_bin = 'ZX7H9001' AND file:name = 'tide.zip']"
    times = {"pattern_type": "stix", "valid_from": "2031-02-01T00:00:00Z"}
    found = loaded(bundled(tmp_path, made("indicator", 1, pattern=pattern, **times)))
    assert "ZX7H9001" not in str(found.records)
    assert ("pattern", "is not taken: files are not kept") in at_fault(found, "indicator", 1)
