"""The audit records of a build's theme: checked or refused, rendered, activated (requirement T6)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

from shopwright.audit.record import Record, RecordSink, Scalar
from shopwright.errors import TemplateRefused
from shopwright.template_engine.policy.allowed import POLICY_VERSION
from shopwright.template_engine.theme import Theme

Json = dict[str, Any]


class ThemeRecords:
    """Makes the records of one theme in one build, and hands them to a sink; without one they are forgotten."""

    def __init__(self, theme: Theme, tenant: str, sink: RecordSink | None) -> None:
        self._theme = theme
        self._tenant = tenant
        self._sink = sink

    @contextmanager
    def checking(self) -> Iterator[None]:
        """Record how a check of the theme's own templates ends."""
        try:
            yield
        except TemplateRefused:
            self._keep("template.refuse", {}, outcome="failure")
            raise
        self._keep("template.check", {"template.count": len(self._theme.own)})

    def rendered(self, pages: int, size: int) -> None:
        """Record what a theme that is not confined rendered: pages, and their bytes."""
        if self._theme.builtin and pages:
            self._keep("template.render", {"render.pages": pages, "render.bytes": size})

    def activated(self) -> None:
        """Record that the theme is the store's now."""
        self._keep("template.activate", {})

    def pass_on(self, records: list[Json]) -> None:
        """Keep the records of a page worker (``packed``)."""
        if self._sink is None:
            return
        for record in records:
            at = dt.datetime.fromisoformat(record["at"])
            self._sink(Record(**{**record, "at": at}, tenant=self._tenant))

    def _keep(self, action: str, fields: Mapping[str, Scalar], outcome: str = "success") -> None:
        if self._sink is None:
            return
        shared: dict[str, Scalar] = {
            "theme.name": self._theme.name,
            "file.hash.sha256": self._theme.digest,
            "policy.version": POLICY_VERSION,
            "engine.version": version("shopwright"),
        }
        self._sink(Record(action, outcome, tenant=self._tenant, fields={**shared, **fields}))


def packed(record: Record) -> Json:
    """A record as a page worker sends it to its build, which knows the tenant."""
    named = {"action": record.action, "outcome": record.outcome, "reason": record.reason}
    return {**named, "fields": dict(record.fields), "at": record.at.isoformat()}
