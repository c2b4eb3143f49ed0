import datetime as dt

import pytest

from shopwright.access.repository.users import UserRepository
from shopwright.access.roles import Role
from shopwright.database.conditions import Add
from shopwright.errors import AccountError

NOW = dt.datetime(2036, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
def users(people):
    return UserRepository(people)


async def test_a_user_is_found_by_id_and_however_the_address_is_written(users):
    user = await users.add(" Ada@Example.ORG", "Ada", Role.OWNER, NOW)
    assert await users.get(user.id) == user
    assert await users.by_email("ADA@example.org ") == user
    assert (user.email, user.status, user.has_second_factor) == ("ada@example.org", "invited", False)
    assert await users.get("0" * 32) is None


async def test_there_is_one_user_with_an_address(users):
    await users.add("ada@example.org", "Ada", Role.OWNER, NOW)
    with pytest.raises(AccountError, match="There is a user with this e-mail address"):
        await users.add("ADA@example.org", "Another", Role.VIEWER, NOW)


async def test_a_user_is_changed_as_they_were_read(users):
    user = await users.add("ada@example.org", "Ada", Role.OWNER, NOW)
    changed = await users.change(user, {"name": "Countess", "epoch": Add(1)})
    assert (changed.name, changed.epoch, changed.revision) == ("Countess", 1, 1)
    with pytest.raises(AccountError, match="at the same moment"):
        await users.change(user, {"name": "Somebody"})


async def test_a_user_is_found_by_whom_a_provider_knows_them_as(users):
    user = await users.add("ada@example.org", "Ada", Role.OWNER, NOW)
    changed = await users.change(user, {"subjects": ("a" * 64, "b" * 64)})
    assert await users.by_subject("b" * 64) == changed
    assert await users.by_subject("c" * 64) is None


async def test_users_are_listed_in_their_order(users):
    for number in range(3):
        await users.add(f"{number}@example.org", "", Role.VIEWER, NOW + dt.timedelta(seconds=3 - number))
    assert [user.email[0] for user in await users.listed(2)] == ["2", "1"]


async def test_the_last_owner_and_only_they_stay(users):
    owners = []
    for number in range(2):
        user = await users.add(f"{number}@example.org", "", Role.OWNER, NOW)
        owners.append(await users.change(user, {"status": "active"}))
    assert (await standing(users, owners[0], {"role": Role.VIEWER})).epoch == 1
    last = await users.get(owners[1].id)
    assert await users.active(Role.OWNER) == 1
    with pytest.raises(AccountError, match="This is the last owner"):
        await standing(users, last, {"status": "disabled"})
    assert await users.get(last.id) == last


async def standing(users, user, changes):
    return await users.database.transaction(lambda session: users.change_standing(user, changes, session))
