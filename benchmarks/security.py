"""What untrusted templates can do: `make bench-security`, or `python -m benchmarks.security --examples 2000`.

Every denial-of-service probe, with the policy and against metering alone, each in a process of its own that the kernel
measures; then through confined pages, with a normal page after each; template injections of our collection and of the
folder that SHOPWRIGHT_PAYLOADS names; templates made at random. Ends with status 1 when anything did what none may do.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.tables import keep, show
from hypothesis import HealthCheck, given, settings
from tests.security.confined import EDITIONS, theme_of
from tests.security.denial import PROBES, Probe
from tests.security.fuzzing import hold, read
from tests.security.grammar import SYNTAX, WORDS, templates
from tests.security.injecting import inject
from tests.security.measuring import CONTEXT, measure
from tests.security.payloads import ssti_payloads

from shopwright.errors import RenderLimitHit, ThemeError
from shopwright.template_engine.api import THEME_FUNCTIONS
from shopwright.template_engine.confinement.pages import ConfinedPages
from shopwright.template_engine.policy.check import check_policy

MOST_SECONDS = 2.0
MOST_MEMORY = 47.0
LEXER = 100_000
"""Longer templates, and those for the parser, aim at what comes before metering."""
NORMAL = "<h1>{{ page.title }}</h1>"


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of attack: how many, what became of them, worst processor time (s) and memory (MiB), what did harm."""

    attack: str
    tried: int
    outcome: str
    cpu: float
    mib: float
    harm: int


def main() -> int:
    """Print the table; 1 if anything did harm."""
    options = argparse.ArgumentParser(description="What untrusted templates can do.")
    options.add_argument("--examples", type=int, default=2_000, help="templates made at random of each kind")
    options.add_argument("--out", type=Path, default=Path("build/bench/security.json"))
    given = options.parse_args()
    rows = [*_probes(), _confined(), _injections(), *_random(given.examples)]
    show("Untrusted templates", rows)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    keep(given.out, rows)
    return int(any(row.harm for row in rows))


def _probes() -> list[Row]:
    alone = [probe for probe in PROBES if probe.kind != "parsing" and sum(map(len, probe.templates.values())) < LEXER]
    return [_measured("denial of service", PROBES, policy=True), _measured("metering alone", alone, policy=False)]


def _measured(name: str, probes: list[Probe], *, policy: bool) -> Row:
    found = measure([probe.templates for probe in probes], policy=policy)
    harm = [
        probe.name
        for probe, each in zip(probes, found, strict=True)
        if each["verdict"] in {"crashed", "killed"} or each["cpu"] > MOST_SECONDS or each["grown"] > MOST_MEMORY
    ]
    _tell(name, harm)
    outcome = Counter(each["verdict"] for each in found)
    worst, most = max(each["cpu"] for each in found), max(each["grown"] for each in found)
    return Row(name, len(probes), _said(outcome), round(worst, 2), round(most, 1), len(harm))


def _confined() -> Row:
    """Probes that the policy lets through, one after another, each followed by a normal page of the same service."""
    outcome: Counter[str] = Counter()
    harm = []
    for probe in PROBES:
        named = {f"{name}.html": source for name, source in probe.templates.items()}
        if check_policy(named, named.keys(), THEME_FUNCTIONS):
            continue
        with ConfinedPages(theme_of(**probe.templates, normal=NORMAL), EDITIONS) as pages:
            outcome[_tried(pages)] += 1
            if pages.html("normal.html", "en", CONTEXT) != "<h1>Page</h1>":
                harm.append(probe.name)
    _tell("confined", harm)
    return Row("confined", outcome.total(), _said(outcome), 0.0, 0.0, len(harm))


def _tried(pages: ConfinedPages) -> str:
    try:
        pages.html("page.html", "en", CONTEXT)
    except RenderLimitHit:
        return "limited"
    except ThemeError:
        return "failed"
    return "rendered"


def _injections() -> Row:
    outcome: Counter[str] = Counter()
    harm = []
    for payload in (payloads := ssti_payloads()):
        try:
            outcome[inject(payload)] += 1
        except Exception as error:  # noqa: BLE001 - any other answer is an escape
            harm.append(f"{payload}: {error}")
    _tell("injection", harm)
    return Row("injection", len(payloads), _said(outcome), 0.0, 0.0, len(harm))


def _random(examples: int) -> list[Row]:
    return [
        _drawn("random templates", examples, templates(), hold),
        _drawn("random words", examples, WORDS, lambda source: "refused" if read(source) else "accepted"),
        _drawn("random signs", examples, SYNTAX, lambda source: "refused" if read(source) else "accepted"),
    ]


def _drawn(name: str, examples: int, strategy: Any, judge: Callable[[Any], str]) -> Row:  # noqa: ANN401 - a strategy
    outcome: Counter[str] = Counter()

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def judged(made: Any) -> None:  # noqa: ANN401 - what the strategy makes
        outcome[judge(made)] += 1

    harm = []
    try:
        judged()
    except Exception as error:  # noqa: BLE001 - hypothesis tells the smallest example
        harm.append(f"{error!r} {getattr(error, '__notes__', '')}")
    _tell(name, harm)
    return Row(name, outcome.total(), _said(outcome), 0.0, 0.0, len(harm))


def _said(outcome: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(outcome.items()))


def _tell(name: str, harm: list[str]) -> None:
    for each in harm:
        print(f"{name}: {each}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
