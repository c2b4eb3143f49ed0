"""The audit of a whole build: the findings of every page, new or reused, and what only all pages together show."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import orjson

from shopwright.catalog.faults import Fault, Severity
from shopwright.errors import AuditFailed
from shopwright.generation.manifest import Entry
from shopwright.generation.site import Site
from shopwright.seo.gate.page import Finding, check_alternates, check_links

PLACES_NAMED = 3


def audit(pages: Iterable[Entry], known: set[str], site: Site) -> list[Fault]:
    """The warnings of all pages, one per rule. Raises ``AuditFailed`` if a page breaks a rule of severity error."""
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    ordered = sorted(pages, key=lambda page: page.address)  # reused pages come in another order than new ones
    for finding in _findings(ordered, known, site):
        by_rule[finding.rule].append(finding)
    errors = {rule: found for rule, found in by_rule.items() if found[0].severity == "error"}
    if errors:
        lines = "; ".join(f"{rule}: {_places(found)}" for rule, found in sorted(errors.items()))
        raise AuditFailed(f"the pages break rules of the audit: {lines}.", remedy="See docs/reference/audit-rules.md.")
    return [
        Fault(f"page-{rule}", Severity.WARNING, f"{_places(found)}.", value=found[0].page)
        for rule, found in sorted(by_rule.items())
    ]


def _findings(pages: list[Entry], known: set[str], site: Site) -> Iterator[Finding]:
    origin = site.addresses(site.default_locale).origin
    titles: dict[tuple[str, str], str] = {}
    alternates = {}
    for page in pages:
        notes = orjson.loads(page.notes)
        yield from (Finding(page.address, rule, found) for rule, found in notes["findings"])
        yield from check_links(page.address, notes["links"], known)
        if notes["indexed"]:
            first = titles.setdefault((notes["lang"], notes["title"]), page.address)
            if first != page.address:
                yield Finding(page.address, "same-title", f"{notes['title']!r} is also the title of {first}")
        if notes["alternates"]:
            alternates[origin + page.address] = notes["alternates"]
    yield from check_alternates(alternates)


def _places(findings: list[Finding]) -> str:
    named = ", ".join(f"{finding.page} ({finding.found})" for finding in findings[:PLACES_NAMED])
    more = len(findings) - PLACES_NAMED
    return f"{named} and {more} more" if more > 0 else named
