from hypothesis import given
from hypothesis import strategies as st

from shopwright.catalog.patch import apply_patch, make_patch

VALUES = st.recursive(
    st.integers() | st.text(max_size=3) | st.booleans() | st.lists(st.integers(), max_size=2),
    lambda inner: st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(max_size=2), VALUES, max_size=4)


@given(OBJECTS, OBJECTS)
def test_a_patch_turns_the_old_into_the_new(old, new):
    assert apply_patch(old, make_patch(old, new)) == new


@given(OBJECTS)
def test_equal_objects_need_no_patch(value):
    assert make_patch(value, value) == {}
