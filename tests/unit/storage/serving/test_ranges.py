"""Ranges of bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.storage.serving.ranges import Part, asked_part


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", Part(0, 1)),
        ("bytes=2-", Part(2, 10)),
        ("bytes=2-99", Part(2, 10)),
        ("bytes=-3", Part(7, 10)),
        ("bytes=-99", Part(0, 10)),
        ("bytes=10-", Part(0, 0)),
        ("bytes=-0", Part(10, 10)),
        ("bytes = 1 - 2", Part(1, 3)),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("bytes=0-1,4-5", None),
        ("lines=0-1", None),
        ("bytes=a-b", None),
        ("", None),
        ("bytes=99999999999999999999999-", None),
    ],
)
def test_what_is_asked_for(header, part):
    assert asked_part(header, 10) == part


@given(st.from_regex(r"bytes=\d{0,21}-\d{0,21}"), st.integers(0, 1_000))
def test_a_part_is_inside(header, size):
    part = asked_part(header, size)
    if part:
        assert 0 <= part.start <= part.end <= size
        assert part.length >= 0
