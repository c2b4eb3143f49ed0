import pytest
from jinja2 import Environment
from markupsafe import Markup

from shopwright.errors import RenderLimitHit, ThemeError
from shopwright.template_engine.metering import filters
from shopwright.template_engine.metering.environment import make_metered_environment
from shopwright.template_engine.policy import allowed

LONG = "x" * 900_000


def call(name, value, *args, **kwargs):
    environment = make_metered_environment({})
    environment.meter.limit = 10**9
    context = environment.from_string("").new_context()
    return environment.call_filter(name, value, args, kwargs, context=context)


def test_every_allowed_filter_is_either_free_or_guarded():
    assert filters.GUARDS.keys() | filters.FREE == allowed.FILTERS.keys()
    assert filters.GUARDS.keys() & filters.FREE == set()
    assert set(Environment().filters) >= allowed.FILTERS.keys()
    assert filters.GUARDS.keys() >= filters.CHANGING


@pytest.mark.parametrize(
    ("name", "value", "args", "kwargs"),
    [
        ("title", "a " * 30_000, (), {}),
        ("urlencode", "é" * 60_000, (), {}),
        ("trim", "a", ("b" * 1_001,), {}),
        ("replace", "a" * 1_000, ("a", "b" * 2_000), {}),
        ("replace", LONG, ("", "bb"), {}),
        ("replace", "<" * 100_000, (Markup("l"), "b" * 1_000), {}),
        ("replace", LONG, ("x", Markup("<<")), {}),
        ("join", [LONG, LONG], (), {}),
        ("join", range(1_000), ("x" * 2_000,), {}),
        ("join", [{"a": LONG}, {"a": LONG}], (), {"attribute": "a"}),
        ("upper", "ŉ" * 600_000, (), {}),
        ("escape", "<" * 400_000, (), {}),
        ("sort", [[LONG], [LONG]], (), {}),
        ("sum", [2**62, 2**62], (), {}),
        ("unique", [(1,) * 9_999, (2,) * 9_999, (3,) * 9_999], (), {}),
        ("groupby", [{"a": [0] * 20_001}], ("a",), {}),
    ],
)
def test_what_would_grow_is_limited(name, value, args, kwargs):
    with pytest.raises(RenderLimitHit):
        call(name, value, *args, **kwargs)


@pytest.mark.parametrize(
    ("name", "value", "args", "kwargs"),
    [
        ("round", 5, (10**9,), {}),
        ("round", 5, (), {"precision": -(10**9)}),
        ("round", "5", (), {}),
        ("abs", "5", (), {}),
        ("batch", [1], (10**9,), {}),
        ("batch", [1], (0,), {}),
        ("batch", [1], ("2",), {}),
        ("batch", [1], (2, [1]), {}),
        ("slice", [1], (10**9,), {}),
        ("map", [{}], (), {"attribute": "a", "default": [1]}),
        ("groupby", [{}], ("a",), {"default": [1]}),
        ("join", [[1]], (), {}),
        ("join", [1], ([],), {}),
        ("upper", [1], (), {}),
        ("replace", "a", ("a", []), {}),
        ("truncate", {}, (), {}),
        ("int", [], (), {}),
    ],
)
def test_what_does_not_fit_is_told(name, value, args, kwargs):
    with pytest.raises(ThemeError):
        call(name, value, *args, **kwargs)


def test_results_that_jinja_reads_once_can_be_read_once():
    result = call("map", [{"a": 1}, {"a": 2}], attribute="a")
    assert list(result) == [1, 2]
    assert list(result) == []
    assert list(call("unique", iter([1, 1, 2]))) == [1, 2]
    assert call("join", iter(["a", "b"]), "-") == "a-b"
    assert list(call("reverse", [1, 2])) == [2, 1]


def test_filters_pay_by_what_they_read():
    environment = make_metered_environment({})
    context = environment.from_string("").new_context()
    spent = []
    for text in ("x" * 16, "x" * 1_600):
        environment.meter.start()
        environment.call_filter("upper", text, context=context)
        spent.append(environment.meter.spent)
    assert spent == [1, 100]
