"""What somebody is told of an alert. It holds our own words and numbers only, nothing of a tenant."""

import datetime as dt
from dataclasses import dataclass

import orjson

from shopwright.performance.alerts.evaluation import Notice


@dataclass(frozen=True, slots=True)
class Message:
    """A notice of the process ``source`` (``shop-1/api``), at a time that the world agrees on."""

    notice: Notice
    source: str
    at: dt.datetime
    since: dt.datetime

    @property
    def id(self) -> str:
        """The same for each attempt to deliver it."""
        return f"{self.notice.rule.name}.{self.notice.state}.{self.source}.{self.at.timestamp():.0f}"

    @property
    def subject(self) -> str:
        """One line."""
        return f"[{self.notice.state}] {self.notice.rule.says} ({self.source})"

    def as_json(self) -> bytes:
        """``{"type": "alert.firing", "timestamp": …, "data": {…}}``."""
        rule, notice = self.notice.rule, self.notice
        data = {
            "alert": rule.name,
            "severity": rule.severity,
            "says": rule.says,
            "remedy": rule.remedy,
            "value": notice.value,
            "bound": rule.bound,
            "source": self.source,
            "since": self.since.isoformat(timespec="seconds"),
        }
        at = self.at.isoformat(timespec="seconds")
        return orjson.dumps({"type": f"alert.{notice.state}", "timestamp": at, "data": data})

    def as_text(self) -> str:
        """For somebody's mailbox."""
        rule, notice = self.notice.rule, self.notice
        known = "unknown" if notice.value is None else f"{notice.value:.6g}"
        return (
            f"{rule.says}\n\n"
            f"What to do: {rule.remedy}\n\n"
            f"Alert: {rule.name} ({rule.severity})\n"
            f"State: {notice.state}, since {self.since:%Y-%m-%d %H:%M:%S} UTC\n"
            f"Value: {known}; bound: {'above' if rule.above is not None else 'below'} {rule.bound:g}\n"
            f"Process: {self.source}\n"
        )
