"""Excerpts: the line of a page's HTML that a finding is about."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.rules.rule import Finding

_LENGTH = 240


def excerpts(findings: Iterable[Finding], site: BuiltSite) -> Mapping[Finding, str]:
    """What stands on the line of each finding that names one; findings come ordered by page."""
    quoted: dict[Finding, str] = {}
    for page, group in groupby(findings, key=lambda finding: finding.page):
        wanted = [finding for finding in group if finding.line]
        text = site.text(site.files.get(page, page)) if wanted else None
        lines = text.split("\n") if text else []
        for finding in wanted:
            if finding.line <= len(lines):
                quoted[finding] = _cut(lines[finding.line - 1], finding.what)
    return quoted


def _cut(line: str, what: str) -> str:
    """The part of a long line that names what was found, else its beginning."""
    line = line.strip()
    named = max((line.find(word) for word in (what, what.partition('"')[2].partition('"')[0]) if word), default=-1)
    start = max(named - _LENGTH // 3, 0)
    part = line[start : start + _LENGTH]
    return ("…" if start else "") + part + ("…" if start + _LENGTH < len(line) else "")
