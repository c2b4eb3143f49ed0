import pytest
from jinja2 import Environment

from shopwright.errors import ThemeError
from shopwright.template_engine.metering.conditions import CALCULATED, COMPARED, WRITTEN, metered_tests
from shopwright.template_engine.metering.meter import Meter
from shopwright.template_engine.policy import allowed

METER = Meter()
TESTS = metered_tests(Environment(), METER)


def test_every_allowed_test_is_there():
    assert TESTS.keys() == allowed.TESTS
    assert COMPARED.keys() | CALCULATED | WRITTEN <= TESTS.keys()


@pytest.mark.parametrize(
    ("name", "values", "result"),
    [
        ("eq", (1, 1), True),
        ("equalto", ("a", "b"), False),
        ("ne", (1, 2), True),
        ("lessthan", (1, 2), True),
        ("<=", (2, 2), True),
        ("gt", (1, 2), False),
        ("ge", (2, 2), True),
        ("in", (1, [1, 2]), True),
        ("odd", (3,), True),
        ("even", (3,), False),
        ("divisibleby", (9, 3), True),
        ("lower", ("a",), True),
        ("upper", ("a",), False),
        ("none", (None,), True),
        ("mapping", ({},), True),
        ("sequence", ([],), True),
    ],
)
def test_a_test_says_what_jinja_says(name, values, result):
    assert TESTS[name](*values) is result


@pytest.mark.parametrize(("name", "value"), [("odd", "%99d"), ("even", []), ("lower", []), ("upper", {})])
def test_what_does_not_fit_is_told(name, value):
    with pytest.raises(ThemeError):
        TESTS[name](value)


def test_a_test_pays_by_length():
    METER.start()
    TESTS["string"]("x" * 160)
    assert METER.spent == 11
