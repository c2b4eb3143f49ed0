"""The interface texts: every language has the same keys, places and plural forms."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from shopwright.template_engine.formats import locale_of
from shopwright.template_engine.texts import FALLBACK, _read, load_texts

FILES = sorted(path.stem for path in Path(str(files("shopwright.template_engine"))).glob("locales/*.yaml"))
LOCALES = [name for name in FILES if "-" not in name]
REGIONS = [name for name in FILES if "-" in name]
THEMES = Path(str(files("shopwright.template_engine"))) / "themes"

_COUNTED = {"zero", "one", "two"}
"""Plural forms that may say the number in words, and so leave out ``{count}``."""


def places(text: str) -> set[str]:
    return set(re.findall(r"\{([a-z_]+)\}", text))


def forms(entry: object) -> dict[str, str]:
    return {"": entry} if isinstance(entry, str) else dict(entry)


def test_the_promised_languages_are_there() -> None:
    assert {"ar", "de", "en", "fr"} <= set(LOCALES)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_the_same_keys(locale: str) -> None:
    own = _read(locale)
    assert own is not None
    assert set(own) == set(load_texts(FALLBACK).entries)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_is_empty_or_padded(locale: str) -> None:
    for key, entry in load_texts(locale).entries.items():
        for text in forms(entry).values():
            assert isinstance(text, str), key
            assert text, key
            assert text == text.strip(), key


@pytest.mark.parametrize("locale", LOCALES)
def test_texts_have_the_places_of_the_english_ones(locale: str) -> None:
    english = load_texts(FALLBACK).entries
    for key, entry in load_texts(locale).entries.items():
        wanted = places(forms(english[key]).get("other") or str(english[key]))
        for form, text in forms(entry).items():
            optional = {"count"} if form in _COUNTED else set()
            assert places(text) | optional == wanted | optional, (key, form)


@pytest.mark.parametrize("locale", LOCALES)
def test_plurals_have_the_forms_of_cldr(locale: str) -> None:
    wanted = {*locale_of(locale).plural_form.rules, "other"}
    english = load_texts(FALLBACK).entries
    for key, entry in load_texts(locale).entries.items():
        assert isinstance(entry, str) == isinstance(english[key], str), key
        if not isinstance(entry, str):
            assert set(entry) == wanted, key


@pytest.mark.parametrize("locale", LOCALES)
def test_templates_ask_for_texts_that_exist(locale: str) -> None:
    entries = load_texts(locale).entries
    asked = {
        key for path in THEMES.rglob("*.html") for key in re.findall(r"\bt\(\"([a-z_.]+)\"", path.read_text("utf-8"))
    }
    asked -= {"badge.", "appearance."}
    assert asked
    assert asked <= set(entries)


def test_scripts_ask_for_texts_that_exist() -> None:
    entries = load_texts(FALLBACK).entries
    asked = {
        key for path in THEMES.rglob("*.js") for key in re.findall(r'\b(?:text|note)\("([a-z_]+)"', path.read_text())
    }
    assert asked
    assert {f"js.{key}" for key in asked} <= set(entries)


def test_every_script_text_is_used() -> None:
    source = "".join(path.read_text("utf-8") for path in THEMES.rglob("*.js"))
    keys = [key.removeprefix("js.") for key in load_texts(FALLBACK).entries if key.startswith("js.")]
    assert [key for key in keys if f'"{key}"' not in source and not key.startswith("badge.")] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_badge_has_a_text_for_templates_and_scripts(locale: str) -> None:
    entries = load_texts(locale).entries
    for badge in ("sale", "new", "sold_out", "preorder"):
        assert entries[f"badge.{badge}"] == entries[f"js.badge.{badge}"]


def test_arabic_uses_its_plural_forms() -> None:
    texts = load_texts("ar")
    said = [texts.say("collection.count", count=count) for count in (0, 1, 2, 3, 11, 100)]
    assert said == ["لا توجد منتجات", "منتج واحد", "منتجان", "3 منتجات", "11 منتجًا", "100 منتج"]


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_says_only_what_its_language_says_otherwise(region: str) -> None:
    own, language = _read(region), _read(region.partition("-")[0])
    assert own
    assert language
    for key, entry in own.items():
        assert key in language
        assert language[key] != entry


def test_english_is_spelled_as_its_region_does() -> None:
    said = {locale: load_texts(locale).say("facet.color") for locale in ("en", "en-US", "en-GB", "en-AU", "en-IE")}
    assert said == {"en": "Color", "en-US": "Color", "en-GB": "Colour", "en-AU": "Colour", "en-IE": "Colour"}
    assert load_texts("en-GB").say("nav.cart") == "Cart"
    assert load_texts("en-GB").translated
    assert not load_texts("pl").translated
    assert load_texts("pl").say("facet.color") == "Color"


def test_no_english_text_mixes_the_spellings() -> None:
    american = {key for key, entry in load_texts("en").entries.items() if "olour" in str(entry)}
    british = {key for key, entry in load_texts("en-GB").entries.items() if re.search(r"\b[Cc]olor", str(entry))}
    assert (american, british) == (set(), set())
