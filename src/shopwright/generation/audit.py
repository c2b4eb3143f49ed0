"""The audit of a whole build: what every page, new or reused, was found to break, and what only all together show."""

import datetime as dt
from collections.abc import Iterable

from shopwright.catalog.faults import Fault, Severity
from shopwright.catalog.waiver import Waiver
from shopwright.errors import AuditFailed
from shopwright.generation.audit_record import record_bytes
from shopwright.generation.audit_report.page import report_page
from shopwright.generation.printing import Printing
from shopwright.generation.site import Site
from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.facts import decoded
from shopwright.seo.gate.rules.every import RULES
from shopwright.seo.gate.rules.rule import Finding
from shopwright.seo.gate.verdict import Verdict, judge
from shopwright.seo.gate.waivers import Waivers
from shopwright.storage.exchange import MARK

RECORD = f"{MARK}/audit.json"
REPORT = f"{MARK}/audit.html"
PLACES_NAMED = 3


def audit(printing: Printing, site: Site, waivers: Iterable[Waiver]) -> Verdict:
    """Judge a build and keep the record with it. Raises ``AuditFailed`` if a rule of severity error is broken."""
    built = _built(printing, site)
    verdict = judge(built, Waivers(waivers, dt.datetime.fromisoformat(site.instant).date()))
    if not verdict.passed:
        raise AuditFailed(
            f"the pages break rules of the audit: {_broken(verdict)}.", remedy="See docs/reference/audit-rules.md."
        )
    record = record_bytes(verdict, printing.digests(), site.instant, waivers)
    printing.keep(RECORD, [record])
    printing.keep(REPORT, [report_page(verdict, built, str(site.store["name"])).encode()])
    return verdict


def _built(printing: Printing, site: Site) -> BuiltSite:
    at = site.addresses(site.default_locale)
    pages = {decoded(entry.address): entry.notes for entry in printing.pages()}
    files = {decoded(address): file for address, file in printing.files_by_address()}
    return BuiltSite(pages, files, printing.place, at.origin, at.base)


def warnings(verdict: Verdict) -> list[Fault]:
    """One fault for each rule of severity warning that is broken."""
    return [
        Fault(f"page-{rule}", Severity.WARNING, f"{_places(verdict, rule)}.", value=verdict.kept[rule][0].page)
        for rule, _ in sorted(verdict.of("warning"))
    ]


def _broken(verdict: Verdict) -> str:
    return "; ".join(f"{rule}: {_places(verdict, rule)}" for rule, _ in sorted(verdict.of("error")))


def _places(verdict: Verdict, rule: str) -> str:
    named = ", ".join(map(_place, verdict.kept[rule][:PLACES_NAMED]))
    more = verdict.counts[rule] - PLACES_NAMED
    return f"{named} and {more} more" if more > 0 else named


def _place(finding: Finding) -> str:
    line = f", line {finding.line}" if finding.line else ""
    said = finding.what or RULES[finding.rule].what
    return f"{finding.page}{line} ({said})"
