"""The browser's half of ``shopwright audit``: what it is asked to look at, and what it says of it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import click

from shopwright.browser_audit.audit import audit_in_browser
from shopwright.browser_audit.findings import Finding
from shopwright.browser_audit.order import FULL, QUICK, BrowserOrder
from shopwright.browser_audit.report import BrowserReport, write_json, write_report
from shopwright.browser_audit.toolbox import prepare_toolbox
from shopwright.cli.counted import counted
from shopwright.errors import SettingsError
from shopwright.generation.manifest import site_base
from shopwright.settings import current_settings
from shopwright.storage.exchange import MARK


@dataclass(frozen=True, slots=True)
class BrowserRequest:
    """Options of the command. ``pages`` and ``locales`` are lists separated by commas; empty: all."""

    pages: str = ""
    locales: str = ""
    quick: bool = False
    save: Path | None = None


def look(site: Path, request: BrowserRequest) -> BrowserReport:
    """Look at a built site, keep the report in it, and write the statement's input where that was asked for.

    Raises ``BrowserAuditError``, ``SettingsError``, ``StorageError``.
    """
    if not (site / MARK).is_dir():
        raise SettingsError("there is no built store.", where=str(site), remedy="Run shopwright build first.")
    settings = current_settings()
    toolbox = prepare_toolbox(settings.cache, settings.chromium, _announce)
    order = BrowserOrder(
        site=site,
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        base=site_base(site),
        depth=QUICK if request.quick else FULL,
        kinds=_names(request.pages),
        locales=_names(request.locales),
    )
    report = audit_in_browser(order, toolbox, _announce)
    write_report(report, site)
    if request.save:
        write_json(request.save, report.statement())
    return report


def show(report: BrowserReport) -> None:
    """The report in lines: the first finding of each rule, scores, counts."""
    rules: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        rules[finding.severity, finding.tool, finding.rule].append(finding)
    for (severity, tool, rule), found in sorted(rules.items()):
        first = found[0]
        state = f" ({first.state})" if first.state else ""
        more = f" … and {len(found) - 1} more" if len(found) > 1 else ""
        click.echo(f"{severity}: {tool} {rule}: {first.page.address}{state}: {first.found[:300]}{more}")
    for score in report.scores:
        middle, worst = score.performance()
        rest = " ".join(f"{name} {score.worst(name)}" for name in ("accessibility", "best-practices", "seo"))
        click.echo(f"{score.page.address} {score.form}: performance {middle} (worst {worst}), {rest}")
    if report.busy:
        click.echo("The machine was busy: measure performance again.")
    looked = ", ".join(f"{tool} {number}" for tool, number in report.looked.items())
    errors = f"{counted(report.errors, 'error')}, {counted(len(report.findings) - report.errors, 'warning')}"
    click.echo(f"In the browser: {errors} on {counted(len(report.pages), 'page')} ({looked}).")


def _names(text: str) -> frozenset[str]:
    return frozenset(filter(None, (name.strip() for name in text.split(","))))


def _announce(what: str) -> None:
    click.echo(what, err=True)
