"""YAML that is no trap; what ``store.yaml`` may hold is tested with the store (test_store_file.py)."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.catalog.yaml_text import MAX_DEPTH, load_yaml
from shopwright.errors import LimitExceeded, ShopwrightError, SourceError


def test_values_are_those_of_json():
    text = "a: NO\nb: 2024-01-01\nc: 1.5\nd: true\ne: ~\nf: [1, 0x10]\n"
    assert load_yaml(text.encode(), "x") == {
        "a": "NO", "b": "2024-01-01", "c": 1.5, "d": True, "e": None, "f": [1, "0x10"]
    }  # fmt: skip


@pytest.mark.parametrize("text", ["a: &x 1", "a: *x", "a: !!str 1", "a: !!python/name:os.system x"])
def test_anchors_aliases_and_tags_are_refused(text):
    with pytest.raises(SourceError, match=r"^x line 1: anchors, aliases and tags are not allowed"):
        load_yaml(text.encode(), "x")


@pytest.mark.parametrize("text", ["a: 1\na: 2", "1: a", "[1]: a", "a: [", "a: \0", "\ta"])
def test_what_is_wrong_is_named(text):
    with pytest.raises(SourceError, match=r"^x: the file is no valid YAML: "):
        load_yaml(text.encode(), "x")


def test_a_long_key_that_stands_twice_is_not_repeated_whole():
    with pytest.raises(SourceError) as refused:
        load_yaml(b"? " + b"k" * 900 + b"\n: 1\n? " + b"k" * 900 + b"\n: 2", "x")
    assert len(str(refused.value)) < 700


def test_depth_is_bounded():
    assert load_yaml(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, "x")
    with pytest.raises(LimitExceeded, match="nested deeper than 20"):
        load_yaml(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "x")


def test_what_is_no_text_is_refused():
    with pytest.raises(SourceError, match="not UTF-8"):
        load_yaml(b"\xff", "x")


@given(st.text("a:-[]{}*&!|>\n '\"#,?", max_size=60))
def test_whatever_is_given_there_is_a_value_or_one_of_our_errors(text):
    with suppress(ShopwrightError):
        json.dumps(load_yaml(text.encode(), "x"))
