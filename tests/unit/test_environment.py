import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.environment import duration, folder, number, path, read_duration, truth
from shopwright.errors import SettingsError


@given(st.text(max_size=8))
def test_a_length_of_time_is_a_number_and_a_unit(text):
    read = read_duration(text)
    if read is not None:
        assert read.total_seconds() == int(text[:-1]) * {"s": 1, "m": 60, "h": 3_600, "d": 86_400}[text[-1]]


def test_what_is_not_given_is_usual():
    assert number({}, "X", 7, (1, 9)) == 7
    assert truth({}, "SHOPWRIGHT_X") is False
    assert truth({}, "SHOPWRIGHT_X", "yes") is True
    assert path({}, "X") is None
    assert duration({}, "X", "5m").total_seconds() == 300


@pytest.mark.parametrize("text", ["0", "10", "1.0", "١", "", "-1"])
def test_a_number_is_plain_and_within_its_bounds(text):
    with pytest.raises(SettingsError, match=r"SHOPWRIGHT_X: .* Set it to a whole number from 1 to 9"):
        number({"SHOPWRIGHT_X": text}, "X", 7, (1, 9))


def test_what_is_neither_yes_nor_no():
    with pytest.raises(SettingsError, match=r"SHOPWRIGHT_X: 'maybe' cannot be used. Set it to yes or no"):
        truth({"SHOPWRIGHT_X": "maybe"}, "SHOPWRIGHT_X")


def test_without_a_home_there_is_no_folder():
    with pytest.raises(SettingsError, match="neither XDG_STATE_HOME nor HOME is set"):
        folder({}, "STATE", "state", (".local",))
