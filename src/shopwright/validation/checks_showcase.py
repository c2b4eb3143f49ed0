"""The check on the showcase: that every built-in theme and template can be looked at."""

from pathlib import Path

from shopwright.generation.showcase.build import ShowcaseOrder, build_showcase
from shopwright.seo.gate.page import inspect
from shopwright.seo.gate.rules.every import RULES
from shopwright.template_engine.theme import builtin_themes, load_theme
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

WORKERS = 2


@check("T9")
def showcase(checkout: Checkout) -> Result:
    """Every template of every built-in theme is shown in its states, each state by a page that is there and whole."""
    out = checkout.work / "showcase"
    order = ShowcaseOrder(out, checkout.work / "cache", WORKERS)
    made = build_showcase(order, lambda _name: None)
    wanted = {(theme, name) for theme in builtin_themes() for name in load_theme(theme).templates}
    shown = {(chapter.name, entry.name) for chapter in made.chapters for entry in chapter.entries if entry.shown}
    frames = [
        address
        for chapter in made.chapters
        for entry in chapter.entries
        for each in entry.shown
        for address in each.frames.values()
    ]
    there = [address for address in frames if _page(out, address).is_file()]
    broken = [path for path in sorted((out / "themes").rglob("*.html")) if _breaks_a_rule(path)]
    figure = (
        f"{len(wanted & shown)} of {len(wanted)} templates of {len(made.chapters)} themes, {made.states} states, "
        f"{len(there):,} of {len(frames):,} frames there, {len(made.faults) + len(broken)} faults"
    )
    passed = wanted == shown and len(there) == len(frames) > 0 and not made.faults and not broken
    return Result(figure, passed=passed)


def _page(out: Path, address: str) -> Path:
    place = out / address.partition("?")[0].lstrip("/")
    return place / "index.html" if address.partition("?")[0].endswith("/") else place


def _breaks_a_rule(path: Path) -> bool:
    findings = inspect(path.read_text("utf-8"), "/").findings
    return any(RULES[found.rule].severity == "error" for found in findings)
