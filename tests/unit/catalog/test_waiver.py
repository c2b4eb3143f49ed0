import datetime as dt

import pytest
from pydantic import ValidationError

from shopwright.catalog.waiver import Waiver


def test_a_waiver_says_what_where_why_and_until_when():
    waiver = Waiver.model_validate({"rule": "no-alt", "reason": "January", "until": "2027-01-31"})
    assert (waiver.pages, waiver.until) == ("*", dt.date(2027, 1, 31))


@pytest.mark.parametrize("wrong", [{"rule": "No Alt"}, {"until": "soon"}, {"reason": ""}, {"pages": ""}, {"more": 1}])
def test_what_is_no_waiver(wrong):
    with pytest.raises(ValidationError):
        Waiver.model_validate({"rule": "no-alt", "reason": "x", "until": "2027-01-31", **wrong})
