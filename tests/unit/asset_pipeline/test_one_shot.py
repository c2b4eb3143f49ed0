"""A process for one piece of work: its answer, its death, its end."""

import resource
import signal
import time

import pytest

from shopwright.asset_pipeline import one_shot
from shopwright.asset_pipeline.one_shot import ask_once, bound_process

ECHO = """
import os, sys
from shopwright.frames import read_frame, write_frame
request = read_frame(sys.stdin.buffer)
write_frame(sys.stdout.buffer, {"got": request, "environment": sorted(os.environ)})
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    """A module of the given source, which the process can import."""

    def write(source):
        (tmp_path / "errand.py").write_text(source)
        monkeypatch.syspath_prepend(tmp_path)
        return "errand"

    return write


def test_it_answers_and_knows_no_secret(module, monkeypatch):
    monkeypatch.setenv("SECRET", "x")
    answer = ask_once(module(ECHO), {"a": 1})
    assert answer["got"] == {"a": 1}
    assert "SECRET" not in answer["environment"]


@pytest.mark.parametrize("source", ["raise SystemExit(1)", "import os; os.kill(os.getpid(), 9)", "print('x')"])
def test_one_that_dies_has_no_answer(module, source):
    assert ask_once(module(source), {}) is None


def test_one_that_takes_too_long_is_ended(module, monkeypatch):
    monkeypatch.setattr(one_shot, "SECONDS", 0.3)
    started = time.monotonic()
    assert ask_once(module("import time; time.sleep(60)"), {}) is None
    assert time.monotonic() - started < 30


def test_a_process_is_bounded_for_good(monkeypatch):
    limits = {}
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    bound_process(1_000, 7)
    assert limits == {
        resource.RLIMIT_AS: (1_000, 1_000),
        resource.RLIMIT_CPU: (7, 7),
        resource.RLIMIT_CORE: (0, 0),
    }
