import pytest
from tests.unit.browser_audit.answers import page, told, walked

from shopwright.browser_audit.keyboard import judge


def test_a_walk_without_a_stumble():
    assert told(judge(page(), 390, walked())) == []


@pytest.mark.parametrize(
    ("answer", "rule", "found"),
    [
        ({"left": False}, "trap", "Tab does not leave the page again"),
        ({"skip": False}, "skip-link", "the first stop does not lead to the content"),
        ({"missed": ["a “x”"]}, "not-reached", "Tab does not reach a “x”"),
        ({"disordered": ["a “x”"]}, "focus-order", "the focus jumps back to a “x”"),
        ({"unseen": ["a “x”"]}, "focus-visible", "nothing shows the focus on a “x”"),
        ({"covered": ["a “x”"]}, "focus-covered", "something covers the focused a “x”"),
        ({"popovers": ["Escape does not close “Menu”"]}, "popover", "Escape does not close “Menu”"),
    ],
)
def test_each_stumble_has_a_rule(answer, rule, found):
    assert told(judge(page(), 390, walked(**answer))) == [(rule, "error", "390 px", found)]
