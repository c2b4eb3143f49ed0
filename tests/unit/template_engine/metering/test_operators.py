import pytest

from shopwright.errors import RenderLimitHit, ThemeError
from shopwright.template_engine.metering.meter import Meter
from shopwright.template_engine.metering.operators import calculate, compare_with


@pytest.mark.parametrize(
    ("sign", "left", "right", "result"),
    [
        ("+", 1, 2, 3),
        ("-", 1, 2, -1),
        ("*", 3, 2, 6),
        ("/", 3, 2, 1.5),
        ("//", 3, 2, 1),
        ("%", 3, 2, 1),
        ("+", "a", "b", "ab"),
        ("+", [1], [2], [1, 2]),
        ("*", "ab", 2, "abab"),
        ("*", 2, "ab", "abab"),
        ("*", [1], -1, []),
        ("*", "ab", True, "ab"),
    ],
)
def test_operators_calculate_as_python_does(sign, left, right, result):
    assert calculate(Meter(), sign, left, right) == result


@pytest.mark.parametrize(("sign", "left", "right"), [("+", 1, "a"), ("-", "a", "b"), ("*", "a", "b"), ("/", [], 1)])
def test_what_python_cannot_join_raises_as_there(sign, left, right):
    with pytest.raises(TypeError):
        calculate(Meter(), sign, left, right)


@pytest.mark.parametrize(
    ("sign", "left", "right"),
    [
        ("**", 2, 2),
        ("*", [1, 2], 10_001),
        ("%", "%d", 1),
        ("*", 10**7, "x"),
        ("*", 2**62, 2),
        ("+", "x" * 999_999, "xx"),
    ],
)
def test_what_would_grow_is_an_error(sign, left, right):
    with pytest.raises(ThemeError):
        calculate(Meter(), sign, left, right)


@pytest.mark.parametrize(
    ("name", "left", "right", "units"),
    [
        ("eq", 1, 2, 0),
        ("eq", "a", "b", 0),
        ("in", "a", "x" * 1_600, 100),
        ("eq", "x" * 1_600, "y" * 3_200, 100),
        ("in", 1, [1, 2, 3], 5),
        ("notin", "a", {"b": 1}, 1),
        ("in", 5, range(160), 11),
        ("eq", [1], [1], 4),
        ("eq", None, [1], 3),
    ],
)
def test_a_comparison_pays_by_what_it_may_read(name, left, right, units):
    meter = Meter()
    compare_with(meter, name)(left, right)
    assert meter.spent == units


def test_a_comparison_of_too_much_is_refused():
    with pytest.raises(RenderLimitHit):
        compare_with(Meter(), "eq")([0] * 30_000, [0] * 30_000)
