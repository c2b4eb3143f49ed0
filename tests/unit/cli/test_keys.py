"""The commands of ``shopwright keys``."""

import json
from uuid import uuid4

import pytest
from click.testing import CliRunner

from shopwright.cli.keys import keys
from shopwright.cli.keys_rotate import rotate
from shopwright.cli.keys_status import status
from shopwright.errors import EncryptionError, SettingsError
from shopwright.settings import current_database_settings


@pytest.fixture
def tenant(mongo_uri, monkeypatch, tmp_path):
    """A tenant that has a key, in a folder of keys of its own."""
    import asyncio

    from shopwright.bootstrap.keys import open_keys

    monkeypatch.setenv("MONGODB_URI", mongo_uri)
    monkeypatch.setenv("SHOPWRIGHT_KEYS", str(tmp_path / "keys"))
    current_database_settings.cache_clear()
    name = f"test-{uuid4().hex[:8]}"

    async def do(what):
        async with open_keys(current_database_settings()) as opened:
            return await getattr(opened, what)(name)

    asyncio.run(do("create"))
    yield name
    asyncio.run(do("destroy"))
    current_database_settings.cache_clear()


def run(command, *words):
    return CliRunner().invoke(command, words, catch_exceptions=False)


def test_what_it_can_do_is_listed():
    assert keys.list_commands(None) == ["rotate", "status"]


def test_a_key_is_tried_and_rotated(tenant, tmp_path):
    before = run(status, "--tenant", tenant)
    assert before.exit_code == 0
    where, told = before.output.splitlines()
    assert where == f"Master keys of this machine are in {tmp_path / 'keys'}."
    assert told.startswith(f"{tenant}: local:0001_")
    assert told.endswith(" UTC")
    rotated = run(rotate, "--tenant", tenant)
    assert rotated.output.startswith(f"{tenant}: local:0002_")
    assert rotated.output.endswith(f"\nKeep a copy of {tmp_path / 'keys'}.\n")
    assert run(status, "--tenant", tenant).output.endswith(" UTC, 1 superseded\n")
    record = json.loads(run(rotate, "--tenant", tenant, "--discard-old", "--json").output)
    assert [(key["tenant"], key["superseded"], key["fault"]) for key in record["keys"]] == [(tenant, [], "")]
    assert record["folder"] == str(tmp_path / "keys")


def test_a_key_that_cannot_be_used_is_told(tenant, tmp_path):
    for file in (tmp_path / "keys" / tenant).iterdir():
        file.unlink()
    done = run(status, "--tenant", tenant)
    assert done.exit_code == 1
    assert "\n  cannot be used: There is no master key of this tenant. Was the tenant deleted?" in done.output
    everybody = json.loads(run(status, "--json").output)["keys"]
    assert [key["fault"] != "" for key in everybody if key["tenant"] == tenant] == [True]
    with pytest.raises(EncryptionError):
        run(rotate, "--tenant", tenant)


def test_of_all_those_are_rotated_that_can_be(tenant, tmp_path):
    names = [key["tenant"] for key in json.loads(run(status, "--json").output)["keys"]]
    done = run(rotate, "--all")
    told = dict(line.split(": ", 1) for line in done.output.splitlines() if ": " in line)
    assert told.keys() == set(names)
    assert told[tenant].startswith("local:0002_")
    for file in (tmp_path / "keys" / tenant).iterdir():
        file.unlink()
    done = run(rotate, "--all")
    assert done.exit_code == 1
    assert f"{tenant}: There is no master key of this tenant" in done.output


def test_it_must_be_said_whose_keys():
    for words in ((), ("--all", "--tenant", "acme")):
        with pytest.raises(SettingsError, match="it is not said whose keys"):
            run(rotate, *words)


def test_a_tenant_without_a_key_is_told(tenant):
    with pytest.raises(EncryptionError, match="'nobody': There is no key of this tenant"):
        run(status, "--tenant", "nobody")
