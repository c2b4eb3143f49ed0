"""The icon worker's frames; what it draws is tested with the icons it is asked for (test_icons.py)."""

import base64
from io import BytesIO

from shopwright.asset_pipeline.icon_worker import work
from shopwright.frames import read_frame, write_frame

SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#00ff00"/></svg>'


def ask(picture):
    requests, answers = BytesIO(), BytesIO()
    asked = {"picture": base64.b64encode(picture).decode(), "background": "#ffffff", "icons": [["a.png", 16, 0.5]]}
    write_frame(requests, asked)
    requests.seek(0)
    work(requests, answers)
    answers.seek(0)
    return read_frame(answers)


def test_icons_are_answered_by_name():
    answer = ask(SQUARE)
    assert list(answer) == ["icons"]
    assert base64.b64decode(answer["icons"]["a.png"]).startswith(b"\x89PNG")


def test_a_broken_picture_is_answered():
    assert list(ask(b"\x89PNG\r\n\x1a\n")) == ["error"]


def test_nothing_asked_nothing_answered():
    answers = BytesIO()
    work(BytesIO(), answers)
    assert answers.getvalue() == b""
