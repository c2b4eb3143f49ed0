"""Where in the HTML a point of a template is: the state of the check, after the WHATWG HTML Standard, 13.2.5."""

from dataclasses import dataclass, replace
from enum import Enum


class Place(Enum):
    """The tokenizer's states, as far as a template may leave a piece of markup in one.

    States inside a comment, a doctype, a tag's name or an unquoted value are not among them: whatever begins there must
    end before the next expression or statement of the template.
    """

    TEXT = "text"
    RCDATA = "text of title or textarea"
    TAG = "a tag, after white space"
    GLUED = "a tag, where white space or its end must follow"
    VALUE = "a quoted value"
    LOST = "unclear"


class Phase(Enum):
    """How far a value is said whose beginning decides what it means: an address, a name."""

    START = "nothing yet"
    PARTIAL = "a beginning that decides nothing yet"
    OPEN = "decided: any text may follow"
    CLOSED = "whole: of an address, only a query or a fragment may follow"


@dataclass(frozen=True, slots=True)
class Spot:
    """A point in the HTML.

    ``element`` is the tag being written, or the element whose text this is (RCDATA); ``attribute`` and ``quote`` belong
    to a value, ``phase`` and ``said`` to one whose beginning matters; ``svg`` counts the open ``svg`` elements.
    """

    place: Place
    element: str = ""
    attribute: str = ""
    quote: str = ""
    phase: Phase = Phase.START
    said: str = ""
    svg: int = 0


TEXT = Spot(Place.TEXT)
LOST = Spot(Place.LOST)

_IN_TAG = {Place.TAG, Place.GLUED}


def join(one: Spot, other: Spot) -> Spot | None:
    """The spot after two branches that end in these: what both allow; none if they are not in the same context."""
    if one == other or other is LOST:
        return other
    if one is LOST:
        return one
    if one.place in _IN_TAG and other.place in _IN_TAG and (one.element, one.svg) == (other.element, other.svg):
        return replace(one, place=Place.GLUED)
    if one.place is Place.VALUE and replace(one, phase=other.phase, said=other.said) == other:
        return replace(one, phase=Phase.CLOSED, said="")
    return None


def returns(start: Spot, end: Spot) -> bool:
    """Whether what begins at ``start`` may be left out, or come again, when it ends at ``end``."""
    return end is LOST or join(start, end) == start
