"""What the command asks the browser audit, and what it says of it; nothing is looked at here."""

import json

import pytest
from tests.unit.browser_audit.answers import page, run
from tests.unit.browser_audit.test_report import report

from shopwright.browser_audit.lighthouse import Score
from shopwright.browser_audit.order import FULL, QUICK
from shopwright.cli import audit_browser
from shopwright.cli.audit_browser import BrowserRequest, look, show
from shopwright.errors import SettingsError


@pytest.fixture
def orders(monkeypatch, tmp_path):
    """The orders that were given for ``tmp_path/site``, a built site."""
    given = []
    (tmp_path / "site/.shopwright").mkdir(parents=True)
    monkeypatch.setattr(audit_browser, "prepare_toolbox", lambda _cache, _chromium, say: say("installing"))
    monkeypatch.setattr(audit_browser, "audit_in_browser", lambda order, _box, _say: given.append(order) or report())
    return given


def test_options_become_an_order(orders, tmp_path, capsys):
    look(tmp_path / "site", BrowserRequest("home, cart", "de,", quick=True))
    look(tmp_path / "site", BrowserRequest())
    assert (orders[0].kinds, orders[0].locales, orders[0].depth) == ({"home", "cart"}, {"de"}, QUICK)
    assert (orders[1].kinds, orders[1].locales, orders[1].depth, orders[1].base) == (set(), set(), FULL, "")
    assert len(orders[0].date) == len("2026-11-23")
    assert capsys.readouterr().err == "installing\n" * 2


def test_the_report_is_kept_and_the_statements_input_written(orders, tmp_path):
    look(tmp_path / "site", BrowserRequest(save=tmp_path / "accessibility.json"))
    assert json.loads((tmp_path / "accessibility.json").read_text()) == report().statement()
    assert json.loads((tmp_path / "site/.shopwright/browser-audit.json").read_text()) == report().as_json()


def test_a_folder_that_is_no_site(tmp_path):
    with pytest.raises(SettingsError, match="there is no built store"):
        look(tmp_path, BrowserRequest())


def test_each_rule_is_said_once_with_its_first_place(capsys):
    slow = Score(page(), "mobile", (run(0.9, benchmark=700.0, seo=0.99),))
    show(report(scores=(slow,)))
    assert capsys.readouterr().out.splitlines() == [
        "error: axe list: /de/cart/ (filled): a … and 1 more",
        "error: markup nu: /: c",
        "warning: axe region: /de/cart/ (filled): b",
        "/ mobile: performance 90 (worst 90), accessibility 100 best-practices 100 seo 99",
        "The machine was busy: measure performance again.",
        "In the browser: 3 errors, 1 warning on 2 pages (axe 4).",
    ]
