"""Numbers in tables that a mapping reads, where a point may set thousands apart or not."""

from pathlib import Path

import pytest

from tests.test_loaders_table import mapped

MAPPING = """
publisher: Harbour Desk
table: {delimiter: "SIGN"}
things:
  site: {kind: domain, column: site}
claims:
  - {subject: site, predicate: describedAs, object: {column: share, as: number}}
"""


@pytest.mark.parametrize(
    ("sign", "told", "refused"),
    [(";", ["12.5", "0.125", "12"], ["1.250"]), (",", ["12.5", "0.125", "12", "1.250"], [])],
)
def test_a_point_before_three_digits_may_set_thousands_apart_where_commas_are_for_fractions(
    tmp_path: Path, sign: str, told: list[str], refused: list[str]
) -> None:
    numbers = ("12.5", "0.125", "12", "1.250")
    rows = "".join(f"quay{at}.example{sign}{number}\n" for at, number in enumerate(numbers, 1))
    found = mapped(tmp_path, f"site{sign}share\n{rows}", MAPPING.replace("SIGN", sign))
    assert [one.value for one in found.said("describedAs")] == told
    assert [one.value for one in found.quarantined] == refused
