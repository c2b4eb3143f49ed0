"""The check of a theme at work: every page of the sample stores is rendered once and looked at."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from shopwright.asset_pipeline.tenant_cache import TenantCache
from shopwright.audit.record import RecordSink
from shopwright.catalog.faults import Report
from shopwright.errors import ThemeError
from shopwright.generation.gather import make_cards
from shopwright.generation.plan import Plan
from shopwright.generation.press import Press
from shopwright.generation.publishing import theme_files
from shopwright.generation.setup import draw_site
from shopwright.generation.showcase.stage import Stocked, stock
from shopwright.generation.showcase.stores import DATE, sample_stores
from shopwright.generation.theme_check.finding import Finding, Severity
from shopwright.seo.gate.page import inspect
from shopwright.seo.gate.rules.every import RULES
from shopwright.template_engine.theme import Theme

Json = dict[str, Any]

LOCALES = ("en", "ar")
"""What pages are rendered in: one language from left to right, one from right to left."""
_PLACE = re.compile(r"(.+?)(?:, line (\d+))?")
_RULES_PAGE = "docs/reference/audit-rules.md says what the rule asks for."


@dataclass(frozen=True, slots=True)
class Means:
    """What rendering a sample takes: a cache for its pictures, processes to make them with, and who is told of it."""

    cache: TenantCache
    workers: int
    record: RecordSink | None = None


def check_pages(theme: Theme, name_or_folder: str, means: Means) -> list[Finding]:
    """What is wrong with the pages a theme makes, each thing once, however many pages have it."""
    found: dict[tuple[str, int, str], Finding] = {}
    with tempfile.TemporaryDirectory(prefix="shopwright-") as scratch:
        for sample in sample_stores():
            stocked = stock(sample, Path(scratch) / sample.name, means.cache, means.workers)
            with closing(stocked.spool):
                for finding in _check_store(theme, name_or_folder, stocked, means):
                    found.setdefault((finding.file, finding.line, finding.rule), finding)
    return list(found.values())


def _check_store(theme: Theme, name_or_folder: str, stocked: Stocked, means: Means) -> Iterator[Finding]:
    try:
        made = theme_files(theme, stocked.store, means.cache.folder)
    except ThemeError as error:
        yield theme_finding(error)
        return
    site = draw_site(
        stocked.store,
        stocked.spool,
        made,
        theme=theme,
        theme_name=name_or_folder,
        url="https://sample.example",
        date=DATE,
    )
    with closing(Press(site, theme, means.record)) as press:
        overview = make_cards(stocked.spool, press.editions, Report())
        for job in Plan(stocked.spool, site, press.editions, overview):
            for locale in LOCALES:
                address = job.addresses.get(locale, "")
                if address.endswith(("/", ".html")):
                    yield from _check_page(press, orjson.loads(job.payload), locale, address)


def _check_page(press: Press, job: Json, locale: str, address: str) -> Iterator[Finding]:
    try:
        html = press.render(job, locale).decode()
    except ThemeError as error:
        yield theme_finding(error)
        return
    seen = inspect(html, address)
    for rule, what, line in seen.findings:
        if RULES[rule].severity == "advice":
            continue
        said = f"The page {address} breaks {rule} on line {line}: {what[:200]}."
        severity: Severity = "error" if RULES[rule].severity == "error" else "warning"
        yield Finding(f"templates/{job['kind']}.html", 0, rule, said, _RULES_PAGE, severity)


def theme_finding(error: ThemeError) -> Finding:
    """What a ``ThemeError`` says, as a finding: its place is a template with a line, or a file."""
    place = _PLACE.fullmatch(error.where)
    name, line = (place[1], int(place[2] or 0)) if place else ("theme.yaml", 0)
    rendered = name.endswith(".html") and not Path(name).is_absolute()
    file, rule = (f"templates/{name}", "render") if rendered else (name, "theme")
    return Finding(file, line, rule, error.what, error.remedy)
