import datetime as dt
import pickle

import pytest

from shopwright.multi_tenant.quotas.plan import MOST
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.multi_tenant.quotas.usage import Usage, refused

MIDNIGHT = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("used", "limit", "state"),
    [(79, 100, "ok"), (80, 100, "near"), (99, 100, "near"), (100, 100, "full"), (0, 0, "full"), (MOST, MOST, "ok")],
)
def test_from_four_fifths_on_it_is_near(used, limit, state):
    assert Usage(Quota.PRODUCTS, limit, used).state == state


def test_as_json():
    assert Usage(Quota.GENERATIONS, 50, 40, MIDNIGHT).as_json() == {
        "quota": "generations",
        "used": 40,
        "limit": 50,
        "unit": "generations per day",
        "state": "near",
        "resets_at": "2026-11-24T00:00:00+00:00",
    }
    assert Usage(Quota.KEYS, MOST, 3).as_json()["limit"] is None


def test_a_refusal_says_limit_use_time_and_what_to_do():
    error = refused(Usage(Quota.GENERATIONS, 50, 50, MIDNIGHT), 1, "luna")
    assert str(error) == (
        "tenant luna: 50 of 50 generations per day are used, and one more was asked for. Nothing was begun. "
        "Wait until 2026-11-24T00:00:00Z or ask the operator for a larger plan."
    )
    assert (error.status, error.limit, error.used, error.resets_at) == (429, 50, 50, MIDNIGHT)


@pytest.mark.parametrize(("quota", "status"), [(Quota.PRODUCTS, 403), (Quota.JOBS, 429), (Quota.MEMORY, 429)])
def test_what_stays_used_is_forbidden_what_ends_comes_again(quota, status):
    error = refused(Usage(quota, 1_000, 990), 20, "luna")
    assert error.status == status
    assert error.resets_at is None
    assert "990 of 1,000" in str(error)
    assert "20 more were asked for" in str(error)


@pytest.mark.parametrize("quota", [quota for quota in Quota if not quota.span])
def test_each_that_does_not_begin_anew_has_something_to_do(quota):
    assert refused(Usage(quota, 1, 1), 1, "luna").remedy.endswith(", or ask the operator for a larger plan.")


def test_a_refusal_travels_with_its_numbers():
    error = pickle.loads(pickle.dumps(refused(Usage(Quota.JOBS, 2, 1), 2, "luna")))
    assert (error.status, error.limit, error.used) == (429, 2, 1)
    assert "2 more" in str(error)
