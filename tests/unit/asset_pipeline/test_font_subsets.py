"""Characters by writing system, and the ranges CSS names them by."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.asset_pipeline.font_subsets import REST, SUBSETS, divide, subset_of_script, unicode_range

CODE_POINTS = st.sets(st.integers(0, 0x10FFFF), max_size=200)


@pytest.mark.parametrize(
    ("text", "subset"),
    [
        ("A", "latin"),
        ("€", "latin"),
        ("ő", "latin-ext"),
        ("Ω", "greek"),
        ("ж", "cyrillic"),
        ("ع", "arabic"),
        ("ก", "thai"),
        ("א", "hebrew"),
        ("한", "hangul"),
        ("字", "han"),
        ("あ", "kana"),
        ("𝄞", REST),
    ],
)
def test_a_character_belongs_to_its_script(text, subset):
    assert divide(map(ord, text)) == {subset: [ord(text)]}


@given(CODE_POINTS)
def test_every_character_is_in_exactly_one_part(characters):
    parts = divide(characters)
    assert sorted(character for part in parts.values() for character in part) == sorted(characters)
    assert all(parts.values())
    assert list(parts) == [name for name in (*SUBSETS, REST) if name in parts]


@given(CODE_POINTS)
def test_a_range_names_exactly_its_characters(characters):
    named = set()
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", unicode_range(characters)):
        named |= set(range(int(first, 16), int(last or first, 16) + 1))
    assert named == characters


def test_a_range_is_short():
    assert unicode_range([0x43, 0x41, 0x42, 0x20AC]) == "U+41-43,U+20AC"


def test_scripts_have_subsets():
    assert [subset_of_script(code) for code in ("Latn", "Arab", "Jpan", "Zyyy")] == ["latin", "arabic", "kana", REST]
