import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.audit.event import ACTOR, DETAILS, AuditEvent, actor_named, time_text
from shopwright.audit.forms import has_form
from shopwright.errors import AuditLogError

AT = dt.datetime(2026, 11, 23, 10, 30, 0, 123_456, dt.timezone(dt.timedelta(hours=1)))


def test_an_event_as_json():
    event = AuditEvent(
        "catalog.edit", "success", "u7", "store/luna", {"catalog.changed": 2, "render.cpu_ms": 0.12345}, AT
    )
    assert event.as_json("acme") == {
        "@timestamp": "2026-11-23T09:30:00.123Z",
        "event.action": "catalog.edit",
        "event.outcome": "success",
        "organization.id": "acme",
        "user.id": "u7",
        "target.id": "store/luna",
        "catalog.changed": 2,
        "render.cpu_ms": 0.123,
    }


def test_what_is_empty_is_left_out():
    assert list(AuditEvent("tenant.create", at=AT).as_json("acme")) == [
        *("@timestamp", "event.action", "event.outcome", "organization.id"),
    ]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"action": "catalog.burn"}, "event.action"),
        ({"outcome": "maybe"}, "event.outcome"),
        ({"actor": "ann@example.com"}, "user.id"),
        ({"actor": "Ann Example"}, "user.id"),
        ({"target": "store"}, "target.id"),
        ({"target": "store/a b"}, "target.id"),
        ({"target": "user/ann@example.com"}, "target.id"),
        ({"target": "store/../x"}, "target.id"),
        ({"details": {"email": "a"}}, "email"),
        ({"details": {"source.ip": "203.0.113.7"}}, "source.ip"),
        ({"details": {"quota.name": "too many products"}}, "quota.name"),
        ({"details": {"quota.limit": "7"}}, "quota.limit"),
        ({"at": dt.datetime(2026, 11, 23)}, "@timestamp"),  # noqa: DTZ001 - that is the point
    ],
)
def test_what_no_event_may_hold(change, where):
    with pytest.raises(AuditLogError) as caught:
        AuditEvent(**{"action": "catalog.edit", "at": AT, **change})
    assert caught.value.where == where
    assert "example.com" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("root", "root"),
        ("5f1c-0.a:b_c", "5f1c-0.a:b_c"),
        ("Ann Example <ann@example.com>", "Ann-Example-ann-example-com"),
        ("_apt", "apt"),
        ("CORP\\ann$", "CORP-ann"),
        ("", ""),
        ("é", ""),
    ],
)
def test_names_become_actors(name, actor):
    assert actor_named(name) == actor


@given(st.text())
def test_whatever_the_name_the_actor_can_be_kept(name):
    assert has_form(actor_named(name), ACTOR) or actor_named(name) == ""


@given(st.dictionaries(st.sampled_from(sorted(DETAILS)), st.text() | st.integers() | st.floats()))
def test_no_detail_gets_in_that_has_a_blank_or_an_at(details):
    with suppress(AuditLogError):
        event = AuditEvent("catalog.edit", details=details, at=AT)
        said = event.as_json("acme")
        assert not any(sign in str(said[name]) for name in details for sign in " @\n")


def test_times():
    assert time_text(AT) == "2026-11-23T09:30:00.123Z"
