"""The font worker's frames; what it cuts is tested with the fonts it is asked for (test_fonts.py)."""

import base64

from tests.unit.asset_pipeline.workers_asked import answer_to, answers_to_nothing, said_by, steps_of

from shopwright.asset_pipeline import font_worker as module
from shopwright.asset_pipeline.font_worker import MEMORY, SECONDS, work


def test_a_broken_font_is_answered():
    answer = answer_to(work, {"font": base64.b64encode(b"no font").decode()})
    assert answer == {"error": "TTLibError: Not a TrueType or OpenType font (not enough data)"}


def test_nothing_asked_nothing_answered():
    assert answers_to_nothing(work) == b""


def test_the_worker_is_bounded_before_it_reads(monkeypatch):
    assert steps_of(module, monkeypatch) == [(MEMORY, SECONDS), "work"]


def test_it_runs_as_a_process():
    assert said_by(module) == b""
