import pytest
from pydantic import ValidationError
from tests.unit.performance.alerts.ruled import rule


def test_a_rule_has_its_bound():
    over, under = rule(above=10), rule(above=None, below=0)
    assert (over.bound, under.bound) == (10, 0)
    assert [over.holds(value) for value in (11, 10, 9, None)] == [True, False, False, False]
    assert [under.holds(value) for value in (-1, 0, None)] == [True, False, False]


def test_lengths_of_time():
    read = rule(**{"for": "5m", "keep": "1h", "over": "90s", "measure": "rate"})
    assert (read.hold, read.keep, read.over) == (300, 3_600, 90)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"below": 1}, "either above or below"),
        ({"above": None}, "either above or below"),
        ({"measure": "rate", "over": "59s"}, "over is at least 1m"),
        ({"measure": "quantile", "per": {"metric": "all_things"}}, "a quantile is not divided"),
        ({"keep": "2h"}, "less than or equal to 3600"),
        ({"keep": 60}, "a length of time such as 30s"),
        ({"name": "Too Many"}, "pattern"),
        ({"says": "two\nlines"}, "pattern"),
        ({"says": ""}, "pattern"),
        ({"severity": "panic"}, "'page' or 'ticket'"),
        ({"of": {"metric": "x;y"}}, "pattern"),
        ({"unheard": 1}, "Extra inputs"),
        ({"quantile": 1.0}, "less than 1"),
    ],
)
def test_what_is_no_rule(changed, said):
    with pytest.raises(ValidationError, match=said):
        rule(**changed)
