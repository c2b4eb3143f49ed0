import pytest

from shopwright.seo.gate.languages import is_hreflang, is_language, runs_right_to_left


@pytest.mark.parametrize("tag", ["en", "en-GB", "zh-Hant-TW", "es-419", "sr-Latn", "de-1996", "en-x-own", "ckb"])
def test_tags_that_exist(tag):
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["", "en-UK", "xx", "english", "en_GB", "en-", "de-XX"])
def test_tags_that_do_not(tag):
    assert not is_language(tag)
    assert not is_hreflang(tag)


@pytest.mark.parametrize(("code", "known"), [("x-default", True), ("de-AT", True), ("es-419", False), ("ckb", False)])
def test_search_engines_know_fewer(code, known):
    assert is_hreflang(code) is known


@pytest.mark.parametrize(
    ("tag", "rtl"), [("ar", True), ("he-IL", True), ("az-Arab", True), ("ar-Latn", False), ("en", False), ("?", False)]
)
def test_direction(tag, rtl):
    assert runs_right_to_left(tag) is rtl
