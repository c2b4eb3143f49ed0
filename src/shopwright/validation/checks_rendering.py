"""Checks on rendering: what the engine is set up for, what it refuses, where it stops, how fast it is."""

import asyncio
import datetime as dt
import json
import math
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from shopwright.errors import BuildError, ContextRefused, RenderLimitHit, TemplateRefused, ThemeError
from shopwright.performance.command import measure_command
from shopwright.template_engine.confinement.lockdown import confinement_level
from shopwright.template_engine.confinement.pages import ConfinedPages
from shopwright.template_engine.confinement.spawn import Zygotes
from shopwright.template_engine.context import validate_context
from shopwright.template_engine.engine import make_environment
from shopwright.template_engine.pages import Pages
from shopwright.template_engine.secure import TemplateEngine
from shopwright.template_engine.theme import MAX_FILE_BYTES, Theme, load_theme
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

FACTS = {"en": {"site": {"currency": "EUR"}, "site_data": {}, "texts": {}}}

_LOOP = (
    "{% for n in [1, 2, 3, 4] %}{% if n == 2 %}{% continue %}{% endif %}{% if n == 4 %}{% break %}{% endif %}{{ n }}"
    "{% endfor %}"
)
SHOWN = {
    "autoescape": ("{{ '<&>' }}", "&lt;&amp;&gt;"),
    "trim_blocks and lstrip_blocks": ("a\n  {% if true %}\nb\n  {% endif %}\nc", "a\nb\nc"),
    "do": ("{% do collect('x', 1) %}{{ collected('x')|length }}", "1"),
    "loop controls": (_LOOP, "13"),
}
"""What the engine is set up for: a template that shows it, and the page it must give."""

REFUSED: Mapping[str, object] = {
    "value": object(),
    "value.file": {"file": Path("/etc/passwd")},
    "value.__class__": {"__class__": 1},
    "value._private": {"_private": 1},
    "value.7": {7: 1},
    "value.list[1].deep": {"list": [0, {"deep": dt.date(2026, 1, 1)}]},
    "value.number": {"number": math.nan},
    "value.integer": {"integer": 2**63},
    "value.text": {"text": "x" * 1_000_001},
    "value.half": {"half": "\ud800"},
    "value.url": {"url": "javascript:alert(1)"},
    "value.tuple": {"tuple": (1, 2)},
    "value.call": {"call": print},
}
"""What no template may be given, by its path."""

STOPPED = {
    "fuel": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "output": "{% set text = '€' * 900000 %}{{ text }}{{ text }}",
}
UNMETERED = {"memory": "{% set text = 'x' * 60000000 %}", "time": "{% set n = 10 ** (10 ** 8) %}"}
"""What must be stopped where metering does not: its workers are those of the tests, since no others do not meter."""

MOST_MS = 100.0
LEAST_HITS = 0.9


def theme_of(templates: Mapping[str, str]) -> Theme:
    """A theme nobody trusts, with these templates by their names without ``.html``."""
    named = {f"{name.replace(' ', '_')}.html": source for name, source in templates.items()}
    return replace(load_theme("meridian"), builtin=False, templates=named, own=frozenset(named))


@check("T1")
def engine(_: Checkout) -> Result:
    """Every option shows in a page, here and through the async entry point; what the sandbox forbids is refused."""
    theme = theme_of({name: source for name, (source, _) in SHOWN.items()})
    wanted = {name: page for name, (_, page) in zip(theme.templates, SHOWN.values(), strict=True)}
    pages = Pages(make_environment(theme.templates), FACTS)
    shown = sum(pages.html(name, "en", {}) == page for name, page in wanted.items())
    confined = asyncio.run(_through_engine(theme))
    shown += sum(confined[name] == page for name, page in wanted.items())
    strict = _raises(ThemeError, lambda: _page({"page": "{{ missing }}"}))
    sandboxed = _raises(ThemeError, lambda: _page({"page": "{{ ''.__class__.__mro__ }}"}))
    refused = _raises(TemplateRefused, lambda: asyncio.run(_through_engine(theme_of({"page": "{{ ''.__class__ }}"}))))
    return Result(
        f"{shown} of {2 * len(wanted)} options show, in this process and through the async entry point; "
        f"StrictUndefined: {strict}, sandbox: {sandboxed}, refused before it renders: {refused}",
        passed=shown == 2 * len(wanted) and strict and sandboxed and refused,
    )


