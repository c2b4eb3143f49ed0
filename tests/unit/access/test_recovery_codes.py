from hypothesis import given
from hypothesis import strategies as st

from shopwright.access.recovery_codes import CODES, kept_code, new_recovery_codes, without_code


def test_there_are_ten_different_ones_with_120_bits():
    codes = new_recovery_codes()
    assert len({code.text for code in codes}) == CODES
    assert all(len(code.text.replace("-", "")) == 24 for code in codes)
    assert not set("".join(code.text for code in codes)) & set("lo01 ")


def test_each_is_used_once():
    codes = new_recovery_codes()
    kept = tuple(kept_code(code.text) for code in codes)
    left = without_code(kept, codes[3].text)
    assert left == kept[:3] + kept[4:]
    assert without_code(left, codes[3].text) is None
    assert without_code((), codes[3].text) is None


def test_how_it_is_typed_does_not_matter():
    code = new_recovery_codes()[0].text
    assert kept_code(code) == kept_code(code.upper().replace("-", " ")) == kept_code(f" {code.replace('-', '')}\n")


@given(st.text(max_size=200))
def test_nothing_else_is_a_code(text):
    assert without_code(tuple(kept_code(code.text) for code in new_recovery_codes()), text) is None
