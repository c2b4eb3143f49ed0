import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.access import lockout
from shopwright.access.lockout import Rule, Tries, next_try, seconds_left, taken_back

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
RULE = Rule("test", 3, dt.timedelta(seconds=2), dt.timedelta(seconds=10), dt.timedelta(hours=1))
RULES = [rule for rule in vars(lockout).values() if isinstance(rule, Rule)]


def after(seconds):
    return NOW + dt.timedelta(seconds=seconds)


def admitted(rule, within, every=dt.timedelta(seconds=1)):
    """How many tries are looked at of somebody who tries all the time."""
    tries, now, count = None, NOW, 0
    while now < NOW + within:
        found = next_try(rule, tries, now)
        if found:
            tries, count = found, count + 1
        now = max(now + every, min(tries.opens, NOW + within))
    return count


def test_the_first_are_free_then_each_waits_twice_as_long():
    assert [RULE.pause(count).total_seconds() for count in range(8)] == [0, 0, 0, 2, 4, 8, 10, 10]


def test_a_try_that_comes_too_early_is_not_looked_at():
    tries = None
    for _ in range(3):
        tries = next_try(RULE, tries, NOW)
    assert tries == Tries(3, after(2), after(3600))
    assert next_try(RULE, tries, after(1)) is None
    assert next_try(RULE, tries, after(2)) == Tries(4, after(6), after(3602))


def test_after_a_while_all_are_forgotten():
    assert next_try(RULE, Tries(50, after(10), after(3600)), after(3600)) == Tries(1, after(3600), after(7200))


def test_one_is_taken_back():
    assert taken_back(RULE, Tries(5, after(9), after(3600)), NOW) == Tries(4, NOW, after(3600))
    assert taken_back(RULE, Tries(0, NOW, after(3600)), NOW).count == 0


@given(st.floats(0, 10_000))
def test_the_wait_is_told_in_whole_seconds_and_never_too_short(seconds):
    left = seconds_left(Tries(9, after(seconds), after(99_999)), NOW)
    assert left >= 1
    assert after(left) >= after(seconds)


@given(st.sampled_from(RULES), st.integers(0, 10**9))
def test_nobody_waits_for_long(rule, count):
    assert rule.pause(count) <= dt.timedelta(hours=1)
    assert rule.longest < rule.memory or rule is lockout.ACCOUNT


@pytest.mark.parametrize(
    ("rule", "most"),
    [
        (lockout.ACCOUNT_FROM_NETWORK, 110),
        (lockout.ACCOUNT_FROM_DEVICE, 110),
        (lockout.SECOND_FACTOR, 110),
        (lockout.ACCOUNT, 1_500),
        (lockout.NETWORK, 160),
    ],
)
def test_how_many_a_day_somebody_has_who_never_rests(rule, most):
    assert most * 0.8 < admitted(rule, dt.timedelta(days=1)) <= most
