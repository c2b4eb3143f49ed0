import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import SettingsError
from shopwright.performance.cpu import usable_processors
from shopwright.settings import (
    MOST_WORKERS,
    Aws,
    BackupSettings,
    DatabaseSettings,
    Secret,
    Settings,
    current_aws,
    current_backup_settings,
    current_database_settings,
    current_settings,
    read_audit_settings,
    read_aws,
    read_backup_settings,
    read_database_settings,
    read_settings,
)

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
        release_key=Path("/home/mara/.local/state/shopwright/release-key.pem"),
        trusted_keys=None,
        cloudflare_token=Secret(),
        fastly_token=Secret(),
    )


def test_everything_set(browser):
    environ = {
        "SHOPWRIGHT_CACHE": "/var/cache/shop",
        "SHOPWRIGHT_STATE": "/var/lib/shop",
        "SHOPWRIGHT_WORKERS": "3",
        "SHOPWRIGHT_CHROMIUM": str(browser),
        "SHOPWRIGHT_ALLOW_PRIVATE_ADDRESSES": "yes",
        "SHOPWRIGHT_RELEASE_KEY": "/keys/mine.pem",
        "SHOPWRIGHT_TRUSTED_KEYS": "/keys/trusted.pem",
        "SHOPWRIGHT_CLOUDFLARE_TOKEN": "cloud",
        "SHOPWRIGHT_FASTLY_TOKEN": "fast",
    }
    paths = map(Path, ("/var/cache/shop", "/var/lib/shop", str(browser), "/keys/mine.pem", "/keys/trusted.pem"))
    cache, state, chromium, release_key, trusted = paths
    expected = Settings(cache, state, 3, chromium, True, release_key, trusted, Secret("cloud"), Secret("fast"))
    assert read_settings(environ) == expected


def test_secrets_are_never_shown():
    given = {"SHOPWRIGHT_CLOUDFLARE_TOKEN": "hush", "AWS_SECRET_ACCESS_KEY": "hush", "AWS_SESSION_TOKEN": "hush"}
    assert "hush" not in repr(read_settings(HOME | given)) + repr(read_aws(given)) + str(Secret("hush"))


def test_amazon_s_own_variables():
    assert read_aws({}) == Aws("us-east-1", "", "https://cloudfront.amazonaws.com", "", Secret(), Secret())
    given = {
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:1/",
        "AWS_ENDPOINT_URL_CLOUDFRONT": "http://127.0.0.1:2",
        "AWS_ACCESS_KEY_ID": "id",
        "AWS_SECRET_ACCESS_KEY": "key",
        "AWS_SESSION_TOKEN": "token",
    }
    expected = Aws("eu-west-1", "http://127.0.0.1:1", "http://127.0.0.1:2", "id", Secret("key"), Secret("token"))
    assert read_aws(given) == expected
    assert read_aws(given | {"AWS_REGION": "eu-north-1"}).region == "eu-north-1"
    with pytest.raises(SettingsError, match=r"AWS_ENDPOINT_URL: 'ftp://x' cannot be used"):
        read_aws({"AWS_ENDPOINT_URL": "ftp://x"})


def test_an_empty_value_counts_as_not_set():
    names = [field.name.upper() for field in dataclasses.fields(Settings)]
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


def test_amazon_s_variables_of_this_process_are_read_once(monkeypatch):
    current_aws.cache_clear()
    monkeypatch.setenv("AWS_REGION", "eu-west-3")
    assert current_aws().region == "eu-west-3"
    monkeypatch.setenv("AWS_REGION", "eu-west-4")
    assert current_aws().region == "eu-west-3"
    current_aws.cache_clear()


def test_backups_by_default():
    assert read_backup_settings(HOME) == BackupSettings(
        key=Path("/home/mara/.local/state/shopwright/backup.key"),
        to="",
        every=dt.timedelta(days=1),
        log_every=dt.timedelta(minutes=5),
        keep=14,
    )
    assert current_backup_settings().keep >= 1


def test_backups_as_named():
    named = {
        "SHOPWRIGHT_BACKUP_KEY": "/etc/key",
        "SHOPWRIGHT_BACKUP_TO": "s3://bucket/backups",
        "SHOPWRIGHT_BACKUP_EVERY": "6h",
        "SHOPWRIGHT_BACKUP_LOG_EVERY": "30s",
        "SHOPWRIGHT_BACKUP_KEEP": "2",
    }
    assert read_backup_settings({**HOME, **named}) == BackupSettings(
        Path("/etc/key"), "s3://bucket/backups", dt.timedelta(hours=6), dt.timedelta(seconds=30), 2
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [("KEEP", "0"), ("KEEP", "-1"), ("KEEP", "many"), ("EVERY", "1"), ("EVERY", "0h"), ("LOG_EVERY", "1 week")],
)
def test_backups_that_cannot_be(name, text):
    with pytest.raises(SettingsError, match=f"SHOPWRIGHT_BACKUP_{name}: '{text}' cannot be used"):
        read_backup_settings({**HOME, f"SHOPWRIGHT_BACKUP_{name}": text})


def test_the_database_by_default_and_as_named():
    state = Path("/home/mara/.local/state/shopwright")
    assert read_database_settings(HOME) == DatabaseSettings(Secret(""), None, state / "mongo")
    named = {"MONGODB_URI": "mongodb://u:p@db/?replicaSet=rs0", "SHOPWRIGHT_MONGOD": "/opt/mongod"}
    read = read_database_settings({**HOME, **named})
    assert (read.uri.text, read.mongod) == ("mongodb://u:p@db/?replicaSet=rs0", Path("/opt/mongod"))
    assert "u:p" not in repr(read)
    assert current_database_settings().folder.name == "mongo"


def test_where_master_keys_are():
    usual = read_database_settings(HOME)
    assert (usual.key_folder, usual.kms) == (Path("/home/mara/.local/state/shopwright/keys"), None)
    named = read_database_settings({**HOME, "SHOPWRIGHT_KEYS": "/secrets/keys", "SHOPWRIGHT_KMS": "/secrets/kms.json"})
    assert (named.key_folder, named.kms) == (Path("/secrets/keys"), Path("/secrets/kms.json"))


def test_a_connection_string_that_is_none_is_refused_and_not_shown():
    with pytest.raises(SettingsError, match="MONGODB_URI: It is no connection string") as raised:
        read_database_settings({**HOME, "MONGODB_URI": "postgres://user:secret@db"})
    assert "secret" not in str(raised.value)


def test_where_heads_of_audit_trails_go():
    usual = read_audit_settings({"SHOPWRIGHT_STATE": "/state"})
    assert (usual.heads, usual.heads_every) == ("/state/heads", dt.timedelta(hours=1))
    named = {"SHOPWRIGHT_AUDIT_HEADS": "s3://heads/luna", "SHOPWRIGHT_AUDIT_HEADS_EVERY": "5m", "HOME": "/home/ann"}
    read = read_audit_settings(named)
    assert (read.heads, read.heads_every) == ("s3://heads/luna", dt.timedelta(minutes=5))
    with pytest.raises(SettingsError, match="SHOPWRIGHT_AUDIT_HEADS_EVERY"):
        read_audit_settings({**named, "SHOPWRIGHT_AUDIT_HEADS_EVERY": "often"})
