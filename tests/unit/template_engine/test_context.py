import copy
import datetime as dt
import decimal
import functools
import math
import pathlib
import re
import string

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from shopwright.errors import ContextRefused
from shopwright.template_engine import context as context_module
from shopwright.template_engine.context import from_wire, to_wire, validate_context
from shopwright.template_engine.contexts.addresses import is_address_name
from shopwright.template_engine.rich import rich_markup

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEYS = TEXTS.filter(lambda key: key and not key.startswith("_") and not is_address_name(key))
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXTS,
    TEXTS.map(rich_markup),
)
VALUES = st.recursive(
    LEAVES, lambda inside: st.lists(inside, max_size=4) | st.dictionaries(KEYS, inside, max_size=4), max_leaves=20
)
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,10}", fullmatch=True).filter(lambda name: not is_address_name(name))
CONTEXTS = st.dictionaries(NAMES, VALUES, max_size=4)


def travelled(context):
    """A context as it arrives in a worker."""
    return from_wire(orjson.loads(orjson.dumps(to_wire(context))))


def shape(value):
    """A value with the type of everything in it; ``==`` alone takes 1 for true and rich text for plain."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return type(value), repr(value)


@given(CONTEXTS)
def test_what_is_accepted_arrives_as_it_was(context):
    before = copy.deepcopy(context)
    validate_context(context)
    arrived = travelled(context)
    assert arrived == before
    assert shape(arrived) == shape(before)


@given(st.recursive(TEXTS, lambda inside: st.lists(inside) | st.dictionaries(KEYS, inside), max_leaves=20))
def test_no_data_becomes_markup(value):
    """Whatever text says of itself: without rich text in it, a context arrives without any."""
    arrived = travelled({"data": value, "rich": [["data"]]})
    assert "Markup" not in repr(shape(arrived))


@given(st.text("0123456789<>.[]#richdata", max_size=30), st.sampled_from(["rich", "data", "a.b", "a[0]", "0"]))
def test_only_the_rich_text_itself_is_rich(text, key):
    arrived = travelled({"x": {key: [text, Markup(text), {key: text}]}})
    assert shape(arrived["x"][key]) == shape([text, Markup(text), {key: text}])


class Sly(str):
    """A text with methods of its own."""

    __slots__ = ()

    def __html__(self):
        return "<script>"


class Mapping(dict):
    """A dict with methods of its own."""


REFUSED = {
    "path": (pathlib.Path("/etc/passwd"), "value"),
    "callable": (functools.partial(open, "/etc/passwd"), "value"),
    "formatter": (string.Formatter(), "value"),
    "pattern": (re.compile("(a+)+$"), "value"),
    "decimal": (decimal.Decimal(1), "value"),
    "date": (dt.date(2026, 1, 1), "value"),
    "bytes": (b"x", "value"),
    "tuple": ((1, 2), "value"),
    "set": ({1}, "value"),
    "type": (str, "value"),
    "text of another type": (Sly("x"), "value"),
    "dict of another type": (Mapping(), "value"),
    "generator": ((each for each in "ab"), "value"),
    "nan": (math.nan, "value"),
    "infinite": (-math.inf, "value"),
    "65 bits": (2**63, "value"),
    "65 bits below zero": (-(2**63) - 1, "value"),
    "half a surrogate pair": ("x\ud800", "value"),
    "long text": ("x" * 1_000_001, "value"),
    "long rich text": (Markup("x" * 1_000_001), "value"),
    "key of another type": ({1: 2}, "value.1"),
    "key with methods": ({Sly("x"): 2}, "value.x"),
    "no key": ({None: 2}, "value.None"),
    "empty key": ({"": 2}, "value."),
    "dunder": ({"__class__": 2}, "value.__class__"),
    "private": ({"_x": 2}, "value._x"),
    "long key": ({"k" * 201: 2}, "value." + "k" * 40),
    "half a surrogate pair in a key": ({"\udfff": 2}, "value.'\\udfff'"),
    "code in an address": ({"url": "javascript:alert(1)"}, "value.url"),
    "deep in it": ({"variants": [1, {"price": object()}]}, "value.variants[1].price"),
}


@pytest.mark.parametrize(("value", "where"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_plain_is_refused_with_its_path(value, where):
    with pytest.raises(ContextRefused) as refused:
        validate_context({"before": 1, "value": value})
    assert refused.value.where == where
    assert refused.value.remedy
    with pytest.raises(ContextRefused):
        to_wire({"value": value})


@pytest.mark.parametrize("name", ["", "_x", "__class__", "1a", "a-b", "a.b", "a b", "é", 1, None, Sly("a"), "n" * 201])
def test_the_outermost_keys_are_names(name):
    with pytest.raises(ContextRefused, match="is none a template can use"):
        validate_context({name: 1})


def test_a_key_that_was_safe_before_is_still_looked_at_for_its_type():
    validate_context({"value": {"title": 1}})
    with pytest.raises(ContextRefused):
        validate_context({"value": {Sly("title"): 1}})


def test_an_address_is_looked_at_as_data():
    validate_context({"url": "/products/x", "links": [{"data_url": "https://shop.example/#top"}, {"url": ""}]})
    with pytest.raises(ContextRefused, match=r"^url: the address javascript:x must not stand in a page"):
        validate_context({"url": "javascript:x"})


def test_known_keys_are_bounded(monkeypatch):
    monkeypatch.setattr(context_module, "_KEYS_KNOWN", 0)
    validate_context({"value": {"a key that no other test has": 1}})
    assert "a key that no other test has" not in context_module._SAFE_KEYS
    with pytest.raises(ContextRefused, match=r"^value\.unknown_url: "):
        validate_context({"value": {"unknown_url": "data:text/html,x", "other_url": None}})


def nested(depth):
    value = []
    for _ in range(depth - 2):
        value = [value]
    return {"value": value}


def test_depth_is_bounded():
    validate_context(nested(context_module.MAX_DEPTH))
    with pytest.raises(ContextRefused, match=r"^value\[0\].*: it is nested 25 deep"):
        validate_context(nested(context_module.MAX_DEPTH + 1))
    validate_context({})


def test_a_circle_is_refused():
    circle = {}
    circle["again"] = [circle]
    with pytest.raises(ContextRefused, match="in no circle"):
        validate_context(circle)


def test_the_number_of_values_is_bounded():
    validate_context({"value": [0] * (context_module.MAX_NODES - 1)})
    with pytest.raises(ContextRefused, match=r"^value: there are more than 50,000 values"):
        validate_context({"value": [0] * context_module.MAX_NODES})
    shared = [0] * 300
    with pytest.raises(ContextRefused, match="more than 50,000 values"):
        validate_context({"value": [shared] * 300})  # 300 lists in memory, 90,000 entries on the wire


def test_the_sum_of_texts_is_bounded():
    validate_context({"value": ["x" * 1_000_000] * 4})
    with pytest.raises(ContextRefused, match=r"^value: the texts have 4,000,001 characters together"):
        validate_context({"value": ["x" * 1_000_000] * 4 + ["x"]})


def test_a_strange_key_is_shown_harmlessly():
    with pytest.raises(ContextRefused) as refused:
        validate_context({"value": {"a\x1b[2Jb": object()}})
    assert refused.value.where == "value.'a\\x1b[2Jb'"
