"""Events for tests of trails."""

import datetime as dt

from shopwright.audit.event import AuditEvent

AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def event(number, **more):
    """The event of a minute."""
    known = {"actor": "u7", "target": "store/luna", "at": AT + dt.timedelta(minutes=number)}
    return AuditEvent("catalog.edit", details={"count": number}, **{**known, **more})
