import pytest

from shopwright.audit.event import AuditEvent
from shopwright.bootstrap.audit_failures import failures_told, named
from shopwright.errors import AuditLogError, QuotaExceeded, SettingsError, ShopwrightError

EVENT = AuditEvent("brand.change", actor="ann", target="brand/look", details={"theme.name": "luna"})


class Trail:
    """Keeps events in a list, or not at all."""

    def __init__(self, error=None):
        self.events, self.error = [], error

    async def record(self, event):
        if self.error:
            raise self.error
        self.events.append(event)


def every(kind):
    return [kind, *(each for below in kind.__subclasses__() for each in every(below))]


def test_every_error_has_a_name_that_an_event_may_hold():
    ours = (kind for kind in every(ShopwrightError) if kind.__module__ == ShopwrightError.__module__)
    names = [named(kind.__new__(kind)) for kind in ours]
    assert {"quota-exceeded", "settings-error"} <= set(names)
    for name in names:
        AuditEvent("brand.change", details={"event.reason": name})


async def test_what_fails_is_told_with_its_kind_and_nothing_of_its_text():
    trail = Trail()
    with pytest.raises(QuotaExceeded, match="secret"):
        async with failures_told(trail.record, EVENT):
            raise QuotaExceeded("secret")
    (event,) = trail.events
    assert (event.action, event.outcome, event.actor, event.target) == ("brand.change", "failure", "ann", "brand/look")
    assert event.details == {"theme.name": "luna", "event.reason": "quota-exceeded"}


async def test_what_is_done_is_for_others_to_tell():
    trail = Trail()
    async with failures_told(trail.record, EVENT):
        pass
    assert trail.events == []


async def test_why_it_failed_is_raised_even_if_nothing_can_be_told():
    with pytest.raises(SettingsError):
        async with failures_told(Trail(AuditLogError("the disk is full")).record, EVENT):
            raise SettingsError("no such theme")
