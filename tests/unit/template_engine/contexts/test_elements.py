import pytest

from shopwright.template_engine.contexts.elements import RAW, RCDATA, REFUSED, SVG, is_known


@pytest.mark.parametrize(
    ("element", "in_svg", "known"),
    [
        ("p", False, True),
        ("svg", False, True),
        ("path", False, False),
        ("path", True, True),
        ("p", True, False),
        ("script", False, True),
        ("script", True, False),
        ("foreignobject", True, False),
        ("animate", True, False),
        ("x-rating", False, True),
        ("x-rating", True, False),
        ("annotation-xml", False, False),
        ("font-face-src", False, False),
        ("marquee", False, False),
        ("math", False, False),
    ],
)
def test_which_elements_may_stand_where(element, in_svg, known):
    assert is_known(element, in_svg) is known


def test_the_lists_do_not_contradict_each_other():
    for element in [*REFUSED, *RAW]:
        assert not is_known(element, in_svg=False)
        assert element not in SVG
    assert all(is_known(element, in_svg=False) for element in RCDATA)
