"""What the check of a theme finds, and how it is shown."""

import re
from dataclasses import dataclass
from typing import Any, Literal

EXCERPT = 160
"""Most characters of a source line that are shown."""

Severity = Literal["error", "warning"]

_NAMED = re.compile(r"'([^']+)'|([\w.|-]+)(?=\(\))")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong with a theme.

    ``file`` is a name below the theme's folder, ``line`` counts from 1 (0: the file as a whole). ``rule`` is the name
    of the rule, ``what`` says what is wrong, ``instead`` what to do about it. An ``error`` must be corrected, a
    ``warning`` should be looked at. ``refused`` says that a build with the theme refuses the template for it.
    """

    file: str
    line: int
    rule: str
    what: str
    instead: str
    severity: Severity = "error"
    refused: bool = False

    def as_json(self) -> dict[str, Any]:
        """The object of ``shopwright theme check --json``."""
        return {
            "file": self.file,
            "line": self.line or None,
            "severity": self.severity,
            "rule": self.rule,
            "what": self.what,
            "instead": self.instead,
        }


def printable(text: str) -> str:
    """A text of a theme, or the name of a file of it, without what steers a terminal."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def excerpt(finding: Finding, source: str) -> tuple[str, int] | None:
    """The source line of a finding and the column to point at, from 0; none where there is no such line.

    It points at what the finding names, else at the first thing in the line.
    """
    lines = re.split(r"\r\n|\r|\n", source)
    if not 1 <= finding.line <= len(lines):
        return None
    line = "".join(letter if letter.isprintable() else " " for letter in lines[finding.line - 1])
    column = _column(finding.what, line)
    start = max(0, column - EXCERPT // 2) if len(line) > EXCERPT else 0
    return line[start : start + EXCERPT].rstrip(), column - start


def _column(what: str, line: str) -> int:
    for match in _NAMED.finditer(what):
        place = line.find(match[1] or match[2])
        if place >= 0:
            return place
    return len(line) - len(line.lstrip())
