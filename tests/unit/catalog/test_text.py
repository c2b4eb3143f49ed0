import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.catalog.text import (
    clean_text,
    is_gtin,
    is_local_handle,
    is_locale,
    is_plain,
    is_web_address,
    make_handle,
)  # fmt: skip


@given(st.text(max_size=30))
def test_cleaned_text_is_plain_and_stays_as_it_is(text):
    cleaned = clean_text(text)
    assert is_plain(cleaned) == cleaned
    assert clean_text(cleaned) == cleaned


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x85", "\ud800", "\ufdd0", "\uffff"])
def test_forbidden_characters_are_named(character):
    with pytest.raises(ValueError, match=f"U\\+{ord(character):04X} at position 1"):
        is_plain(f"a{character}")


def test_line_ends_and_composition_are_normalised():
    assert clean_text(" a\r\nb\rc e\u0301\x00 ") == "a\nb\nc é"


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("Café Noir, 52 mm", "cafe-noir-52-mm"),
        ("Größe", "groesse"),
        ("../x", "x"),
        ("نظارة", ""),
        ("x" * 200, "x" * 150),
    ],
)
def test_handles(text, handle):
    assert make_handle(text) == handle


@pytest.mark.parametrize("code", ["en", "de-AT", "zh-Hant-TW", "es-419"])
def test_locales(code):
    assert is_locale(code) == code


@pytest.mark.parametrize(("code", "why"), [("EN", "is not a locale such as"), ("xx", "CLDR"), ("", "is not a locale")])
def test_what_is_no_locale(code, why):
    with pytest.raises(ValueError, match=why):
        is_locale(code)


@pytest.mark.parametrize("address", ["https://x.example/a?b=c", "http://127.0.0.1:80/"])
def test_addresses(address):
    assert is_web_address(address) == address


@pytest.mark.parametrize(
    "address",
    ["ftp://x.example", "https://", "https://u:p@x.example", "https://x .example", "x", "https://x;y.example"],
)
def test_what_is_no_address(address):
    with pytest.raises(ValueError, match=r"address|host"):
        is_web_address(address)


@pytest.mark.parametrize("digits", ["96385074", "614141000036", "4006381333931", "10614141000415"])
def test_gtins(digits):
    assert is_gtin(digits) == digits


@pytest.mark.parametrize(
    ("digits", "why"), [("4006381333932", "check digit"), ("12", "is not a GTIN"), ("٤٠٠", "GTIN")]
)
def test_what_is_no_gtin(digits, why):
    with pytest.raises(ValueError, match=why):
        is_gtin(digits)


@pytest.mark.parametrize(
    ("code", "meant"), [("en-UK", "en-GB"), ("iw", "he"), ("de-DD", "de-DE"), ("zh-Hant-UK", "zh-Hant-GB")]
)
def test_a_locale_that_search_engines_would_ignore_is_refused_with_the_right_one(code, meant):
    with pytest.raises(ValueError, match=f"write {meant}"):
        is_locale(code)


@pytest.mark.parametrize("code", ["en-EU", "en-ZZ", "sr-Latn-YU"])
def test_what_is_no_country_is_no_part_of_a_locale(code):
    with pytest.raises(ValueError, match="not a locale"):
        is_locale(code)


@pytest.mark.parametrize("handle", ["luna", "نظارات-شمسية", "眼镜", "แว่นตา", "चश्मा", "ü2"])
def test_an_address_may_be_in_any_script(handle):
    assert is_local_handle(handle) == handle


@pytest.mark.parametrize(
    "handle",
    ["", "-a", "a-", "a--b", "a b", "a/b", "a.b", "A", "u\u0308", "a\u200cb", "a\u202eb", "a%", "x" * 201, "眼" * 67],
)
def test_what_is_no_address_in_any_script_is_refused(handle):
    with pytest.raises(ValueError, match=r"handle|longer"):
        is_local_handle(handle)


@given(st.text(min_size=1, max_size=20))
def test_a_handle_of_any_script_is_safe_in_paths_and_names_of_files(text):
    try:
        handle = is_local_handle(text)
    except ValueError:
        return
    assert not set(handle) & set("/\\.?#%&<>\"' \t\n*:|")
    assert len(handle.encode()) <= 200
    assert handle == handle.lower()
