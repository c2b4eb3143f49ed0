"""Waivers: findings that the store's people know of and accept until a day."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from shopwright.catalog.waiver import Waiver
from shopwright.seo.gate.robots_file import means
from shopwright.seo.gate.rules.every import RULES
from shopwright.seo.gate.rules.rule import Finding

WHERE = "store.yaml"


class Waivers:
    """The waivers of a store on a day."""

    def __init__(self, waivers: Iterable[Waiver], today: dt.date) -> None:
        self._waivers = list(waivers)
        self._today = today
        self._used: Counter[Waiver] = Counter()
        self._good = [waiver for waiver in self._waivers if not _fault(waiver, today)]

    def accept(self, finding: Finding) -> bool:
        """Whether a finding is waived."""
        for waiver in self._good:
            if waiver.rule == finding.rule and means(f"{waiver.pages}$", finding.page):
                self._used[waiver] += 1
                return True
        return False

    def used(self) -> list[tuple[Waiver, int]]:
        """Each waiver that accepted something, in the order of store.yaml, and how many findings."""
        return [(waiver, self._used[waiver]) for waiver in self._waivers if waiver in self._used]

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the waivers themselves; to be asked when every other finding is known."""
        for waiver in self._waivers:
            fault = _fault(waiver, self._today)
            said = f"{waiver.rule} on {waiver.pages}"
            if fault:
                yield Finding(WHERE, "bad-waiver", f"{said} {fault}")
            elif waiver not in self._used:
                yield Finding(WHERE, "unused-waiver", said)


def _fault(waiver: Waiver, today: dt.date) -> str:
    rule = RULES.get(waiver.rule)
    if rule is None:
        return "is no rule"
    if rule.security and rule.severity == "error":
        return "is a rule of security, which cannot be waived"
    return f"has ended on {waiver.until}" if waiver.until < today else ""
