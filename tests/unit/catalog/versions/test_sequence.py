import itertools

from hypothesis import given
from hypothesis import strategies as st

from shopwright.catalog.versions.sequence import GAP, settle


def test_a_new_catalogue_has_gaps():
    assert settle([None, None, None]) == [GAP, 2 * GAP, 3 * GAP]


def test_nothing_moves_when_the_order_is_the_same():
    assert settle([GAP, 2 * GAP, 3 * GAP]) == [GAP, 2 * GAP, 3 * GAP]


def test_what_comes_between_lands_in_the_gap():
    assert settle([GAP, None, 2 * GAP]) == [GAP, GAP + GAP // 2, 2 * GAP]


def test_what_comes_first_and_last():
    assert settle([None, GAP, None]) == [GAP // 2, GAP, 2 * GAP]


def test_only_what_moved_moves():
    assert settle([4 * GAP, GAP, 2 * GAP, 3 * GAP]) == [GAP // 2, GAP, 2 * GAP, 3 * GAP]


def test_a_gap_that_is_too_narrow_numbers_everything_anew():
    assert settle([1, None, 2]) == [GAP, 2 * GAP, 3 * GAP]


def test_nothing_has_no_places():
    assert settle([]) == []


def longest_by_trying(places):
    """The length of the longest ascending chain, from its definition."""
    best = []
    for index, place in enumerate(places):
        best.append(1 + max((best[j] for j in range(index) if places[j] < place), default=0))
    return max(best, default=0)


@given(
    st.lists(
        st.one_of(st.none(), st.integers(1, 50).map(lambda n: n * GAP)), max_size=12, unique_by=lambda p: p or object()
    )
)
def test_places_ascend_and_as_many_as_possible_are_kept(old):
    new = settle(old)
    assert all(left < right for left, right in itertools.pairwise(new))
    assert len(new) == len(old)
    kept = sum(before == after for before, after in zip(old, new, strict=True))
    assert kept >= longest_by_trying([place for place in old if place is not None])
