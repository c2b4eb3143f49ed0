"""Checks of what stops the templates of a theme that nobody has to trust."""

import re
from collections.abc import Iterator
from pathlib import Path

from shopwright.errors import ThemeError
from shopwright.template_engine.api import THEME_FUNCTIONS
from shopwright.template_engine.engine import get_template, render
from shopwright.template_engine.metering.environment import make_metered_environment
from shopwright.template_engine.policy.check import check_policy
from shopwright.template_engine.theme import builtin_themes, load_theme
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check
from shopwright.validation.suite import run_suite

PAYLOADS = "tests/security/data/ssti"
INJECTION_TESTS = ("tests/security/test_injection_corpus.py", "tests/security/test_historic_escapes.py")
SECURITY_TESTS = ("tests/security",)
"""Cross-site scripting in every context, injection, input validation, limits, confinement."""
BENCHMARKS = ("benchmarks/security.py", "benchmarks/rendering.py")

_LEAK = re.compile(r"0x[0-9a-f]{6,}|&lt;(?:function|built-in|class|module)|uid=")
"""What only an escape could show: an address, an object's name, the answer of a command."""


@check("T4")
def injection(checkout: Checkout) -> Result:
    """Every attack of our collection is refused or shows nothing; the built-in themes need no exception."""
    payloads = list(_payloads(checkout.root / PAYLOADS))
    refused = [payload for payload in payloads if _is_refused(payload)]
    leaks = sum(bool(_LEAK.search(_shown(payload))) for payload in payloads)
    exceptions = sum(map(_refusals, builtin_themes()))
    suite = run_suite(checkout.root, checkout.work, *INJECTION_TESTS)
    return Result(
        f"{len(refused)} of {len(payloads)} attacks refused before they are rendered, {leaks} leak without the policy; "
        f"{exceptions} refusals in the built-in themes; {suite}",
        passed=bool(refused) and not leaks and not exceptions and suite.passed > 0 and not suite.failed,
    )


@check("T10")
def security_tests(checkout: Checkout) -> Result:
    """The tests of security pass, and the benchmarks are there."""
    suite = run_suite(checkout.root, checkout.work, *SECURITY_TESTS)
    benchmarks = sum((checkout.root / name).is_file() for name in BENCHMARKS)
    return Result(
        f"{suite} of security, {benchmarks} of {len(BENCHMARKS)} benchmarks",
        passed=suite.passed > 0 and not suite.failed and benchmarks == len(BENCHMARKS),
    )


def _payloads(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.txt")):
        yield from filter(None, file.read_text("utf-8").split("\n"))


def _is_refused(payload: str) -> bool:
    return bool(check_policy({"page.html": payload}, ["page.html"], THEME_FUNCTIONS))


def _shown(payload: str) -> str:
    """What a page of this text shows when it is metered but not checked; nothing where it ends with an error."""
    try:
        environment = make_metered_environment({"page.html": payload})
        return render(get_template(environment, "page.html"), {"page": {"title": "A"}}).replace(payload, "")
    except ThemeError:
        return ""


def _refusals(name: str) -> int:
    theme = load_theme(name)
    return len(check_policy(theme.templates, theme.templates.keys(), THEME_FUNCTIONS))
