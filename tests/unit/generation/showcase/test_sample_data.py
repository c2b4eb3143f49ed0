import json

from shopwright.generation.showcase.sample_data import sample_text, value_at, with_names_set

VALUES = {
    "product": {"title": "Arlo", "price": {"text": "€1"}, "tags": [1, 2, 3, 4, 5]},
    "list": [{"revision": "x", "a": 1}],
}


def test_a_value_is_found_by_its_path():
    assert value_at(VALUES, "product.price.text") == "€1"
    assert value_at(VALUES, "list[0].a") == 1
    assert value_at(VALUES, "product.tags[2]") == 3


def test_there_is_nothing_where_there_is_nothing():
    assert [value_at(VALUES, path) for path in ("product.brand", "list[7]", "product.title.text", "other")] == [
        None
    ] * 4


def test_names_that_a_call_sets_are_values_too():
    call = '{% set price = product.price %}{% set full = true %}{% set sizes = "50vw" %}{% include "_price.html" %}'
    named = with_names_set(VALUES, call)
    assert (named["price"], named["full"], named["sizes"]) == ({"text": "€1"}, True, "50vw")
    assert named["product"] == VALUES["product"]


def test_only_what_is_asked_for_is_shown():
    assert json.loads(sample_text(VALUES, ["product.title", "product.price.text"])) == {
        "product": {"title": "Arlo", "price": {"text": "€1"}}
    }


def test_long_lists_and_texts_are_shortened():
    text = sample_text({"a": [1, 2, 3, 4, 5], "b": "x" * 250}, ["a", "b"])
    assert json.loads(text) == {"a": [1, 2, 3, "… 2 more"], "b": f"{'x' * 200} … 50 more characters"}


def test_what_is_only_for_the_press_is_not_shown():
    assert json.loads(sample_text(VALUES, ["list"])) == {"list": [{"a": 1}]}


def test_a_path_and_one_that_goes_on_from_it_are_both_shown():
    assert json.loads(sample_text(VALUES, ["product.price", "product.price.text"]))["product"]["price"] == {
        "text": "€1"
    }
