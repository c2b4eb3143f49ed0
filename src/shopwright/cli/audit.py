"""``shopwright audit``: a built site is looked at again, and in a browser."""

import json
from pathlib import Path

import click

from shopwright.browser_audit.gauges import whole_page
from shopwright.cli.audit_browser import BrowserRequest, look, show
from shopwright.errors import StorageError


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

    The exit status is 1 when a finding is an error.
    """
    if not browser:
        raise click.UsageError("Say --browser.")
    report = look(site, BrowserRequest(pages, locales, quick, save))
    if as_json:
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        show(report)
    if html:
        _write(html, whole_page(report.as_json()))
    raise SystemExit(1 if report.errors else 0)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"the report cannot be written: {error.strerror}.", where=str(path)) from error
