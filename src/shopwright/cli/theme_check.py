"""``shopwright theme check``: everything that is wrong with a theme, with the line it stands in."""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import click

from shopwright.asset_pipeline.tenant_cache import LOCAL_TENANT, TenantCache
from shopwright.audit.forms import Scalar
from shopwright.audit.record import Record, RecordSink
from shopwright.cli.recording import open_record_sink
from shopwright.generation.theme_check.check import Checked, check_theme
from shopwright.generation.theme_check.finding import Finding, excerpt, printable
from shopwright.generation.theme_check.sample import Means
from shopwright.settings import current_settings
from shopwright.template_engine.policy.allowed import POLICY_VERSION


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of the list.")
def check(folder: Path, as_json: bool) -> None:
    """List everything that is wrong with the theme in DIR: its description, templates, styles, scripts and pages.

    Ends with status 1 if anything must be corrected; warnings alone do not.
    """
    settings = current_settings()
    record = open_record_sink()
    cache = TenantCache.of(settings.cache, LOCAL_TENANT)
    checked = check_theme(folder, Means(cache, settings.workers, record))
    _record(checked, record)
    if as_json:
        findings = [finding.as_json() for finding in checked.findings]
        click.echo(json.dumps({"theme": checked.theme.name if checked.theme else None, "findings": findings}))
    else:
        tell_findings(checked, folder)
    sys.exit(1 if checked.errors else 0)


def _record(checked: Checked, record: RecordSink) -> None:
    about: dict[str, Scalar] = {"policy.version": POLICY_VERSION, "engine.version": version("shopwright")}
    if checked.theme is not None:
        about |= {"theme.name": checked.theme.name, "file.hash.sha256": checked.theme.digest}
    for (template, rule), found in sorted(_refused(checked).items()):
        where: dict[str, Scalar] = {"template.name": template, "template.line": found[0].line}
        fields = {**about, **where, "rule.name": rule, "rule.matches": len(found)}
        record(Record("template.refuse", "failure", rule, fields=fields))
    outcome = "failure" if checked.errors else "success"
    record(Record("template.check", outcome, fields={**about, "rule.matches": checked.errors}))


def _refused(checked: Checked) -> dict[tuple[str, str], list[Finding]]:
    """What a build would refuse, by template and rule."""
    refused: dict[tuple[str, str], list[Finding]] = {}
    for finding in checked.findings:
        if finding.refused:
            refused.setdefault((finding.file.partition("/")[2], finding.rule), []).append(finding)
    return refused


def tell_findings(checked: Checked, folder: Path) -> None:
    """Print each finding with the line it stands in, and how many there are."""
    for finding in checked.findings:
        place = f"{finding.file}, line {finding.line}" if finding.line else finding.file
        click.echo(printable(f"{place}: {finding.severity}: {finding.what} {finding.instead} [{finding.rule}]"))
        if shown := _excerpt(folder, finding):
            line, column = shown
            click.echo(f"    {line}\n    {' ' * column}^")
    warnings = len(checked.findings) - checked.errors
    counts = [
        f"{count} {word}{'s' * (count > 1)}"
        for count, word in ((checked.errors, "error"), (warnings, "warning"))
        if count
    ]
    click.echo(f"{folder}: {', '.join(counts) or 'nothing to correct'}.")


def _excerpt(folder: Path, finding: Finding) -> tuple[str, int] | None:
    path = folder / finding.file
    if not finding.line or not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
        return None
    return excerpt(finding, path.read_text("utf-8", "replace"))
