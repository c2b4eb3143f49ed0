"""The process is asked, bounded and ended; it is a script here that answers what a test tells it to."""

import os
import stat
import time
from pathlib import Path

import pytest

from shopwright.browser_audit import driver as module
from shopwright.browser_audit.driver import open_driver
from shopwright.browser_audit.toolbox import Toolbox
from shopwright.errors import BrowserAuditError

SCRIPT = """#!/bin/sh
shift
echo "$@" > {out}/arguments
sleep 100 &
echo $! > {out}/child
while read -r line; do
  echo "$line" >> {out}/questions
  {then}
done
"""


@pytest.fixture
def box(tmp_path):
    """``box(then)`` is a toolbox whose node does ``then`` with each question."""

    def made(then):
        node = tmp_path / "node"
        node.write_text(SCRIPT.format(out=tmp_path, then=then))
        node.chmod(stat.S_IRWXU)
        return Toolbox(Path("tools"), node, Path("java"), Path("chromium"), {})

    return made


def gone(pid):
    """Whether a process has ended; a killed child of a killed parent waits to be collected, as a zombie."""
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False


def test_a_question_is_a_line_and_so_is_its_answer(box, tmp_path):
    with open_driver(box("""echo '{"answer": [1, "ü"]}'""")) as driver:
        assert driver.ask("axe", 20, url="http://a/", width=320) == [1, "ü"]
        assert driver.ask("about", 20) == [1, "ü"]
    assert (tmp_path / "questions").read_text().splitlines() == [
        '{"ask": "axe", "url": "http://a/", "width": 320}',
        '{"ask": "about"}',
    ]


def test_the_browser_talks_to_nobody_but_this_machine_and_needs_no_sandbox_only_as_root(box, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with open_driver(box("""echo '{"answer": 1}'""")) as driver:
        driver.ask("about", 20)
        said = (tmp_path / "arguments").read_text()
        profile = Path(said.split()[2])
        assert profile.is_dir()
    assert said.startswith(f"tools chromium {profile} --headless=new ")
    assert "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1" in said
    assert said.endswith("--no-sandbox\n")
    assert not profile.exists()
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with open_driver(box("""echo '{"answer": 1}'""")) as driver:
        driver.ask("about", 20)
    assert "--no-sandbox" not in (tmp_path / "arguments").read_text()


def test_an_error_is_raised_with_its_place_and_the_process_goes_on(box, tmp_path):
    with open_driver(box("""echo '{"error": "no such page"}'""")) as driver:
        for _ in range(2):
            with pytest.raises(BrowserAuditError, match=r"^http://a/: axe: no such page"):
                driver.ask("axe", 20, url="http://a/")
        assert (tmp_path / "questions").read_text().count("\n") == 2


@pytest.mark.parametrize("then", ["sleep 50", "exit 1", "printf half; exit 1"])
def test_a_process_that_dies_or_takes_too_long_is_ended_whole_and_started_again(box, tmp_path, then):
    with open_driver(box(then)) as driver:
        with pytest.raises(BrowserAuditError, match=r"the browser ended, or axe took longer than 0\.5 seconds"):
            driver.ask("axe", 0.5, url="http://a/")
        assert gone((tmp_path / "child").read_text().strip())
        box("""echo '{"answer": 2}'""")
        assert driver.ask("axe", 20) == 2


def test_at_the_end_nothing_is_left(box, tmp_path, monkeypatch):
    monkeypatch.setattr(module.tempfile, "tempdir", str(tmp_path))
    with open_driver(box("""echo '{"answer": 1}'""")) as driver:
        driver.ask("about", 20)
    assert gone((tmp_path / "child").read_text().strip())
    assert list(tmp_path.glob("shopwright-browser-*")) == []
    driver.close()
