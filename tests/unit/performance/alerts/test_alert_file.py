from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.performance.alerts.ruled import rule, shipped

from shopwright.errors import SettingsError
from shopwright.performance.alerts.alert_file import AlertFile, joined, read_alert_file, refuse_unknown
from shopwright.performance.every_metric import EVERY_METRIC

RULE = {
    "name": "too-many",
    "says": "There are too many",
    "remedy": "Take some away.",
    "severity": "page",
    "measure": "most",
    "of": {"metric": "shopwright_jobs_running", "where": {"kind": ["generation"]}},
    "above": 10,
    "for": "1m",
}
HOOK = {"kind": "webhook", "url": "https://hooks.example/x", "secret_file": "/run/secrets/hook"}
MAIL = {"kind": "mail", "to": ["ops@shop.example"], "sender": "alerts@shop.example", "server": "mail.shop.example"}


def test_a_file_is_read():
    read = read_alert_file({"without": ["jobs-wait"], "rules": [RULE], "contacts": [HOOK, MAIL]}, "alerts.yaml")
    assert read.rules[0].of.where == {"kind": ("generation",)}
    hook, mail = read.contacts
    assert (str(hook.secret_file), mail.port, mail.tls) == ("/run/secrets/hook", 465, "always")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "valid dictionary"),
        ({"rules": [{**RULE, "above": "x"}]}, r"rules\.0\.above"),
        ({"contacts": [{**HOOK, "url": "ftp://x"}]}, r"contacts\.0\.webhook\.url"),
        ({"contacts": [{**MAIL, "to": ["a@b\nBcc: c@d"]}]}, r"contacts\.0\.mail\.to\.0"),
        ({"contacts": [{"kind": "pager"}]}, r"contacts\.0"),
        ({"contacts": [HOOK] * 11}, "at most 10"),
    ],
)
def test_each_fault_has_its_place(value, said):
    with pytest.raises(SettingsError, match=said) as refused:
        read_alert_file(value, "alerts.yaml")
    assert refused.value.where == "alerts.yaml"
    assert "docs/reference/alerts.md" in refused.value.remedy


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*RULE, "rules"]), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
@settings(max_examples=80)
def test_whatever_a_file_holds_it_is_read_or_refused(value):
    with suppress(SettingsError):
        assert isinstance(read_alert_file(value, "alerts.yaml"), AlertFile)


def test_own_rules_join_those_shipped():
    ours = AlertFile(rules=shipped())
    own = AlertFile(without=("jobs-wait",), rules=(rule(name="jobs-fail"), rule(name="a-rule")))
    names = [each.name for each in joined(ours, own, "alerts.yaml")]
    assert names == sorted(({each.name for each in shipped()} - {"jobs-wait"}) | {"a-rule"})
    assert next(each for each in joined(ours, own, "x") if each.name == "jobs-fail").says == "There are too many"


def test_a_name_that_is_not_there_or_there_twice_is_refused():
    with pytest.raises(SettingsError, match="No rule is called 'jobs-wiat'"):
        joined(AlertFile(rules=shipped()), AlertFile(without=("jobs-wiat",)), "alerts.yaml")
    with pytest.raises(SettingsError, match="same name"):
        joined(AlertFile(), AlertFile(rules=(rule(), rule())), "alerts.yaml")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"of": {"metric": "shopwright_nothing"}}, "there is no metric shopwright_nothing"),
        ({"of": {"metric": "shopwright_job_seconds"}}, "is a histogram, which has no sum"),
        ({"of": {"metric": "shopwright_ready", "where": {"kind": ["x"]}}}, "has no label kind"),
        (
            {"of": {"metric": "shopwright_pictures_total", "where": {"how": ["mad"]}}},
            "the label how of shopwright_pictures_total is one of made, reused, failed",
        ),
        ({"of": {"metric": "shopwright_ready"}, "per": {"metric": "shopwright_nothing"}}, "there is no metric"),
    ],
)
def test_a_rule_that_could_never_hold_is_refused(changed, said):
    with pytest.raises(SettingsError, match=said):
        refuse_unknown((rule(**changed),), EVERY_METRIC, "alerts.yaml")


def test_the_rules_that_are_shipped_are_of_what_is_measured():
    refuse_unknown(shipped(), EVERY_METRIC, "rules.yaml")
    assert len(shipped()) >= 15
