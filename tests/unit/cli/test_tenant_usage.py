import json

import pytest
from click.testing import CliRunner

from shopwright.cli.main import shopwright
from shopwright.errors import DatabaseError, SettingsError


def run(*words):
    result = CliRunner().invoke(shopwright, ["tenant", "usage", *words], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.stdout


def test_use_is_shown_for_every_quota(tenant):
    lines = run(tenant).splitlines()
    assert lines[0] == f"{tenant}, plan own:"
    assert lines[1].split() == ["0", "of", "unlimited", "products"]
    assert len(lines) == 9


def test_limits_of_its_own_are_given_and_taken_back(tenant):
    found = json.loads(run(tenant, "--limit", "products=0", "--limit", "keys=7", "--json"))
    limits = {each["quota"]: each["limit"] for each in found["usage"] if each["limit"] is not None}
    assert (limits, found["usage"][0]["state"]) == ({"products": 0, "keys": 7}, "full")
    assert "full" in run(tenant, "--limit", "keys=unlimited").splitlines()[1]
    found = json.loads(run(tenant, "--plan-limits", "--json"))
    assert [each["limit"] for each in found["usage"]] == [None] * 8


@pytest.mark.parametrize(
    "limit", ["products", "products=", "products=-1", "products=1e3", "shoes=5", "keys=" + "9" * 20]
)
def test_what_is_no_limit_is_refused(limit):
    with pytest.raises(SettingsError, match="is no limit"):
        run("luna", "--limit", limit)


def test_limits_are_given_or_taken_back():
    with pytest.raises(SettingsError, match="either"):
        run("luna", "--limit", "keys=1", "--plan-limits")


def test_a_tenant_that_is_not_there_is_not_made(deployment):
    with pytest.raises(DatabaseError, match="no such tenant"):
        run("nobody-has-this-name")
