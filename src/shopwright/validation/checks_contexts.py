"""Checks of what stands in a page as text, as markup and as an address."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from shopwright.catalog.rich_text import ALLOWED_TAGS, sanitise
from shopwright.template_engine.contexts.lint import lint_contexts
from shopwright.template_engine.functions import NOWHERE, url
from shopwright.template_engine.theme import builtin_themes, load_theme
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check
from shopwright.validation.suite import run_suite

PAYLOADS = "tests/security/data/xss"
TEXT_TESTS = ("tests/security/test_context_lint.py", "tests/security/test_xss.py")
XSS_TESTS = ("tests/security/test_xss.py", "tests/browser/test_xss.py")
"""Tests of cross-site scripting in every context, by a parser and in Chromium."""

_ALLOWED = re.compile(rf"</?(?:{'|'.join(sorted(ALLOWED_TAGS))})>")
_ADDRESS = re.compile(r'\s(?:href|src|action|formaction|poster)="([^"]*)"')
_TWICE = re.compile(r"&amp;(?:amp|lt|gt|quot|#3[49]);")


@check("T3")
def texts(checkout: Checkout) -> Result:
    """Attack texts become clean rich text, every page is escaped once and its addresses pass, templates are checked."""
    payloads = list(_payloads(checkout.root / PAYLOADS))
    clean = sum("<" not in _ALLOWED.sub("", sanitise(text)) for text in payloads)
    twice, addresses, unfit = _read(checkout.example)
    templates, refused = _builtin_templates()
    suite = run_suite(checkout.root, checkout.work, *TEXT_TESTS)
    return Result(
        f"{clean} of {len(payloads)} attack texts sanitised; in the example {twice} texts escaped twice, {unfit} of "
        f"{addresses:,} addresses unfit; {refused} refusals in {templates} templates; {suite}",
        passed=clean == len(payloads) > 0 and addresses > 0 and not (twice or unfit or refused) and suite.whole,
    )


def _payloads(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.txt")):
        yield from filter(None, file.read_text("utf-8").split("\n"))


def _read(site: Path) -> tuple[int, int, int]:
    """What the site's pages hold: references escaped once more, addresses, and those that must not stand in a page."""
    twice = addresses = unfit = 0
    for file in site.rglob("*.html"):
        html = file.read_text("utf-8")
        found = [unescape(address) for address in _ADDRESS.findall(html)]
        twice += len(_TWICE.findall(html))
        addresses += len(found)
        unfit += sum(url(address) == NOWHERE != address for address in found)
    return twice, addresses, unfit


def _builtin_templates() -> tuple[int, int]:
    """How many templates the built-in themes have, and how much of them is refused."""
    themes = [load_theme(name).templates for name in builtin_themes()]
    return sum(map(len, themes)), sum(len(lint_contexts(theme, theme)) for theme in themes)
