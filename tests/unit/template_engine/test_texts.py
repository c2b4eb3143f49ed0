"""Interface text by key, place and plural. That every language is complete: ``test_locales.py``."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import ThemeError
from shopwright.template_engine.texts import Texts, _flatten, load_texts

ENTRIES = {
    "hello": "Hello {name}, {name}!",
    "plain": "50 % {off}",
    "count": {"one": "{count} frame", "other": "{count} frames"},
    "js.a": "A",
}


def say(key, locale="en", **values):
    return Texts(locale, ENTRIES, translated=True).say(key, **values)


def test_places_are_filled_in_and_unknown_ones_stay():
    assert say("hello", name="Luna") == "Hello Luna, Luna!"
    assert say("hello") == "Hello {name}, {name}!"
    assert say("plain", name=1) == "50 % {off}"


@given(st.text())
def test_what_is_filled_in_is_never_read_again(value):
    assert say("hello", name=value) == f"Hello {value}, {value}!"


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 frames"), (1, "1 frame"), (2, "2 frames"), (12_345, "12,345 frames"), ("x", "0 frames")]
)
def test_the_count_chooses_the_plural(count, text):
    assert say("count", count=count) == text


def test_a_text_without_its_count_counts_nothing():
    assert say("count") == "0 frames"


def test_a_language_without_a_form_of_its_own_uses_the_last_one():
    arabic = [say("count", "ar", count=count) for count in (1, 2, 11)]
    assert [text.split()[-1] for text in arabic] == ["frame", "frames", "frames"]


def test_a_key_that_does_not_exist_names_the_language():
    with pytest.raises(ThemeError, match=r"^de: there is no interface text 'gone'\. Add it to the locale file\.$"):
        say("gone", "de")


def test_what_scripts_are_given():
    assert Texts("en", ENTRIES, translated=True).starting_with("js.") == {"js.a": "A"}


def test_sections_become_dots_and_plurals_stay_together():
    tree = {"a": {"b": "x", "c": {"one": "1", "other": "n"}}, "d": "y"}
    assert _flatten(tree) == {"a.b": "x", "a.c": {"one": "1", "other": "n"}, "d": "y"}


def test_a_region_speaks_its_language_and_any_other_language_english():
    austrian, welsh = load_texts("de-AT"), load_texts("cy")
    assert (austrian.say("page.cart"), austrian.translated) == ("Warenkorb", True)
    assert (welsh.say("page.cart"), welsh.translated) == ("Cart", False)
    assert load_texts("en").entries == load_texts("cy").entries


def test_texts_that_are_read_once_are_not_shared():
    first, second = load_texts("de"), load_texts("de")
    assert first.entries == second.entries
    assert first.entries is not second.entries
