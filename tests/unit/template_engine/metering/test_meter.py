import pytest

from shopwright.errors import RenderLimitHit
from shopwright.template_engine.metering.meter import Meter


def test_fuel_is_spent_until_there_is_none():
    meter = Meter(10)
    meter.charge(4, "a thing")
    meter.charge(6, "a thing")
    assert meter.spent == 10
    with pytest.raises(RenderLimitHit) as caught:
        meter.charge(1, "a thing")
    assert str(caught.value) == (
        "the page needs more than 10 units of fuel; they ran out at a thing. Show less on a page, or loop over less."
    )


def test_a_page_begins_with_none_spent():
    meter = Meter(10)
    meter.charge(9, "a thing")
    meter.depth = 3
    meter.start()
    assert (meter.spent, meter.depth, meter.limit) == (0, 0, 10)


def test_calls_too_deep_say_what_to_do():
    with pytest.raises(RenderLimitHit, match="Let no macro call itself"):
        Meter().too_deep()
