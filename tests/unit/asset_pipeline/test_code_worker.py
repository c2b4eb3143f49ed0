"""The code worker's frames and bounds; what it minifies is tested with the code it is asked for."""

import base64

from tests.unit.asset_pipeline.workers_asked import answer_to, answers_to_nothing, said_by, steps_of

from shopwright.asset_pipeline import code_worker as module
from shopwright.asset_pipeline.code_worker import MEMORY, SECONDS, work


def ask(kind, *sources):
    encoded = [[name, base64.b64encode(data).decode()] for name, data in sources]
    return answer_to(work, {"kind": kind, "sources": encoded})


def test_each_source_is_a_piece():
    assert ask("styles", ("a.css", b"a { b: c }"), ("b.css", b"")) == {"pieces": ["a{b:c}", ""]}
    assert ask("scripts", ("a.js", b"let a = 1")) == {"pieces": ["(function(){let e=1})();\n"]}


def test_broken_code_is_answered():
    answer = ask("styles", ("a.css", b"\xff"))
    assert answer == {"error": ["the file is not UTF-8.", "a.css", "Save it as UTF-8."]}


def test_nothing_asked_nothing_answered():
    assert answers_to_nothing(work) == b""


def test_the_worker_is_bounded_before_it_reads(monkeypatch):
    assert steps_of(module, monkeypatch) == [(MEMORY, SECONDS), "work"]


def test_it_runs_as_a_process():
    assert said_by(module) == b""
