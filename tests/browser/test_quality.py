"""The browser audit on a shop: a sample here, everything in ``make proof``; and on a page that has every fault.

Performance is not judged here: other tests run at the same time.
"""

import dataclasses
import json
from pathlib import Path

import pytest
from tests.browser.example_stores import build_shop
from tests.browser.faulty_site import write_faulty_site

from shopwright.browser_audit.audit import audit_in_browser
from shopwright.browser_audit.gauges import whole_page
from shopwright.browser_audit.order import FULL, QUICK, BrowserOrder
from shopwright.browser_audit.toolbox import prepare_toolbox
from shopwright.settings import current_settings

SAMPLE = dataclasses.replace(QUICK, measured=("home", "product"), screens=((320, "light"), (1280, "dark")))
pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def toolbox():
    """Browser, Node, Java and the packages, which ``make setup`` installs."""
    settings = current_settings()
    return prepare_toolbox(settings.cache, settings.chromium, print)


@pytest.fixture(scope="module")
def sample(toolbox, build_once):
    """A report of one language of the shop."""
    site = build_once("shop-atelier", lambda out: build_shop(out, "atelier"))
    return audit_in_browser(BrowserOrder(site, "2026-11-23", depth=SAMPLE), toolbox, print)


@pytest.fixture(scope="module")
def faults(toolbox, tmp_path_factory):
    """What is found on the page with every fault, as (tool, rule)."""
    site = tmp_path_factory.mktemp("faulty") / "site"
    write_faulty_site(site)
    report = audit_in_browser(BrowserOrder(site, "2026-11-23", depth=SAMPLE), toolbox, print)
    return {(one.tool, one.rule): one.found for one in report.findings}


def wrong(report):
    """Findings that are no matter of a machine's speed."""
    kept = (one for one in report.findings if (one.tool, one.rule) != ("lighthouse", "performance"))
    return [f"{one.tool} {one.rule} {one.page.address} {one.state}: {one.found}" for one in kept]


def test_a_shop_has_nothing_that_any_tool_finds(sample):
    assert wrong(sample) == []


def test_every_tool_has_looked_at_it(sample):
    assert sample.looked["markup"] == len(sample.pages) >= 33
    assert sample.looked["axe"] >= 30
    assert sample.looked["keyboard"] >= 200
    assert (sample.looked["layout"], sample.looked["vitals"], sample.looked["lighthouse"]) == (42, 7, 2)


def test_lighthouse_gives_100_to_all_that_no_machine_slows_down(sample):
    names = ("accessibility", "best-practices", "seo")
    worst = {(score.page.kind, name): score.worst(name) for score in sample.scores for name in names}
    assert worst == {(kind, name): 100 for kind in ("home", "product") for name in names}


def test_the_largest_paint_of_home_and_product_is_a_picture_and_nothing_shifts(sample):
    visits = {row["kind"]: row for row in sample.vitals}
    assert visits["home"]["largest_element"].startswith("<img")
    assert visits["product"]["largest_element"].startswith("<img")
    assert max(row["layout_shift"] for row in sample.vitals) <= 0.001
    assert {row["kind"] for row in sample.vitals if not row["restored"]} == {"not_found"}
    assert visits["collection"]["prefetch"] == "Ready"


@pytest.mark.parametrize(
    ("tool", "rule"),
    [
        *(("axe", "color-contrast"), ("axe", "image-alt"), ("axe", "target-size")),
        *(("keyboard", "skip-link"), ("keyboard", "focus-visible"), ("keyboard", "focus-order"), ("keyboard", "trap")),
        *(("layout", "reflow"), ("layout", "zoomed"), ("layout", "spaced"), ("layout", "moving"), ("layout", "forced")),
        *(("vitals", "console"), ("vitals", "layout-shift"), ("vitals", "back-forward-cache")),
        *(("policy", "high"), ("markup", "nu"), ("lighthouse", "accessibility"), ("lighthouse", "best-practices")),
    ],
)
def test_what_is_wrong_on_purpose_is_found(faults, tool, rule):
    assert (tool, rule) in faults, sorted(faults)


@pytest.mark.proof
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("theme", ["atelier", "meridian"])
def test_the_example_store_is_whole_in_every_language_on_every_screen(toolbox, build_once, theme):
    """Lighthouse 100 in all but performance in its worst run, performance 99 in the median, and no finding at all.

    The reports are kept in ``build/proof``.
    """
    site = build_once(f"shop-{theme}", lambda out: build_shop(out, theme))
    report = audit_in_browser(BrowserOrder(site, "2026-11-23", depth=FULL), toolbox, print)
    keep = Path("build/proof")
    keep.mkdir(parents=True, exist_ok=True)
    (keep / f"browser-audit-{theme}.json").write_text(json.dumps(report.as_json(), indent=1))
    (keep / f"browser-audit-{theme}.html").write_text(whole_page(report.as_json()))
    assert not report.busy, "the machine was busy: run it again"
    assert wrong(report) == []
    assert {(one.page.address, one.form) for one in report.scores if one.performance()[0] < 99} == set()
