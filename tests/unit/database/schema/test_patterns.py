import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.database.schema.patterns import name_pattern, server_pattern


@pytest.mark.parametrize(
    ("model", "server"),
    [
        ("^[a-z]+$", r"^[a-z]+\z"),
        (r"cost \$", r"cost \$"),
        (r"[$]", r"[$]"),
        (r"[]$]", r"[]$]"),
        (r"^\w+$", r"^[\x{80}-\x{10FFFF}\w]+\z"),
        (r"^[\w.-]+$", r"^[\x{80}-\x{10FFFF}\w.-]+\z"),
        (r"^[^\w]$", r"^[^\w]\z"),
        (r"\S", r"[\x{80}-\x{10FFFF}\S]"),
        (r"^\p{L}$", r"^[\x{80}-\x{10FFFF}\p{L}]\z"),
        (r"[[:alpha:]]", "[[:alpha:]]"),
        (r"\n", r"\n"),
    ],
)
def test_what_differs_is_translated(model, server):
    assert server_pattern(model) == server


@pytest.mark.parametrize(
    "pattern", [r"\bword", "(?i)a", "(?mi)a", "[a-z&&b]", "[a[bc]]", "[a-z--b]", r"[^\W]", r"[^\S>]"]
)
def test_what_cannot_be_translated_is_left_to_the_model(pattern):
    assert server_pattern(pattern) is None
    assert name_pattern({"pattern": pattern}) == name_pattern({})


def python(pattern):
    return re.compile(
        pattern.removeprefix("(*UTF)").replace(r"\z", r"\Z").replace(r"\x{80}-\x{10FFFF}", "\x80-\U0010ffff")
    )


@given(st.text("ab1-é\n", max_size=5), st.integers(0, 3), st.integers(0, 3))
def test_names_are_bound_in_length_and_form(name, least, more):
    pattern = python(name_pattern({"minLength": least, "maxLength": least + more, "pattern": "^[ab]+$"}))
    assert bool(pattern.search(name)) == (least <= len(name) <= least + more and bool(re.fullmatch("[ab]+", name)))
