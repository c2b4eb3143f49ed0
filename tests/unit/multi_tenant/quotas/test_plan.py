from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import SettingsError
from shopwright.multi_tenant.quotas.plan import MOST, Plan, read_plans
from shopwright.multi_tenant.quotas.quota import Quota

LINES = "".join(f"{quota.value} = 5\n" for quota in Quota)


def written(folder, text):
    file = folder / "plans.toml"
    file.write_text(text)
    return file


def test_the_built_in_plans_grow_from_one_to_the_next():
    plans = read_plans().plans
    assert [plan.name for plan in plans] == ["own", "starter", "business", "enterprise"]
    assert set(plans[0].limits.values()) == {MOST}
    for smaller, larger in pairwise(plans[1:]):
        assert all(smaller.limit(quota) < larger.limit(quota) for quota in Quota)


def test_a_file_of_ones_own(tmp_path):
    text = LINES.replace("products = 5", 'products = "unlimited"')
    plans = read_plans(written(tmp_path, f"[free]\n{LINES}[paid]\n{text}"))
    assert plans.first == Plan("free", dict.fromkeys(Quota, 5))
    assert plans.named("paid").limit(Quota.PRODUCTS) == MOST
    with pytest.raises(SettingsError, match=r"There is no plan 'gold'\. There are free, paid\."):
        plans.named("gold")


def test_own_limits_take_the_place_of_the_plans():
    plan = Plan("free", dict.fromkeys(Quota, 5)).with_limits({Quota.KEYS: 9})
    assert (plan.name, plan.limit(Quota.KEYS), plan.limit(Quota.JOBS)) == ("free", 9, 5)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "These are no plans"),
        ("[free", "cannot be read"),
        ("[free]\nproducts = 5\n", "limit of every quota"),
        (f"[free]\n{LINES}more = 5\n", "limit of every quota"),
        ("free = 5\n", "limit of every quota"),
        (f"[free]\n{LINES}".replace("jobs = 5", "jobs = -1"), r"free\.jobs: It is no limit"),
        (f"[free]\n{LINES}".replace("jobs = 5", "jobs = true"), "It is no limit"),
        (f"[free]\n{LINES}".replace("jobs = 5", 'jobs = "many"'), "It is no limit"),
        (f"[free]\n{LINES}".replace("jobs = 5", f"jobs = {MOST + 1}"), "It is no limit"),
        (f"[free]\n{LINES}#{'x' * 100_000}", "These are no plans"),
    ],
)
def test_what_is_no_plan_is_refused(tmp_path, text, told):
    with pytest.raises(SettingsError, match=told):
        read_plans(written(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        read_plans(tmp_path / "none.toml")


@given(st.binary(max_size=200))
def test_whatever_a_file_holds_it_is_read_or_refused(tmp_path_factory, data):
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(data)
    with pytest.raises(SettingsError):
        read_plans(file)
