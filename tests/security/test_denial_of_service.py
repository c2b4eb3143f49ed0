"""Denial of service by templates: refused, limited or rendered, always within two seconds and 47 MiB."""

from contextlib import suppress

import pytest
from tests.security.confined import EDITIONS, theme_of
from tests.security.denial import PROBES
from tests.security.measuring import CONTEXT, measure

from shopwright.errors import ThemeError
from shopwright.template_engine.api import THEME_FUNCTIONS
from shopwright.template_engine.confinement.pages import ConfinedPages
from shopwright.template_engine.policy.check import check_policy

MOST_SECONDS = 2
MOST_MEMORY = 47
KINDS = sorted({probe.kind for probe in PROBES})
TAMED = {"refused", "limited", "failed", "rendered"}
LEXER = 100_000
"""Longer templates aim at what comes before metering."""


def harmful(kind, *, policy, names=None):
    """The probes of a kind that did what none may do, with what that was."""
    probes = [probe for probe in PROBES if probe.kind == kind and (names is None or probe.name in names)]
    measured = measure([probe.templates for probe in probes], policy=policy)
    assert len(measured) == len(probes) > 0
    return {
        probe.name: found
        for probe, found in zip(probes, measured, strict=True)
        if found["verdict"] not in TAMED or found["cpu"] > MOST_SECONDS or found["grown"] > MOST_MEMORY
    }


def test_there_are_probes_of_every_kind():
    assert len(PROBES) >= 100
    assert len({(probe.kind, probe.name) for probe in PROBES}) == len(PROBES)
    assert [
        *("arithmetic", "calls", "comparisons", "floods", "growth", "loops", "parsing", "templates", "texts"),
    ] == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_no_template_uses_up_time_or_memory(kind):
    assert harmful(kind, policy=True) == {}


@pytest.mark.proof
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "parsing"])
def test_metering_alone_holds_what_the_policy_would_refuse(kind):
    names = {probe.name for probe in PROBES if sum(map(len, probe.templates.values())) < LEXER}
    assert harmful(kind, policy=False, names=names) == {}


NORMAL = "<h1>{{ page.title }}</h1>{% for item in items %}<p>{{ item.title }}</p>{% endfor %}"
SHOWN = "<h1>Page</h1><p>A &amp; B</p><p>C</p>"


@pytest.mark.parametrize("kind", KINDS)
def test_after_a_probe_the_same_service_renders_a_normal_page(kind):
    """The first of each kind that the policy lets through; ``make bench-security`` takes all."""
    passed = 0
    for probe in (probe for probe in PROBES if probe.kind == kind):
        named = {f"{name}.html": source for name, source in probe.templates.items()}
        if check_policy(named, named.keys(), THEME_FUNCTIONS):
            continue
        with ConfinedPages(theme_of(**probe.templates, normal=NORMAL), EDITIONS) as pages:
            with suppress(ThemeError):
                pages.html("page.html", "en", CONTEXT)
            assert pages.html("normal.html", "en", CONTEXT) == SHOWN
        passed += 1
        if passed == 2:
            return
    assert passed
