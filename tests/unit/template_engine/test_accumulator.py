"""What a page collects while it is rendered."""

import pytest

from shopwright.template_engine.accumulator import MOST_VALUES, Accumulator


def test_values_come_back_in_their_order_by_name():
    collected = Accumulator()
    for name, value in (("a", 1), ("b", "x"), ("a", {"k": 2})):
        collected.add(name, value)
    assert (collected.values("a"), collected.values("b"), collected.values("c")) == ([1, {"k": 2}], ["x"], [])


def test_what_is_given_back_is_a_copy():
    collected = Accumulator()
    collected.add("a", 1)
    collected.values("a").append(2)
    assert collected.values("a") == [1]


def test_values_are_counted_over_all_names():
    collected = Accumulator()
    for number in range(MOST_VALUES):
        collected.add(f"n{number % 7}", number)
    with pytest.raises(ValueError, match=r"^collect\(\): a page may collect 1,000 values$"):
        collected.add("other", 1)


@pytest.mark.parametrize("call", ["add", "values"])
def test_a_name_is_an_identifier(call):
    arguments = ("no name", 1) if call == "add" else ("no name",)
    with pytest.raises(ValueError, match=r"^collect(ed)?\(\): name must be a letter"):
        getattr(Accumulator(), call)(*arguments)
