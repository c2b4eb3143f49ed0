import pytest

from shopwright.multi_tenant.quotas.quota import Quota


@pytest.mark.parametrize(
    ("quota", "measure", "span"),
    [
        (Quota.PRODUCTS, "kept", None),
        (Quota.PICTURES, "kept", None),
        (Quota.STORAGE, "kept", None),
        (Quota.KEYS, "kept", None),
        (Quota.JOBS, "running", None),
        (Quota.MEMORY, "running", None),
        (Quota.GENERATIONS, "spent", "day"),
        (Quota.REQUESTS, "spent", "minute"),
    ],
)
def test_each_is_counted_in_its_way(quota, measure, span):
    assert (quota.measure, quota.span) == (measure, span)


def test_each_has_a_unit():
    assert Quota.PRODUCTS.unit == "products"
    assert Quota.GENERATIONS.unit == "generations per day"
    assert Quota.STORAGE.unit == "bytes of files"
