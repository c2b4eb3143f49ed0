from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import SettingsError
from shopwright.performance.cpu import usable_processors
from shopwright.settings import MOST_WORKERS, Settings, current_settings, read_settings

HOME = {"HOME": "/home/mara"}


@pytest.fixture
def browser(tmp_path):
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return program


def test_defaults():
    assert read_settings(HOME) == Settings(
        cache=Path("/home/mara/.cache/shopwright"),
        state=Path("/home/mara/.local/state/shopwright"),
        workers=min(usable_processors(), MOST_WORKERS),
        chromium=Path("chromium"),
        allow_private_addresses=False,
    )


def test_everything_set(browser):
    environ = {
        "SHOPWRIGHT_CACHE": "/var/cache/shop",
        "SHOPWRIGHT_STATE": "/var/lib/shop",
        "SHOPWRIGHT_WORKERS": "3",
        "SHOPWRIGHT_CHROMIUM": str(browser),
        "SHOPWRIGHT_ALLOW_PRIVATE_ADDRESSES": "yes",
    }
    folders = (Path("/var/cache/shop"), Path("/var/lib/shop"))
    assert read_settings(environ) == Settings(*folders, 3, browser, allow_private_addresses=True)


def test_an_empty_value_counts_as_not_set():
    names = ("CACHE", "STATE", "WORKERS", "CHROMIUM", "ALLOW_PRIVATE_ADDRESSES")
    assert read_settings(HOME | {f"SHOPWRIGHT_{name}": " " for name in names}) == read_settings(HOME)


def test_a_relative_cache_starts_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_settings(HOME | {"SHOPWRIGHT_CACHE": "mine"}).cache == tmp_path / "mine"


def test_the_cache_follows_the_xdg_folder():
    assert read_settings(HOME | {"XDG_CACHE_HOME": "/fast"}).cache == Path("/fast/shopwright")
    assert read_settings(HOME | {"XDG_CACHE_HOME": "fast"}).cache == Path("/home/mara/.cache/shopwright")


def test_the_state_follows_the_xdg_folder():
    assert read_settings(HOME | {"XDG_STATE_HOME": "/kept"}).state == Path("/kept/shopwright")
    assert read_settings(HOME | {"XDG_STATE_HOME": "kept"}).state == Path("/home/mara/.local/state/shopwright")


def test_no_folder_for_the_state():
    with pytest.raises(SettingsError) as refused:
        read_settings({"SHOPWRIGHT_CACHE": "/var/cache/shop"})
    assert str(refused.value) == (
        "SHOPWRIGHT_STATE: No folder for the state: neither XDG_STATE_HOME nor HOME is set. "
        "Set it to a folder that may be written."
    )


def test_no_folder_for_the_cache():
    with pytest.raises(SettingsError) as refused:
        read_settings({})
    assert str(refused.value) == (
        "SHOPWRIGHT_CACHE: No folder for the cache: neither XDG_CACHE_HOME nor HOME is set. "
        "Set it to a folder that may be written."
    )


@pytest.mark.parametrize("text", ["0", "-1", "257", "2.5", "two", "٣", "²", "9999999999", "1 2"])
def test_workers_that_cannot_be(text):
    with pytest.raises(SettingsError) as refused:
        read_settings(HOME | {"SHOPWRIGHT_WORKERS": text})
    assert str(refused.value) == (
        f"SHOPWRIGHT_WORKERS: {text!r} cannot be used. Set it to a whole number from 1 to 256."
    )


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_the_browser_is_found_on_the_path(tmp_path, browser, name):
    found = browser.rename(tmp_path / name)
    assert read_settings(HOME | {"PATH": str(tmp_path)}).chromium == found


def test_a_browser_that_is_not_there():
    with pytest.raises(SettingsError) as refused:
        read_settings(HOME | {"SHOPWRIGHT_CHROMIUM": "/no/browser"})
    assert str(refused.value) == (
        "SHOPWRIGHT_CHROMIUM: '/no/browser' cannot be used. Set it to the path of a program that can be started."
    )


@pytest.mark.parametrize(("text", "truth"), [("1", True), ("TRUE", True), ("on", True), ("No", False), ("off", False)])
def test_yes_and_no(text, truth):
    assert read_settings(HOME | {"SHOPWRIGHT_ALLOW_PRIVATE_ADDRESSES": text}).allow_private_addresses is truth


@given(text=st.text(max_size=200))
def test_any_text_is_a_number_of_workers_or_a_clear_refusal(text):
    try:
        workers = read_settings(HOME | {"SHOPWRIGHT_WORKERS": text}).workers
    except SettingsError as refused:
        workers = len(refused.where)
    assert 1 <= workers <= MOST_WORKERS


def test_the_environment_is_read_once(monkeypatch, tmp_path):
    current_settings.cache_clear()
    monkeypatch.setenv("SHOPWRIGHT_CACHE", str(tmp_path))
    first = current_settings()
    monkeypatch.setenv("SHOPWRIGHT_CACHE", "/elsewhere")
    assert current_settings() is first
    assert first.cache == tmp_path
    current_settings.cache_clear()


def test_neither_yes_nor_no():
    with pytest.raises(SettingsError) as refused:
        read_settings(HOME | {"SHOPWRIGHT_ALLOW_PRIVATE_ADDRESSES": "perhaps"})
    assert str(refused.value) == ("SHOPWRIGHT_ALLOW_PRIVATE_ADDRESSES: 'perhaps' cannot be used. Set it to yes or no.")
