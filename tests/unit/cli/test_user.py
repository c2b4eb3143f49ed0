"""The commands of ``shopwright user``, on a real platform."""

import asyncio
import json

import pytest
from click.testing import CliRunner

from shopwright.bootstrap.platform import open_platform
from shopwright.cli.user import user
from shopwright.cli.user_disable import disable
from shopwright.cli.user_enable import enable
from shopwright.cli.user_invite import invite
from shopwright.cli.user_keys import keys
from shopwright.cli.user_keys_create import create
from shopwright.cli.user_keys_list import list as list_keys
from shopwright.cli.user_keys_revoke import revoke
from shopwright.cli.user_list import list as list_users
from shopwright.cli.user_reset import reset
from shopwright.cli.user_role import role
from shopwright.errors import AccountError
from shopwright.settings import current_database_settings


def run(*words):
    return CliRunner().invoke(user, words, catch_exceptions=False).output


def test_what_it_can_do_is_listed():
    commands = {"disable": disable, "enable": enable, "invite": invite, "keys": keys, "list": list_users}
    assert commands | {"reset": reset, "role": role} == {
        name: user.get_command(None, name) for name in user.list_commands(None)
    }
    assert [create, list_keys, revoke] == [keys.get_command(None, name) for name in keys.list_commands(None)]


def test_people_are_invited_listed_changed_and_let_start_over(tenant):
    at = ("--tenant", tenant)
    first = run("invite", "Ada@example.org", "--role", "owner", "--name", "Ada", *at)
    assert first.startswith(f"For ada@example.org only, once: {tenant}.")
    link = json.loads(
        run("invite", "ada@example.org", "--role", "owner", *at, "--console", "https://c.test/", "--json")
    )
    assert link["link"].startswith(f"https://c.test/link#{tenant}.")
    run("role", "ada@example.org", "viewer", *at)
    assert "viewer  invited  no second factor" in run("list", *at)
    assert "disabled" in run("disable", "ada@example.org", *at)
    (listed,) = json.loads(run("list", *at, "--json"))["users"]
    assert (listed["email"], listed["status"], listed["factors"]) == ("ada@example.org", "disabled", [])
    assert not {"password", "totp", "recovery", "passkeys"} & set(listed)
    assert "invited" in run("enable", "ada@example.org", *at)
    assert run("reset", "ada@example.org", "--factors", *at).startswith("For ada@example.org only")


def test_service_keys_are_revoked_and_one_that_is_not_there_is_told(tenant):
    assert run("keys", "list", "--tenant", tenant) == ""
    assert json.loads(run("keys", "list", "--tenant", tenant, "--json")) == {"keys": []}
    run("invite", "ada@example.org", "--role", "owner", "--tenant", tenant)
    named = ("till", "--for", "ada@example.org", "--scope", "catalog.read", "--tenant", tenant)
    with pytest.raises(AccountError, match="owner"):  # who has not followed the link cannot have one yet
        run("keys", "create", *named)
    activate(tenant)
    made = json.loads(run("keys", "create", *named, "--json"))
    assert made["key"].startswith(f"sw_{tenant}_{made['id']}_")
    assert f"{made['id']}  till  until " in run("keys", "list", "--tenant", tenant)
    assert "counts no more" in run("keys", "revoke", made["id"], "--tenant", tenant)
    with pytest.raises(AccountError, match="There is no such key"):
        run("keys", "revoke", made["id"], "--tenant", tenant)


def activate(tenant):
    from shopwright.access.repository.users import UserRepository

    async def work():
        async with open_platform(current_database_settings()) as platform, platform.database(tenant) as database:
            users = UserRepository(database)
            await users.change(await users.by_email("ada@example.org"), {"status": "active"})

    asyncio.run(work())