async def _through_engine(theme: Theme) -> dict[str, str]:
    async with TemplateEngine(theme, FACTS) as opened:
        return {name: (await opened.render(name, {}, locale="en")).html for name in theme.templates}


def _page(templates: Mapping[str, str]) -> str:
    return Pages(make_environment(theme_of(templates).templates), FACTS).html("page.html", "en", {})


def _raises(kind: type[Exception], work: Callable[[], object]) -> bool:
    try:
        work()
    except kind:
        return True
    return False


@check("T2")
def contexts(_: Checkout) -> Result:
    """Whatever is not plain data within bounds is refused, with the path of the value."""
    refused = sum(_refused_at({"value": value}) == path for path, value in REFUSED.items())
    names = sum(_refused_at({name: 1}) == name for name in ("__class__", "_x", "a-b", "1a"))
    accepted = not _raises(ContextRefused, lambda: validate_context({"product": {"title": "A", "variants": [1, 2.5]}}))
    most = len(REFUSED) + 4
    return Result(
        f"{refused + names} of {most} unsafe keys and values refused with their path; plain data accepted: {accepted}",
        passed=refused + names == most and accepted,
    )


def _refused_at(context: Mapping[str, Any]) -> str:
    try:
        validate_context(context)
    except ContextRefused as refusal:
        return refusal.where
    return "accepted"


class _Unmetered(Zygotes):
    """Workers of the tests, which are confined and do not meter."""

    program = "tests.security.unmetered_zygote"


@check("T5")
def limits(checkout: Checkout) -> Result:
    """Each limit stops what exceeds it, from outside where it must be; after each the next page renders."""
    stopped = {"source": _refuses_source(checkout.work)}
    with ConfinedPages(theme_of({**STOPPED, "page": "fine"}), FACTS) as pages:
        stopped |= {name: _stops(pages, name) for name in STOPPED}
    sys.path.append(str(checkout.root))  # workers get this process's path
    try:
        with (
            _Unmetered() as zygotes,
            ConfinedPages(theme_of({**UNMETERED, "page": "fine"}), FACTS, zygotes=zygotes) as pages,
        ):
            stopped["memory"] = _stops(pages, "memory")
            started = time.monotonic()
            stopped["time"] = _stops(pages, "time")
            seconds = time.monotonic() - started
    finally:
        sys.path.remove(str(checkout.root))
    level = confinement_level()
    return Result(
        f"{sum(stopped.values())} of {len(stopped)} limits stop ({', '.join(stopped)}), "
        f"the kill after {seconds:.2f} s, and the next page renders. {level}",
        passed=all(stopped.values()) and level.complete,
    )


def _refuses_source(folder: Path) -> bool:
    theme = folder / "large-theme"
    (theme / "templates").mkdir(parents=True, exist_ok=True)
    (theme / "theme.yaml").write_text("name: large\ntitle: Large\nextends: meridian\n")
    (theme / "templates" / "page.html").write_text("x" * (MAX_FILE_BYTES + 1))
    return _raises(ThemeError, lambda: load_theme(str(theme)))


def _stops(pages: ConfinedPages, name: str) -> bool:
    stopped = _raises(RenderLimitHit, lambda: pages.html(f"{name}.html", "en", {}))
    return stopped and pages.html("page.html", "en", {}) == "fine"


@check("T8")
def speed(checkout: Checkout) -> Result:
    """The benchmark of rendering: real pages of a built-in theme, alone and a hundred at once."""
    command = [sys.executable, "-m", "benchmarks.rendering", "--times", "100", "--rounds", "3"]
    measured = measure_command([*command, "--results", str(checkout.work)], folder=checkout.root)
    if measured.status != 0:
        last = (measured.errors.strip() or "it printed nothing").splitlines()[-1]
        raise BuildError(f"the benchmark ended with status {measured.status}: {last}", where="benchmarks/rendering.py")
    report = json.loads((checkout.work / "rendering.json").read_text())
    rows = {row["measured"]: row for row in report["rows"]}
    pages = [row["p99"] for name, row in rows.items() if "card" in name or "product page, " in name]
    together, hits = rows["100 at once"], report["template_hits"]
    return Result(
        f"a page in at most {max(pages):.1f} ms (p99, {len(pages)} ways), {hits:.1%} of templates compiled before, "
        f"100 at once in {together['p50']:.0f} ms (p50) and {together['p99']:.0f} ms (p99), "
        f"load {report['machine']['load'][0]}",
        passed=max(pages) < MOST_MS and hits > LEAST_HITS,
    )
