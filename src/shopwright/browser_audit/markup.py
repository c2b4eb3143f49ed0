"""The Nu HTML Checker on many pages in one run: errors and warnings, as the specification's own checker sees them.

It asks for the pages as a browser does: their policies mean the host they come from, not files.
"""

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shopwright.browser_audit.findings import Finding, Findings, Severity
from shopwright.browser_audit.site_pages import SitePage
from shopwright.browser_audit.toolbox import Toolbox
from shopwright.errors import BrowserAuditError

SECONDS = 300

_OPTIONS = ("--format", "json", "--stdout", "--exit-zero-always")
_JAVA = (
    *(
        "-Xmx1g",
        "-Xss8m",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
    ),  # a short life: compile little, collect simply
    *("-Dnu.validator.servlet.allow-forbidden-hosts=true", "-Dnu.validator.servlet.allowed-address-type=all"),
)
_DATA_BLOCK = re.compile(r"<script type=\"application/(ld\+)?json\"")
_REFUSED = "Inline script violates Content Security Policy"


def check_markup(toolbox: Toolbox, pages: Mapping[str, SitePage]) -> Findings:
    """What the checker says of pages, which stand at the addresses that are their keys.

    Raises ``BrowserAuditError`` when it cannot be run.
    """
    for message in _messages(toolbox, list(pages)):
        page = pages.get(str(message.get("url", "")))
        severity = _severity(message)
        if page is None or severity is None:
            continue
        extract = " ".join(str(message.get("extract", "")).split())[:160]
        found = f"line {message.get('lastLine', '?')}: {message.get('message', '')} {extract}"
        yield Finding("markup", "nu", severity, page, "", found.strip())


def _severity(message: Mapping[str, Any]) -> Severity | None:
    """None for mere information, and for a data block taken for a script: no policy stops those (HTML, 4.12.1)."""
    text, extract = str(message.get("message", "")), str(message.get("extract", ""))
    if text.startswith(_REFUSED) and _DATA_BLOCK.search(extract):
        return None
    if message.get("type") in ("error", "non-document-error"):
        return "error"
    return "warning" if message.get("subType") == "warning" else None


def _messages(toolbox: Toolbox, addresses: list[str]) -> list[dict[str, Any]]:
    command: list[str | Path] = [toolbox.java, *_JAVA, "-jar", toolbox.checker, *_OPTIONS, *addresses]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
        messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError) as error:
        what = f"the Nu HTML Checker did not run: {str(error)[:300]}"
        raise BrowserAuditError(what, where=str(toolbox.java)) from error
    return messages
