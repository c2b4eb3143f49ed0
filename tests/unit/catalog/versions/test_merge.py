from hypothesis import given
from hypothesis import strategies as st

from shopwright.catalog.versions.merge import take_back

OBJECTS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3) | st.lists(st.integers(0, 1), max_size=2))


def test_a_change_is_taken_back_and_a_later_one_stays():
    before, after, now = {"title": "A", "brand": "X"}, {"title": "B", "brand": "X"}, {"title": "B", "brand": "Y"}
    assert take_back(before, after, now) == ({"title": "A", "brand": "Y"}, ())


def test_a_field_that_came_goes_and_one_that_went_comes_back():
    assert take_back({"a": 1}, {"b": 2}, {"b": 2, "c": 3}) == ({"a": 1, "c": 3}, ())


def test_a_field_that_both_changed_clashes():
    assert take_back({"title": "A"}, {"title": "B"}, {"title": "C"}) == ({"title": "C"}, ("title",))


def test_who_changed_it_back_already_does_not_clash():
    assert take_back({"title": "A"}, {"title": "B"}, {"title": "A"}) == ({"title": "A"}, ())


@given(OBJECTS, OBJECTS)
def test_without_later_changes_the_former_state_is_back(before, after):
    assert take_back(before, after, after) == (before, ())


@given(OBJECTS, OBJECTS, OBJECTS)
def test_a_clash_changes_nothing(before, after, now):
    result, clashes = take_back(before, after, now)
    assert result == now if clashes else set(result) <= before.keys() | now.keys()
