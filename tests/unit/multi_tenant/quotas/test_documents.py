import pytest
from pydantic import ValidationError

from shopwright.multi_tenant.quotas.documents import AllowanceDocument, LimitPart


def test_an_allowance_names_each_limit():
    limits = (LimitPart(quota="keys", most=9),)
    assert AllowanceDocument(id="luna", limits=limits).limits == limits


@pytest.mark.parametrize("limit", [{"quota": "keys", "most": -1}, {"quota": "$where", "most": 1}, {"quota": "keys"}])
def test_what_is_no_limit_is_refused(limit):
    with pytest.raises(ValidationError):
        LimitPart(**limit)
