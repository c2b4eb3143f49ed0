import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined
from markupsafe import Markup

from shopwright.errors import RenderLimitHit, ThemeError
from shopwright.template_engine.metering import values

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=20,
)


def nodes(value):
    if isinstance(value, dict):
        return 1 + len(value) + sum(map(nodes, value.values()))
    return 1 + sum(map(nodes, value)) if isinstance(value, list) else 1


@settings(max_examples=60)
@given(PLAIN)
def test_every_value_is_counted(value):
    assert nodes(value) <= values.weigh(value) <= nodes(value) + 20


def test_texts_count_by_length():
    assert values.weigh(["x" * 160]) == 2 + 10
    assert values.weigh(Markup("x" * 160)) == 1 + 10


def test_what_is_shared_counts_as_often_as_it_is_seen():
    shared = [1, 2, 3]
    assert values.weigh([shared, shared]) == 9
    dag = [1]
    for _ in range(60):
        dag = [dag, dag]
    with pytest.raises(RenderLimitHit, match="more than 20,000 values"):
        values.weigh(dag)


@pytest.mark.parametrize("value", [["x" * 600_000] * 2, [0] * 20_001, range(20_001), {n: n for n in range(10_001)}])
def test_what_is_too_large_is_told(value):
    with pytest.raises(RenderLimitHit):
        values.weigh(value)


def test_what_can_be_read_once_is_looked_at_without_reading_it():
    once = iter([1, 2])
    assert values.weigh(once) == 3
    assert values.length_of(once) == 2
    assert list(values.read(once)) == [1, 2]
    assert list(once) == [1, 2]


@pytest.mark.parametrize(
    ("value", "length"), [([1], 1), ((1, 2), 2), ("abc", 3), ({"a": 1}, 1), (range(9), 9), (5, 0), (None, 0)]
)
def test_how_often_a_loop_would_run(value, length):
    assert values.length_of(value) == length


@pytest.mark.parametrize("value", [2**63, -(2**63), "x" * 1_000_001])
def test_a_result_is_bounded(value):
    with pytest.raises(RenderLimitHit):
        values.bound(value)


@pytest.mark.parametrize("value", [2**63 - 1, 1 - 2**63, "x" * 1_000_000, True, 1e300, None, [1]])
def test_a_small_result_is_given_back(value):
    assert values.bound(value) is value


def test_scalars_and_numbers_are_wanted():
    values.want_scalars("a", Markup("b"), 1, 1.5, True, None, StrictUndefined())
    values.want_numbers(1, 1.5, True, StrictUndefined())
    for wrong, name in (([], "a list"), ({}, "a mapping"), (range(1), "a range"), (print, "this")):
        with pytest.raises(ThemeError, match=f"{name} does not fit here"):
            values.want_scalars(wrong)
    with pytest.raises(ThemeError, match=r"a text does not fit here\. This needs numbers"):
        values.want_numbers("1")


def test_plain_text_of_markup():
    assert type(values.plain(Markup("<b>"))) is str
    assert values.plain([1]) == [1]


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_a_number_is_finite(value):
    """What is not would be kept, and handed on, as none: JSON has no word for it."""
    with pytest.raises(RenderLimitHit, match="a number is not finite"):
        values.bound(value)
