"""The quick ways to spell and name are those of the rules."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from ontology import term
from ontology.identity import Mint, digest, normalised, spelled

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
    name, hashed = MINT.record_with_fields(dataset, key, fields)
    composed = [tuple(unicodedata.normalize("NFC", one) for one in pair) for pair in fields]
    parts = [part for pair in sorted(composed) for part in pair]
    assert name == f"{MINT.base}record/{digest('record', dataset, key, *parts)}"
    assert (len(hashed), hashed[:32]) == (64, digest(*parts))
