"""The verdict on a site: every finding counted, so many kept as a report can show, and whether it may be published."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from shopwright.catalog.waiver import Waiver
from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.feeds import feed_findings
from shopwright.seo.gate.join import Join
from shopwright.seo.gate.rules.every import RULES
from shopwright.seo.gate.rules.rule import Finding
from shopwright.seo.gate.share_pictures import share_findings
from shopwright.seo.gate.site_files import file_findings
from shopwright.seo.gate.waivers import Waivers

MOST_KEPT = 200
"""Findings of one rule that are kept whole; of the others only the number is known."""


@dataclass(slots=True)
class Verdict:
    """What the gate found in a site.

    ``kept`` holds findings by rule, ``counts`` how many there are of each, ``accepted`` the waivers that were used and
    for how many.
    """

    pages: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    waived: Counter[str] = field(default_factory=Counter)
    kept: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    accepted: list[tuple[Waiver, int]] = field(default_factory=list)

    def add(self, findings: Iterable[Finding], waivers: Waivers) -> None:
        """Count findings; those that are waived for themselves."""
        for finding in findings:
            if waivers.accept(finding):
                self.waived[finding.rule] += 1
                continue
            self.counts[finding.rule] += 1
            if len(self.kept[finding.rule]) < MOST_KEPT:
                self.kept[finding.rule].append(finding)

    def of(self, severity: str) -> Iterator[tuple[str, int]]:
        """(rule, number of findings) of a severity, the most frequent first."""
        return ((rule, count) for rule, count in self.counts.most_common() if RULES[rule].severity == severity)

    def total(self, severity: str) -> int:
        """How many findings there are of a severity."""
        return sum(count for _, count in self.of(severity))

    @property
    def passed(self) -> bool:
        """Whether no rule of severity error is broken."""
        return not any(True for _ in self.of("error"))

    def counted(self) -> dict[str, int]:
        """How many findings there are of each severity, and of those that are waived."""
        found = {severity: self.total(severity) for severity in ("error", "warning", "advice")}
        return {"rules": len(RULES), **found, "waived": sum(self.waived.values())}

    def as_json(self) -> dict[str, Any]:
        """The verdict as plain values, the same for the same site."""
        rules = {
            rule: {
                "severity": RULES[rule].severity,
                "count": self.counts[rule],
                "waived": self.waived[rule],
                "findings": [list(finding) for finding in sorted(self.kept.get(rule, ()))],
            }
            for rule in sorted({*self.counts, *self.waived})
        }
        accepted = [{**waiver.model_dump(mode="json"), "count": count} for waiver, count in self.accepted]
        return {
            "pages": self.pages,
            "passed": self.passed,
            "findings": self.counted(),
            "rules": rules,
            "accepted": accepted,
        }


def judge(site: BuiltSite, waivers: Waivers) -> Verdict:
    """Judge a whole site."""
    verdict = Verdict(pages=len(site.pages))
    for findings in (Join(site).findings(), file_findings(site), feed_findings(site), share_findings(site)):
        verdict.add(findings, waivers)
    verdict.add(waivers.findings(), waivers)
    verdict.accepted = waivers.used()
    return verdict
