"""What is made of the checker's messages; java is a script here that prints them."""

import json
import stat
from pathlib import Path

import pytest
from tests.unit.browser_audit.answers import page, told

from shopwright.browser_audit.markup import check_markup
from shopwright.browser_audit.toolbox import Toolbox
from shopwright.errors import BrowserAuditError

REFUSED = "Inline script violates Content Security Policy (meta tag): blocked by “script-src” directive."
PAGES = {"http://127.0.0.1:1/": page(), "http://127.0.0.1:1/404.html": page("not_found", "en", "/no-such-page/")}


@pytest.fixture
def java(tmp_path):
    """``java(*messages)`` is a toolbox whose java prints them and notes how it was called."""

    def made(*messages, text=None, status=0):
        script = tmp_path / "java"
        (tmp_path / "said").write_text(json.dumps({"messages": messages}) if text is None else text)
        script.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/called\ncat {tmp_path}/said\nexit {status}\n')
        script.chmod(stat.S_IRWXU)
        return Toolbox(Path("/tools"), Path("node"), script, Path("chromium"), {})

    return made


def message(text="Bad.", kind="error", address="http://127.0.0.1:1/", extract="", **more):
    return {"type": kind, "url": address, "message": text, "extract": extract, "lastLine": 7, **more}


def test_errors_and_warnings_are_told_apart_and_information_left_out(java):
    box = java(
        message(extract="a\n <b>"),
        message("Odd.", "info", "http://127.0.0.1:1/404.html", subType="warning"),
        message("By the way.", "info"),
        message("Unreachable.", "non-document-error"),
        message(address="http://elsewhere/"),
    )
    found = list(check_markup(box, PAGES))
    assert told(found) == [
        ("nu", "error", "", "line 7: Bad. a <b>"),
        ("nu", "warning", "", "line 7: Odd."),
        ("nu", "error", "", "line 7: Unreachable."),
    ]
    assert [one.page.kind for one in found] == ["home", "not_found", "home"]


@pytest.mark.parametrize(
    ("kind", "held"), [("application/ld+json", 0), ("application/json", 0), ("text/javascript", 1)]
)
def test_a_data_block_is_no_script(java, kind, held):
    box = java(message(REFUSED, "info", extract=f'\n<script type="{kind}">{{"@con', subType="warning"))
    assert len(list(check_markup(box, PAGES))) == held


def test_all_pages_are_checked_in_one_run(java, tmp_path):
    assert list(check_markup(java(), PAGES)) == []
    called = (tmp_path / "called").read_text()
    assert called.endswith("--exit-zero-always http://127.0.0.1:1/ http://127.0.0.1:1/404.html\n")
    assert "-jar /tools/node_modules/vnu-jar/build/dist/vnu.jar --format json --stdout" in called


@pytest.mark.parametrize("how", [{"text": "StackOverflowError"}, {"status": 1}, {"text": "{}"}])
def test_a_checker_that_does_not_run(java, how):
    with pytest.raises(BrowserAuditError, match="the Nu HTML Checker did not run"):
        list(check_markup(java(**how), PAGES))
