import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.access.email_address import folded_email, tidy_email
from shopwright.errors import AccountError


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ada",
        "@x.example",
        "ada@",
        "a@b@c.org",
        "a da@example.org",
        "ada@example",
        "a@.",
        f"{'x' * 250}@b.org",
        "a\0@b.org",
    ],
)
def test_what_is_no_address_is_refused_and_not_shown(text):
    with pytest.raises(AccountError) as refused:
        tidy_email(text)
    assert len(text) < 5 or text not in str(refused.value)


@given(st.text(max_size=40))
def test_a_tidy_address_stays_as_it_is(text):
    try:
        tidy = tidy_email(text + "@example.org")
    except AccountError:
        return
    assert tidy_email(tidy) == tidy


@given(st.text(max_size=40), st.sampled_from(["upper", "swapcase", "spaces", "wide"]))
def test_however_an_address_is_written_it_is_counted_as_it_is_looked_for(name, spelling):
    text = f"{name}@example.org"
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    other = {"upper": text.upper(), "swapcase": text.swapcase(), "spaces": f"\u3000{text}\xa0", "wide": wide}[spelling]
    if unicodedata.normalize("NFKC", other).strip().lower() == folded_email(text):
        assert folded_email(other) == folded_email(text)
    try:
        assert tidy_email(other) == folded_email(other)
    except AccountError:
        assert folded_email(folded_email(other)) == folded_email(other)


@pytest.mark.parametrize(
    "text", ["ADA@Example.ORG", "\uff41da@example.org", "\xa0ada@example.org\u3000", "ada@e\u24e7ample.org"]
)
def test_one_account_has_one_form(text):
    assert folded_email(text) == tidy_email(text) == "ada@example.org"
