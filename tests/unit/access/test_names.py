import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.access.names import tidy_name
from shopwright.errors import AccountError


def test_a_name_is_kept_without_the_spaces_around_it():
    assert tidy_name(" Ada Lovelace\t") == "Ada Lovelace"
    assert tidy_name("  ", 0) == ""
    assert tidy_name("x" * 101, most=101) == "x" * 101


@pytest.mark.parametrize("text", ["", " ", "x" * 101, "a\x1b[2Jb", "a\nb", "a\u202eb", "\ud800"])
def test_what_is_no_name_is_refused(text):
    with pytest.raises(AccountError, match="This is no name"):
        tidy_name(text)


@given(st.text(max_size=120))
def test_a_name_steers_no_terminal(text):
    try:
        name = tidy_name(text)
    except AccountError:
        return
    assert name.isprintable()
    assert 1 <= len(name) <= 100
    assert tidy_name(name) == name
