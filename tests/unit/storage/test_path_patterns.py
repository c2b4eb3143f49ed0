"""Patterns of URL paths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.storage.path_patterns import MOST_CHARACTERS, MOST_WILDCARDS, PatternTable, path_pattern


@pytest.mark.parametrize(
    ("pattern", "path", "values"),
    [
        ("/", "/", {}),
        ("/a.b", "/a.b", {}),
        ("/a.b", "/axb", None),
        ("/de/", "/de", None),
        ("/*", "/", {"splat": ""}),
        ("/*", "/a/b\nc", {"splat": "a/b\nc"}),
        ("/assets/*", "/assets/x/y.css", {"splat": "x/y.css"}),
        ("/*.css", "/assets/x.css", {"splat": "assets/x"}),
        ("/assets/*", "/asset", None),
        ("/:locale/products/:handle/", "/de/products/luna/", {"locale": "de", "handle": "luna"}),
        ("/:locale/", "/a/b/", None),
        ("/x:y", "/x:y", {}),
        ("/caf%C3%A9/*", "/café/1", {"splat": "1"}),
        ("/%2a", "/*", {}),
    ],
)
def test_what_a_pattern_means(pattern, path, values):
    assert path_pattern(pattern).match(path) == values


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        ("assets/*", "begins with /"),
        ("https://shop.example/*", "begins with /"),
        ("/*/*", "more than one"),
        ("/a b", "white space"),
        ("/a\x00", "control"),
        ("/:a/:a", "same name"),
        ("/:splat/*", "same name"),
        ("/" + "a" * MOST_CHARACTERS, "longer than"),
    ],
)
def test_what_is_no_pattern(pattern, what):
    with pytest.raises(ValueError, match=what):
        path_pattern(pattern)


def test_a_path_that_is_too_long_is_not_matched():
    assert path_pattern("/*").match("/" + "a" * MOST_CHARACTERS) is None


def test_rules_come_in_their_order_exact_or_not():
    table = PatternTable()
    for number, pattern in enumerate(["/*", "/a", "/:x", "/b", "/a", "/caf%C3%A9"]):
        table.add(path_pattern(pattern), number)
    assert len(table) == 6
    assert list(table.matches("/a")) == [({"splat": "a"}, 0), ({}, 1), ({"x": "a"}, 2), ({}, 4)]
    assert [rule for _, rule in table.matches("/café")] == [0, 2, 5]


def test_wildcards_are_bounded_and_exact_paths_are_not():
    table = PatternTable()
    for number in range(MOST_WILDCARDS):
        table.add(path_pattern(f"/{number}/*"), number)
    with pytest.raises(ValueError, match="more than 1,000"):
        table.add(path_pattern("/*"), 0)
    table.add(path_pattern("/exact"), -1)
    assert list(table.matches("/exact")) == [({}, -1)]


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_plain_path_means_itself_only(text, other):
    try:
        pattern = path_pattern("/" + text)
    except ValueError:
        return
    if pattern.exact and "%" not in text:
        assert pattern.match("/" + text) == {}
        assert (pattern.match("/" + other) is None) == (text != other)
