"""Which values the engine respells is known without asking it, where most values are alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib.namespace import XSD

from onrecord.derive import spellings
from onrecord.derive.spellings import kept

digits = st.text("0123456789", min_size=1, max_size=3)
numbers = st.builds(
    lambda sign, whole, rest: sign + whole + rest,
    st.sampled_from(["", "-", "+"]),
    digits,
    st.sampled_from(["", ".", ".0", ".50", ".05", "e3", "E-2"]),
)
days = st.dates().map(str)
times = st.builds(
    lambda time, rest, zone: f"{time:%H:%M:%S}{rest}{zone}",
    st.times(),
    st.sampled_from(["", ".0", ".5", ".50", ".123456"]),
    st.sampled_from(["", "Z", "+00:00", "-00:00", "+05:00", "-11:30"]),
)
moments = st.builds(lambda day, time: f"{day}T{time}", days, times)
literals = st.one_of(
    st.builds(
        lambda text, kind: Literal(text, datatype=NamedNode(XSD[kind])),
        st.one_of(numbers, days, times, moments, st.text("2031-01T24:00Z", max_size=20)),
        st.sampled_from(["integer", "decimal", "double", "int", "dateTime", "date", "time"]),
    ),
    st.text(max_size=5).map(Literal),
    st.builds(Literal, st.text(max_size=5), language=st.sampled_from(["en", "ur"])),
)


@given(literals)
def test_what_is_said_to_be_kept_is_kept(literal: Literal) -> None:
    store, node = Store(), NamedNode("x:x")
    store.add(Quad(node, node, literal))
    (quad,) = store
    assert kept(str(literal)) == str(quad.object)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("17", "integer"), ("2031-01-24", "date"), ("2031-01-24T23:59:00", "dateTime")],
)
def test_the_engine_is_not_asked_about_what_most_values_look_like(text: str, kind: str) -> None:
    asked = spellings._kept.cache_info()
    said = str(Literal(text, datatype=NamedNode(XSD[kind])))
    assert kept(said) == said
    assert spellings._kept.cache_info() == asked
