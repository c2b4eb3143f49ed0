"""Titles and descriptions that fit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.seo.snippet import display_width, fitted, title_of


@pytest.mark.parametrize(
    ("text", "width"), [("Luna", 4), ("ブリッジ", 8), ("한국", 4), ("café", 4), ("cafe\u0301", 4), ("", 0)]
)
def test_wide_characters_count_double_and_combining_ones_not_at_all(text, width):
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("short\n text", 160, "short text"),
        ("one two, three", 10, "one two…"),
        ("one two", 4, "one…"),
        ("unbreakable", 6, "unbre…"),
        ("眼鏡を選ぶための長い説明", 11, "眼鏡を選ぶ…"),
        ("眼鏡 を選ぶ", 8, "眼鏡 を…"),
    ],
)
def test_text_is_cut_between_words_or_wide_characters(text, width, shown):
    assert fitted(text, width) == shown


@settings(max_examples=100)
@given(st.text(max_size=400), st.integers(20, 200))
def test_what_is_fitted_fits_and_begins_as_the_text_does(text, width):
    shown = fitted(text, width)
    assert display_width(shown) <= width
    plain = " ".join(text.split())
    assert plain == shown or (shown.endswith("…") and plain.startswith(shown[:-1]))


@pytest.mark.parametrize(
    ("title", "facts", "shown"),
    [
        ("Luna", [], "Luna | Shop"),
        ("Luna", ["Spectacles", "Lark"], "Luna – Spectacles – Lark | Shop"),
        ("Lark Luna", ["Spectacles", "lark"], "Lark Luna – Spectacles | Shop"),
        ("L" * 50, ["Spectacles", "X"], "L" * 50 + " | Shop"),
        ("L" * 56, [], "L" * 56),
        ("L" * 80, ["X"], "L" * 80),
    ],
)
def test_a_title_says_as_much_as_there_is_room_for(title, facts, shown):
    assert title_of(title, facts, "Shop") == shown
