"""The half of ``shopwright audit`` that reads files: every rule of ``docs/reference/audit-rules.md``."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from shopwright.browser_audit.gauges import section
from shopwright.cli.counted import counted
from shopwright.generation.audit_report.page import report_page
from shopwright.generation.reaudit import audit_folder
from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.verdict import Verdict

SHOWN = 3


@dataclass(frozen=True, slots=True)
class FileAudit:
    """What the files of a built site say."""

    site: BuiltSite
    verdict: Verdict

    def show(self) -> None:
        """Errors and warnings by rule, with their first places, then the counts."""
        for severity in ("error", "warning"):
            for rule, count in self.verdict.of(severity):
                click.echo(f"{severity}: {rule} × {count:,}")
                for finding in sorted(self.verdict.kept[rule])[:SHOWN]:
                    line = f":{finding.line}" if finding.line else ""
                    click.echo(f"  {finding.page}{line} {finding.what}".rstrip())
        found = self.verdict.counted()
        advice = counted(found["advice"], "piece of advice", "pieces of advice")
        click.echo(
            f"{counted(self.verdict.pages, 'page')}, {found['rules']} rules: {counted(found['error'], 'error')}, "
            f"{counted(found['warning'], 'warning')}, {advice}, {found['waived']:,} waived."
        )

    def page(self, browser: dict[str, Any] | None) -> str:
        """The report as a page, with what a browser saw where it was asked."""
        return report_page(self.verdict, self.site, self.site.origin or "the site", section(browser) if browser else "")


def audit_files(site: Path, today: dt.date) -> FileAudit:
    """Audit a built site as of a day. Raises ``StorageError``."""
    return FileAudit(*audit_folder(site, today))
