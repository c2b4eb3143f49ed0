"""Places of things in a catalogue's order: numbers with gaps, so that most things keep theirs when others move."""

from bisect import bisect_left
from collections.abc import Sequence

GAP = 1 << 20
"""Between neighbours of a new catalogue: 20 things can be put one after the other into the same gap by halving."""


def settle(old: Sequence[int | None]) -> list[int]:
    """New places, ascending, for things in their new order.

    ``old`` holds the place each has now, ``None`` for a new thing. As many as possible keep theirs (the longest
    ascending chain); if a gap is too narrow for what comes into it, everything is numbered anew.
    """
    kept = _longest_chain(old)
    places: list[int] = []
    left = 0
    for chain_index in [*kept, len(old)]:
        missing = chain_index - len(places)
        right = _place(old, chain_index) if chain_index < len(old) else left + GAP * (missing + 1)
        step = (right - left) // (missing + 1)
        if step == 0:
            return [GAP * number for number in range(1, len(old) + 1)]
        places += (left + step * number for number in range(1, missing + 1))
        if chain_index < len(old):
            places.append(right)
            left = right
    return places


def _longest_chain(old: Sequence[int | None]) -> list[int]:
    """Indexes of the longest ascending chain of old places (patience sorting, n log n)."""
    tails: list[int] = []
    tops: list[int] = []
    before: dict[int, int | None] = {}
    for index, place in enumerate(old):
        if place is None:
            continue
        pile = bisect_left(tops, place)
        before[index] = tails[pile - 1] if pile else None
        tails[pile : pile + 1], tops[pile : pile + 1] = [index], [place]
    chain: list[int] = []
    index_or_none = tails[-1] if tails else None
    while index_or_none is not None:
        chain.append(index_or_none)
        index_or_none = before[index_or_none]
    return chain[::-1]


def _place(old: Sequence[int | None], index: int) -> int:
    place = old[index]
    assert place is not None  # noqa: S101 - a chain holds only things that have a place
    return place
