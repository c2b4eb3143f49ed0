import datetime as dt

import bson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.database.encoding import CODEC, MOST_BYTES, encode
from shopwright.errors import DocumentRefused


def deep(levels):
    value = {}
    for _ in range(levels):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"$a": 1}, "A key begins with"),
        ([{"a.b": 1}], "A key begins with"),
        ({"a\0b": 1}, "A key begins with"),
        ({1: 2}, "A key begins with"),
        (2**63, "more than 64 bits"),
        (-(2**63) - 1, "more than 64 bits"),
        ("secret \ud800", "lone surrogate"),
        ({"\udfff": 1}, "lone surrogate"),
        (deep(2_000), "nests too deeply"),
        ({1, 2}, "no type for"),
        (object(), "no type for"),
        (dt.timedelta(1), "no type for"),
    ],
)
def test_what_cannot_be_stored_is_refused_and_not_shown(value, reason):
    with pytest.raises(DocumentRefused, match=reason) as caught:
        encode({"value": value}, "things")
    assert "secret" not in str(caught.value)
    assert caught.value.where == "things"


def test_a_document_has_at_most_sixteen_mebibytes():
    overhead = len(encode({"text": ""}, "").raw)
    assert len(encode({"text": "x" * (MOST_BYTES - overhead)}, "things").raw) == MOST_BYTES
    with pytest.raises(DocumentRefused, match="It has 16,777,217 bytes, at most 16,777,216"):
        encode({"text": "x" * (MOST_BYTES - overhead + 1)}, "things")


def test_days_are_texts_and_times_are_aware():
    raw = encode({"day": dt.date(2026, 6, 1), "time": dt.datetime(2026, 6, 1, tzinfo=dt.UTC)}, "").raw
    assert bson.decode(raw, CODEC) == {"day": "2026-06-01", "time": dt.datetime(2026, 6, 1, tzinfo=dt.UTC)}


@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_whatever_is_encoded_has_harmless_keys(value):
    try:
        raw = encode({"value": value}, "").raw
    except DocumentRefused:
        return
    keys = list(_keys(bson.decode(raw, CODEC)))
    assert not [key for key in keys if key.startswith("$") or "." in key or "\0" in key]


def _keys(value):
    if isinstance(value, dict):
        yield from value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _keys(inner)
