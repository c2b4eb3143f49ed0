import pytest

from shopwright.catalog.search_language import refuse_alike, search_language


@pytest.mark.parametrize(
    ("locale", "code"), [("de", "de"), ("de-AT", "de-AT"), ("zh-Hant-TW", "zh-Hant-TW"), ("es-419", "es")]
)
def test_a_region_of_the_un_is_not_named(locale, code):
    assert search_language(locale) == code


def test_locales_that_cannot_be_told_apart_are_refused():
    refuse_alike(["es", "es-MX", "de"])
    with pytest.raises(ValueError, match="cannot tell es and es-419 apart"):
        refuse_alike(["es", "es-419"])
