"""The code worker's frames and bounds; what it minifies is tested with the code it is asked for."""

import base64
import subprocess
import sys
from io import BytesIO

from shopwright.asset_pipeline import code_worker as module
from shopwright.asset_pipeline.code_worker import MEMORY, SECONDS, work
from shopwright.frames import read_frame, write_frame


def ask(kind, *sources):
    requests, answers = BytesIO(), BytesIO()
    write_frame(
        requests, {"kind": kind, "sources": [[name, base64.b64encode(data).decode()] for name, data in sources]}
    )
    requests.seek(0)
    work(requests, answers)
    answers.seek(0)
    return read_frame(answers)


def test_each_source_is_a_piece():
    assert ask("styles", ("a.css", b"a { b: c }"), ("b.css", b"")) == {"pieces": ["a{b:c}", ""]}
    assert ask("scripts", ("a.js", b"let a = 1")) == {"pieces": ["(function(){let e=1})();\n"]}


def test_broken_code_is_answered():
    answer = ask("styles", ("a.css", b"\xff"))
    assert answer == {"error": ["the file is not UTF-8.", "a.css", "Save it as UTF-8."]}


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
    command = [sys.executable, "-m", "shopwright.asset_pipeline.code_worker"]
    done = subprocess.run(command, input=b"", capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
