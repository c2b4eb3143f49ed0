import datetime as dt
import re
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.audit.record import ACTIONS, FIELDS, Record, now
from shopwright.errors import AuditLogError

AT = dt.datetime(2026, 11, 23, 15, 4, 5, 678_000, tzinfo=dt.timezone(dt.timedelta(hours=1)))
GOOD = {
    "template.name": "parts/_card.html",
    "template.line": 12,
    "template.count": 3,
    "theme.name": "my-theme",
    "rule.name": "no-method-calls",
    "rule.matches": 2,
    "file.hash.sha256": "0f" * 32,
    "policy.version": "2026.1+rc1",
    "engine.version": "0.1.0",
    "render.pages": 50,
    "render.fuel": 12_345,
    "render.cpu_ms": 12.5,
    "render.bytes": 23_456,
    "limit.name": "fuel",
    "limit.value": 200_000,
    "worker.pid": 4_711,
    "process.signal": "SIGKILL",
    "process.exit_code": -9,
    "event.duration": 5_000_000_000,
    "log.records": 1,
    "log.bytes": 17,
    "source.ip": "2001:db8::1",
    "trace.id": "4bf92f3577b34da6",
}
TEXTS = [
    "{{ product.title }}",
    "<p>Anna Schmidt</p>",
    "Anna Schmidt",
    "anna@example.org, Hauptstraße 1",
    "two\nlines",
    "'x' is undefined",
]
"""What a template or a customer might say."""


def test_a_record_has_the_names_of_ecs():
    record = Record("template.render", "failure", "fuel", "acme", "mara", {"render.fuel": 7}, AT)
    assert record.as_json() == {
        "@timestamp": "2026-11-23T14:04:05.678Z",
        "event.action": "template.render",
        "event.outcome": "failure",
        "event.reason": "fuel",
        "organization.id": "acme",
        "user.id": "mara",
        "render.fuel": 7,
    }


def test_what_is_empty_is_left_out():
    assert Record("template.check", at=AT).as_json() == {
        "@timestamp": "2026-11-23T14:04:05.678Z",
        "event.action": "template.check",
        "event.outcome": "success",
    }


def test_a_record_is_of_now_in_whole_milliseconds_and_never_changes():
    before = now()
    record = Record("template.check")
    assert before <= record.at <= now()
    assert record.at.microsecond % 1000 == 0
    with pytest.raises(FrozenInstanceError):
        record.user = "other"


def test_every_field_has_an_example_here():
    assert set(GOOD) == set(FIELDS)


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_a_field_of_its_form(name):
    assert Record("template.render", fields={name: GOOD[name]}).as_json()[name] == GOOD[name]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", sorted(FIELDS))
def test_no_field_holds_free_text(name, text):
    with pytest.raises(AuditLogError) as refused:
        Record("template.render", fields={name: text})
    assert text not in str(refused.value)
    assert refused.value.where == name


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", ["action", "outcome", "reason", "tenant", "user"])
def test_no_attribute_holds_free_text(name, text):
    with pytest.raises(AuditLogError) as refused:
        Record(**{"action": "template.render", name: text})
    assert text not in str(refused.value)


@given(text=st.text(min_size=1, max_size=300))
def test_whatever_a_field_holds_is_a_bounded_word(text):
    held = []
    for name in FIELDS:
        try:
            held.append(Record("template.render", fields={name: text}).fields[name])
        except AuditLogError:
            continue
    for name in ("reason", "tenant", "user"):
        try:
            held.append(getattr(Record("template.render", **{name: text}), name))
        except AuditLogError:
            continue
    assert all(len(word) <= 255 and re.fullmatch(r"[\w.@+\\:/!-]+\$?", word) for word in held)


@pytest.mark.parametrize("value", [True, None, "7", [7], {"a": 7}, 2**53, -(2**53), b"7"])
def test_a_number_is_a_number_every_reader_keeps(value):
    with pytest.raises(AuditLogError):
        Record("template.render", fields={"render.fuel": value})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), True, "1.5"])
def test_a_measure_is_finite(value):
    with pytest.raises(AuditLogError):
        Record("template.render", fields={"render.cpu_ms": value})


def test_a_measure_is_kept_to_a_thousandth():
    assert Record("template.render", fields={"render.cpu_ms": 1e-9}).as_json()["render.cpu_ms"] == 0
    assert Record("template.render", fields={"render.cpu_ms": 1.23456}).as_json()["render.cpu_ms"] == 1.235
    assert Record("template.render", fields={"render.cpu_ms": 3}).as_json()["render.cpu_ms"] == 3


def test_a_field_that_is_not_listed():
    with pytest.raises(AuditLogError) as refused:
        Record("template.render", fields={"template.text": "x" * 1_000})
    assert str(refused.value) == (
        "template.text: the value is none a record may hold. See docs/reference/audit-log.md."
    )


def test_a_time_without_zone():
    with pytest.raises(AuditLogError, match="@timestamp"):
        Record("template.render", at=AT.replace(tzinfo=None))


@pytest.mark.parametrize("user", ["mara", "_apt", "ACME\\mara", "mara.k@acme", "build$", "søren", "1000"])
def test_names_of_users(user):
    assert Record("template.render", user=user).as_json()["user.id"] == user


def test_every_action_and_field_is_described(checkout):
    described = (checkout / "docs/reference/audit-log.md").read_text()
    assert [name for name in (*ACTIONS, *FIELDS) if f"`{name}`" not in described] == []
