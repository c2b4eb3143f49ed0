import datetime as dt

from shopwright.access.session_rules import ABSOLUTE, HALF, IDLE, LINK_LASTS, TOLD, is_over

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
MOMENT = dt.timedelta(seconds=1)


def test_a_session_is_over_at_its_end():
    ends = NOW + ABSOLUTE
    assert not is_over(ends - MOMENT, ends, ends - MOMENT)
    assert is_over(ends - MOMENT, ends, ends)


def test_a_session_is_over_when_it_was_idle():
    assert not is_over(NOW, NOW + ABSOLUTE, NOW + IDLE - MOMENT)
    assert is_over(NOW, NOW + ABSOLUTE, NOW + IDLE)


def test_the_spans_are_those_of_nist_800_63b_for_two_factors():
    assert (dt.timedelta(minutes=30), dt.timedelta(hours=12)) == (IDLE, ABSOLUTE)
    assert TOLD < HALF <= IDLE
    assert max(LINK_LASTS.values()) <= dt.timedelta(days=3)
