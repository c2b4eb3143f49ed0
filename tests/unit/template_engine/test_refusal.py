"""Refusals say the place, what is not allowed, and the way out."""

from shopwright.template_engine.refusal import Refusal


def test_a_refusal_reads_as_one_line():
    refusal = Refusal("card.html", 3, "filter", "the filter 'attr' is not allowed.", "Write a.b.")
    assert str(refusal) == "card.html, line 3: the filter 'attr' is not allowed. Write a.b. [filter]"


def test_refusals_sort_by_template_and_line():
    first, second = Refusal("a.html", 9, "x", "", ""), Refusal("b.html", 1, "x", "", "")
    assert sorted([second, first]) == [first, second]
