"""What a rule is, and what is found where one is broken."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "advice"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing the gate asks for.

    An ``error`` keeps the site from being replaced, a ``warning`` is listed, an ``advice`` only stands in the report.
    ``stands_for`` names where the rule comes from: a success criterion of WCAG 2.2, a standard, or Google's
    documentation. A ``security`` rule cannot be waived.
    """

    id: str
    severity: Severity
    what: str
    remedy: str
    stands_for: str
    security: bool = False


class Found(NamedTuple):
    """A rule that a page breaks: what exactly was found, and on which line of its HTML (0 for the page as a whole)."""

    rule: str
    what: str
    line: int = 0


class Finding(NamedTuple):
    """A rule that is broken in a site: the page's address or the file's name, what was found, and on which line."""

    page: str
    rule: str
    what: str
    line: int = 0
