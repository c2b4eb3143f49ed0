from dataclasses import replace

import pytest

from shopwright.template_engine.contexts.spot import LOST, TEXT, Phase, Place, Spot, join, returns

TAG = Spot(Place.TAG, "p")
GLUED = Spot(Place.GLUED, "p")
START = Spot(Place.VALUE, "a", "href", '"')
OPEN = replace(START, phase=Phase.OPEN)
CLOSED = replace(START, phase=Phase.CLOSED)


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        (TEXT, TEXT, TEXT),
        (TEXT, LOST, LOST),
        (LOST, TEXT, LOST),
        (TAG, GLUED, GLUED),
        (GLUED, TAG, GLUED),
        (TAG, replace(GLUED, element="b"), None),
        (TAG, replace(GLUED, svg=1), None),
        (TEXT, TAG, None),
        (TEXT, replace(TEXT, svg=1), None),
        (START, OPEN, CLOSED),
        (OPEN, CLOSED, CLOSED),
        (START, replace(START, phase=Phase.PARTIAL, said="a"), CLOSED),
        (START, replace(START, attribute="src"), None),
        (START, replace(START, quote="'"), None),
    ],
)
def test_branches_join_where_both_are_in_the_same_context(one, other, joined):
    assert join(one, other) == joined
    assert join(other, one) == joined


@pytest.mark.parametrize(
    ("start", "end", "does"),
    [
        (TEXT, TEXT, True),
        (TEXT, LOST, True),  # that was noted where it was lost
        (TEXT, TAG, False),
        (GLUED, TAG, True),
        (TAG, GLUED, False),
        (START, OPEN, False),
        (OPEN, OPEN, True),
        (CLOSED, OPEN, True),
    ],
)
def test_what_may_be_left_out_returns_to_where_it_began(start, end, does):
    assert returns(start, end) is does
