import pytest

from shopwright.catalog.territory import countries, is_country, suggested_country


def test_countries_and_territories_are_known_groups_are_not():
    assert {"DE", "GB", "AE", "XK", "PR"} <= countries()
    assert not {"EU", "UN", "ZZ", "UK", "XA"} & countries()


@pytest.mark.parametrize(("code", "meant"), [("UK", "GB"), ("de", "DE"), ("DD", "DE"), ("EU", None), ("SU", None)])
def test_what_was_probably_meant(code, meant):
    assert suggested_country(code) == meant


def test_a_code_that_is_no_country_is_refused_with_a_suggestion():
    assert is_country("GB") == "GB"
    with pytest.raises(ValueError, match="'UK' is not a country of ISO 3166-1: write GB"):
        is_country("UK")
    with pytest.raises(ValueError, match=r"'EU' is not a country of ISO 3166-1$"):
        is_country("EU")
