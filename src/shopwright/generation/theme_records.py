"""The audit records of a build's theme: checked or refused, rendered, activated (requirement T6)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

from shopwright.audit.forms import Scalar
from shopwright.audit.record import Record, RecordSink
from shopwright.errors import TemplateRefused
from shopwright.template_engine.inspection import refusals_of
from shopwright.template_engine.policy.allowed import POLICY_VERSION
from shopwright.template_engine.theme import Theme

Json = dict[str, Any]


class ThemeRecords:
    """Makes the records of one theme in one build, and hands them to a sink; without one they are forgotten."""

    def __init__(self, theme: Theme, tenant: str, sink: RecordSink | None) -> None:
        self._theme = theme
        self._tenant = tenant
        self._sink = sink
        self._active = False

    @contextmanager
    def checking(self) -> Iterator[None]:
        """Record how a check of the theme's own templates ends."""
        try:
            yield
        except TemplateRefused:
            self._refused()
            raise
        self._keep("template.check", {"template.count": len(self._theme.own)})

    def _refused(self) -> None:
        """One record for each rule that a template breaks."""
        lines: dict[tuple[str, str], list[int]] = {}
        for refusal in refusals_of(self._theme):
            lines.setdefault((refusal.template, refusal.rule), []).append(refusal.line)
        for (template, rule), found in sorted(lines.items()):
            where: dict[str, Scalar] = {"template.name": template, "template.line": min(found)}
            self._keep(
                "template.refuse",
                {**where, "rule.name": rule, "rule.matches": len(found)},
                outcome="failure",
                reason=rule,
            )

    def rendered(self, pages: int, size: int) -> None:
        """Record what a theme that is not confined rendered: pages, and their bytes."""
        if self._theme.builtin and pages:
            self._keep("template.render", {"render.pages": pages, "render.bytes": size})

    def activated(self) -> None:
        """Record, once, that the theme becomes the store's: before it does, so that none is without its record."""
        if not self._active:
            self._active = True
            self._keep("template.activate", {})

    def pass_on(self, records: list[Json]) -> None:
        """Keep the records of a page worker (``packed``)."""
        if self._sink is None:
            return
        for record in records:
            at = dt.datetime.fromisoformat(record["at"])
            self._sink(Record(**{**record, "at": at}, tenant=self._tenant))

    def _keep(self, action: str, fields: Mapping[str, Scalar], outcome: str = "success", reason: str = "") -> None:
        if self._sink is None:
            return
        shared: dict[str, Scalar] = {
            "theme.name": self._theme.name,
            "file.hash.sha256": self._theme.digest,
            "policy.version": POLICY_VERSION,
            "engine.version": version("shopwright"),
        }
        self._sink(Record(action, outcome, reason, tenant=self._tenant, fields={**shared, **fields}))


def packed(record: Record) -> Json:
    """A record as a page worker sends it to its build, which knows the tenant."""
    named = {"action": record.action, "outcome": record.outcome, "reason": record.reason}
    return {**named, "fields": dict(record.fields), "at": record.at.isoformat()}
