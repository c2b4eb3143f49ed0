import datetime as dt

import pytest
from pydantic import ValidationError

from shopwright.catalog.waiver import Waiver
from shopwright.seo.gate.rules.rule import Finding
from shopwright.seo.gate.verdict import Verdict
from shopwright.seo.gate.waivers import Waivers

DAY = dt.date(2026, 11, 23)


def waiver(rule="no-alt", pages="*", until="2026-11-23"):
    return Waiver(rule=rule, pages=pages, reason="January", until=until)


def test_findings_of_a_rule_on_pages_like_these_are_accepted_up_to_the_last_day():
    waivers = Waivers([waiver(pages="/de/*")], DAY)
    assert waivers.accept(Finding("/de/a/", "no-alt", "x"))
    assert not waivers.accept(Finding("/a/", "no-alt", "x"))
    assert not waivers.accept(Finding("/de/a/", "no-size", "x"))
    assert list(waivers.findings()) == []


@pytest.mark.parametrize(
    ("pages", "page", "meant"),
    [
        ("/a/", "/a/", True),
        ("/a/", "/a/b/", False),
        ("/a*/", "/a/b/c/", True),
        ("*.html", "/404.html", True),
        ("[a-z]*", "/a/", False),
        ("/?/", "/a/", False),
        ("/a/$", "/a/", False),
        ("*" * 400 + "x", "/" + "a" * 2_000, False),
    ],
)
def test_only_a_star_stands_for_anything(pages, page, meant):
    assert Waivers([waiver(pages=pages)], DAY).accept(Finding(page, "no-alt", "x")) is meant


def test_what_was_waived_is_told_with_its_reason():
    many, none, one = waiver(pages="/de/*"), waiver(pages="/fr/"), waiver()
    waivers = Waivers([many, none, one], DAY)
    verdict = Verdict()
    verdict.add([Finding(f"/de/{name}/", "no-alt", "x") for name in "ab"] + [Finding("/", "no-alt", "x")], waivers)
    assert waivers.used() == [(many, 2), (one, 1)]
    verdict.accepted = waivers.used()
    assert verdict.waived == {"no-alt": 3}
    assert verdict.as_json()["accepted"][0] == {
        "rule": "no-alt", "pages": "/de/*", "reason": "January", "until": "2026-11-23", "count": 2,
    }  # fmt: skip


def test_what_is_wrong_with_waivers_cannot_be_waived():
    waivers = Waivers([waiver(until="2026-11-22"), waiver(rule="bad-waiver")], DAY)
    assert not waivers.accept(Finding("store.yaml", "bad-waiver", "x"))
    assert [finding.rule for finding in waivers.findings()] == ["bad-waiver", "bad-waiver"]


@pytest.mark.parametrize(
    ("given", "rule", "said"),
    [
        (waiver(until="2026-11-22"), "bad-waiver", "no-alt on * has ended on 2026-11-22"),
        (waiver(rule="no-such"), "bad-waiver", "no-such on * is no rule"),
        (waiver(rule="inline-code"), "bad-waiver", "inline-code on * is a rule of security, which cannot be waived"),
        (waiver(), "unused-waiver", "no-alt on *"),
    ],
)
def test_waivers_that_are_wrong_or_not_needed(given, rule, said):
    waivers = Waivers([given], DAY)
    assert rule == "unused-waiver" or not waivers.accept(Finding("/", given.rule, "x"))
    assert list(waivers.findings()) == [Finding("store.yaml", rule, said)]


def test_a_waiver_has_a_reason():
    with pytest.raises(ValidationError):
        Waiver(rule="no-alt", reason="", until=DAY)
