"""The icon worker's frames; what it draws is tested with the icons it is asked for (test_icons.py)."""

import base64

from tests.unit.asset_pipeline.workers_asked import answer_to, answers_to_nothing

from shopwright.asset_pipeline.icon_worker import work

SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#00ff00"/></svg>'


def ask(picture):
    asked = {"picture": base64.b64encode(picture).decode(), "background": "#ffffff", "icons": [["a.png", 16, 0.5]]}
    return answer_to(work, asked)


def test_icons_are_answered_by_name():
    answer = ask(SQUARE)
    assert list(answer) == ["icons"]
    assert base64.b64decode(answer["icons"]["a.png"]).startswith(b"\x89PNG")


def test_a_broken_picture_is_answered():
    assert list(ask(b"\x89PNG\r\n\x1a\n")) == ["error"]


def test_nothing_asked_nothing_answered():
    assert answers_to_nothing(work) == b""
