"""``shopwright audit``: a built site is looked at again, from its files alone, and in a browser."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import click

from shopwright.cli.audit_browser import BrowserRequest, look, show
from shopwright.cli.audit_files import FileAudit, audit_files
from shopwright.storage.exchange import storing


@click.command()
@click.argument("site", type=click.Path(path_type=Path))
@click.option("--browser", is_flag=True, help="Look at the pages in a browser too.")
@click.option("--pages", default="", metavar="KINDS", help="In the browser only these kinds of pages: home,product,…")
@click.option("--locales", default="", metavar="LIST", help="In the browser only these languages: en,de.")
@click.option("--quick", is_flag=True, help="In the browser only a sample: one language, one run of Lighthouse.")
@click.option("--save", type=click.Path(path_type=Path), help="Write the input of the accessibility statement here.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--html", type=click.Path(path_type=Path), help="Write the report as a page here.")
def audit(
    site: Path,
    browser: bool,
    pages: str,
    locales: str,
    quick: bool,
    save: Path | None,
    as_json: bool,
    html: Path | None,
) -> None:
    """Audit SITE, a folder made by shopwright build.

    Every page and file is read again; nothing the build remembers is believed. The exit status is 1 when a finding is
    an error.
    """
    seen = audit_files(site, dt.datetime.now(dt.UTC).date())
    report = look(site, BrowserRequest(pages, locales, quick, save)) if browser else None
    looked = report.as_json() if report else None
    if as_json:
        click.echo(json.dumps(_joined(seen, looked), ensure_ascii=False))
    else:
        seen.show()
        if report:
            show(report)
    if html:
        with storing(str(html)):
            html.write_text(seen.page(looked), encoding="utf-8")
    if not seen.verdict.passed or (report and report.errors):
        raise SystemExit(1)


def _joined(seen: FileAudit, looked: dict[str, Any] | None) -> dict[str, Any]:
    return {**seen.verdict.as_json(), **({"browser": looked} if looked else {})}
