"""How far a build is."""

import io

import pytest
from rich.console import Console

from shopwright.cli import progress as module
from shopwright.cli.progress import show_progress


def test_a_log_gets_a_line_when_a_stage_begins_and_one_when_all_is_done(capsys):
    with show_progress(hidden=False) as tell:
        for done in range(1, 251):
            tell("read", done)
        tell("pages", 1)
        assert capsys.readouterr().err == "reading the catalogue …\nprinting pages and data files …\n"
    printed = capsys.readouterr()
    assert printed.err == "reading the catalogue: 250\nprinting pages and data files: 1\n"
    assert printed.out == ""


def test_nothing_is_said_beside_json(capsys):
    with show_progress(hidden=True) as tell:
        tell("read", 1)
    assert capsys.readouterr() == ("", "")


@pytest.fixture
def terminal(monkeypatch):
    """A terminal whose screen can be read."""
    screen = io.StringIO()
    monkeypatch.setattr(module, "Console", lambda **_: Console(file=screen, force_terminal=True, width=80))
    return screen


def test_a_terminal_gets_bars_that_are_gone_afterwards(terminal, capsys):
    with show_progress(hidden=False) as tell:
        for done in (1, 2, 100, 101, 200):
            tell("pictures", done)
    screen = terminal.getvalue()
    assert "preparing pictures" in screen
    assert "200" in screen
    assert screen.endswith("\x1b[2K")
    assert capsys.readouterr() == ("", "")


def test_bars_are_drawn_for_the_first_hundred_and_each_hundred_after(monkeypatch, terminal):
    seen = []
    monkeypatch.setattr(module.Progress, "update", lambda _self, _task, completed: seen.append(completed))
    with show_progress(hidden=False) as tell:
        for done in (1, 99, 100, 101, 199, 200):
            tell("read", done)
    assert seen == [1, 99, 100, 200]


def test_an_error_is_not_hidden_by_progress(terminal):
    def fail():
        with show_progress(hidden=False) as tell:
            tell("read", 1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert terminal.getvalue().endswith("\x1b[2K")
