"""A whole audit: the site is really served, the driver is a script that fetches each page and answers by subject."""

import dataclasses
import json
import stat
import sys

import pytest
from tests.unit.browser_audit.answers import run, visit, walked

from shopwright.browser_audit.audit import audit_in_browser
from shopwright.browser_audit.layout import STATES
from shopwright.browser_audit.order import FULL, QUICK, BrowserOrder
from shopwright.browser_audit.toolbox import Toolbox
from shopwright.errors import BrowserAuditError, SettingsError

NODE = """#!{python}
import json, sys, urllib.error, urllib.request
answers = json.load(open({answers!r}))
for line in sys.stdin:
    question = json.loads(line)
    with open({asked!r}, "a") as log:
        log.write(line)
    if "url" in question:
        try:
            status = urllib.request.urlopen(question["url"]).status
        except urllib.error.HTTPError as error:
            status = error.code
    subject = question["ask"]
    wrong = subject == "axe" and "/cart/" in question["url"]
    print(json.dumps({{"error": f"no axe on {{status}}"}} if wrong else {{"answer": answers[subject]}}), flush=True)
"""
JAVA = """#!{python}
import json, sys
print(json.dumps({{"messages": [{{"type": "error", "url": sys.argv[-1], "message": "Bad.", "lastLine": 1}}]}}))
"""
ANSWERS = {
    "about": {"chromium": "156.0"},
    "axe": [{"state": "as it arrives", "rules": 3, "violations": []}] * 2,
    "keyboard": walked(),
    "layout": {rule: [] for rule in STATES},
    "vitals": visit(),
    "policy": [{"from": "header", "text": "default-src 'none'", "findings": []}],
    "lighthouse": run(),
}


@pytest.fixture
def site(tmp_path):
    for folder, lang in (("", "en"), ("de/", "de")):
        for name in ("index.html", "404.html", "cart/index.html", "search/index.html", "products/a/index.html"):
            file = tmp_path / "site" / folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f'<!doctype html><html lang="{lang}"><title>x</title><h1>Glade</h1>')
    (tmp_path / "site/.shopwright").mkdir()
    return tmp_path / "site"


@pytest.fixture
def box(tmp_path):
    def program(name, text):
        file = tmp_path / name
        file.write_text(text.format(python=sys.executable, **places))
        file.chmod(stat.S_IRWXU)
        return file

    places = {"answers": str(tmp_path / "answers.json"), "asked": str(tmp_path / "asked")}
    (tmp_path / "answers.json").write_text(json.dumps(ANSWERS))
    return Toolbox(tmp_path, program("node", NODE), program("java", JAVA), tmp_path, {"axe-core": "4"})


@pytest.fixture
def asked(tmp_path):
    return lambda: [json.loads(line) for line in (tmp_path / "asked").read_text().splitlines()]


def test_every_tool_looks_at_the_pages_it_is_for(site, box, asked):
    said = []
    report = audit_in_browser(BrowserOrder(site, "2026-11-23", depth=QUICK), box, said.append)
    assert dict(report.looked) == {
        "markup": 10,
        "axe": 16,
        "keyboard": 15,
        "layout": 30,
        "vitals": 5,
        "policy": 5,
        "lighthouse": 2,
    }
    assert dict(report.tools) == {"axe-core": "4", "chromium": "156.0"}
    assert (len(report.pages), len(report.scores), len(report.vitals)) == (10, 2, 5)
    assert said[:2] == ["markup: 10 pages", "axe: /"]
    subjects = [question["ask"] for question in asked()]
    assert subjects[:7] == ["about", "axe", "axe", "keyboard", "layout", "vitals", "policy"]
    assert subjects[-2:] == ["lighthouse"] * 2


def test_what_a_tool_cannot_do_on_a_page_is_a_finding_and_the_rest_goes_on(site, box):
    report = audit_in_browser(BrowserOrder(site, "2026-11-23", depth=QUICK), box, lambda _what: None)
    found = [(one.tool, one.rule, one.page.address) for one in report.findings]
    assert found == [("markup", "nu", "/de/no-such-page/"), ("axe", "not-done", "/cart/")]
    assert "axe: no axe on 200" in report.findings[1].found
    assert report.errors == 2


def test_pages_are_asked_for_as_a_shopper_would(site, box, asked):
    order = BrowserOrder(
        site, "2026-11-23", depth=QUICK, kinds=frozenset({"search", "not_found"}), tools=frozenset({"vitals"})
    )
    audit_in_browser(order, box, lambda _what: None)
    search, missing = (question for question in asked() if question["ask"] == "vitals")
    origin = search["url"].removesuffix("/search/?q=Glade")
    assert origin.startswith("http://127.0.0.1:")
    assert search == {
        "ask": "vitals",
        "url": f"{origin}/search/?q=Glade",
        "kind": "search",
        "product": f"{origin}/products/a/",
        "other": f"{origin}/search/?q=Glade",
        "missing": False,
    }
    assert (missing["url"], missing["missing"]) == (f"{origin}/no-such-page/", True)


def test_a_site_below_a_path_is_asked_for_there(site, box, asked):
    order = BrowserOrder(
        site, "2026-11-23", base="/shop", depth=QUICK, kinds=frozenset({"home"}), tools=frozenset({"policy"})
    )
    audit_in_browser(order, box, lambda _what: None)
    assert asked()[1]["url"].endswith("/shop/")


def test_a_full_audit_measures_both_screens_three_times_in_every_language(site, box):
    order = BrowserOrder(site, "2026-11-23", kinds=frozenset({"home"}), tools=frozenset({"lighthouse", "axe"}))
    report = audit_in_browser(order, box, lambda _what: None)
    assert [(score.page.locale, score.form, len(score.runs)) for score in report.scores] == [
        (locale, form, 3) for locale in ("en", "de") for form in ("mobile", "desktop")
    ]
    assert report.looked["axe"] == 2 * 6 * 2
    assert report.depth == FULL.name


def test_a_browser_that_does_not_start_ends_the_audit(site, box, tmp_path):
    (tmp_path / "node").write_text("#!/bin/sh\nexit 1\n")
    with pytest.raises(BrowserAuditError, match="the browser ended"):
        audit_in_browser(BrowserOrder(site, "2026-11-23"), box, lambda _what: None)


def test_a_kind_of_page_the_site_does_not_have(site, box):
    order = dataclasses.replace(BrowserOrder(site, "2026-11-23"), kinds=frozenset({"policy"}))
    with pytest.raises(SettingsError, match="the site has no 'policy'"):
        audit_in_browser(order, box, lambda _what: None)
