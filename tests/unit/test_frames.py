"""Frames: length and JSON."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.frames import read_frame, write_frame


@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=20)), max_size=4))
@settings(max_examples=60)
def test_frames_come_out_as_they_went_in(messages: list[dict[str, str]]) -> None:
    stream = io.BytesIO()
    for message in messages:
        write_frame(stream, message)
    stream.seek(0)
    assert [read_frame(stream) for _ in messages] == messages
    assert read_frame(stream) is None


@pytest.mark.parametrize("cut", range(1, 13))
def test_a_frame_cut_short_is_no_frame(cut: int) -> None:
    stream = io.BytesIO()
    write_frame(stream, {"a": "b"})
    assert len(stream.getvalue()) == 13
    assert read_frame(io.BytesIO(stream.getvalue()[:cut])) is None
