"""The quick ways to spell and name are those of the rules."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from ontology import term
from ontology.digests import digest, field_names, prefixed, prefixed_fields
from ontology.identity import Mint, normalised, spelled

MINT = Mint()
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.one_of(
        texts.map(Literal),
        texts.map(lambda text: Literal(text, language="EN-gb")),
        st.from_regex(r"[+-]?[0-9]{1,4}", fullmatch=True).map(
            lambda digits: Literal(digits, datatype=term("xsd:integer"))
        ),
        texts.map(lambda text: Literal(text, datatype=term("xsd:integer"))),
        texts.map(lambda text: Literal(text, datatype=term("xsd:date"))),
    )
)
def test_the_quick_spelling_is_that_of_the_normalised_term(value: Literal) -> None:
    assert spelled(value) == str(normalised(value))


@given(texts, texts, st.lists(st.tuples(texts, texts)))
def test_a_record_and_its_fields_are_named_together_as_they_are_alone(
    dataset: str, key: str, fields: list[tuple[str, str]]
) -> None:
    composed = [tuple(unicodedata.normalize("NFC", one) for one in pair) for pair in fields]
    parts = [part for pair in sorted(composed) for part in pair]
    said = prefixed_fields(fields)
    assert said == prefixed(parts)
    name = MINT.record_as_spelled(dataset, key, said)
    assert name == f"{MINT.base}record/{digest('record', dataset, key, *parts)}"


@given(st.dictionaries(texts, texts))
def test_the_cells_of_a_table_are_spelled_like_any_fields(cells: dict[str, str]) -> None:
    assert field_names(tuple(cells)).prefixed(cells) == prefixed_fields(cells.items())
