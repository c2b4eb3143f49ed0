"""The font worker's frames; what it cuts is tested with the fonts it is asked for (test_fonts.py)."""

import base64
import subprocess
import sys
from io import BytesIO

from shopwright.asset_pipeline import font_worker as module
from shopwright.asset_pipeline.font_worker import MEMORY, SECONDS, work
from shopwright.frames import read_frame, write_frame


def ask(message):
    requests, answers = BytesIO(), BytesIO()
    write_frame(requests, message)
    requests.seek(0)
    work(requests, answers)
    answers.seek(0)
    return read_frame(answers)


def test_a_broken_font_is_answered():
    answer = ask({"font": base64.b64encode(b"no font").decode()})
    assert answer == {"error": "TTLibError: Not a TrueType or OpenType font (not enough data)"}


def test_nothing_asked_nothing_answered():
    answers = BytesIO()
    work(BytesIO(), answers)
    assert answers.getvalue() == b""


def test_the_worker_is_bounded_before_it_reads(monkeypatch):
    done = []
    monkeypatch.setattr(module, "bound_process", lambda *bounds: done.append(bounds))
    monkeypatch.setattr(module, "work", lambda *_: done.append("work"))
    module.main()
    assert done == [(MEMORY, SECONDS), "work"]


def test_it_runs_as_a_process():
    command = [sys.executable, "-m", "shopwright.asset_pipeline.font_worker"]
    done = subprocess.run(command, input=b"", capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
