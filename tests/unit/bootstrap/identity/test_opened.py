import datetime as dt
from uuid import uuid4

import pytest

from shopwright.access.actions import Action
from shopwright.access.client import Client
from shopwright.access.documents import USERS
from shopwright.access.roles import Role
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.identity.keys import ServiceKeys, Wanted
from shopwright.bootstrap.identity.opened import MACHINE, open_staff
from shopwright.bootstrap.identity.staff import Newcomer
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.quotas import allowances_of
from shopwright.errors import AccountError, QuotaExceeded
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.settings import read_database_settings

NOW = dt.datetime(2036, 11, 23, 12, tzinfo=dt.UTC)


async def test_people_stand_in_their_tenants_database_sealed_and_told_in_its_trail(mongo_uri, tmp_path):
    settings = read_database_settings({"MONGODB_URI": mongo_uri, "SHOPWRIGHT_STATE": str(tmp_path)})
    name = f"test-{uuid4().hex[:8]}"
    async with open_platform(settings) as platform:
        await platform.provision(name)
        async with open_staff(platform, name, "root") as staff:
            newcomer = Newcomer("ada@example.org", "", Role.OWNER)
            letter = await staff.invite(newcomer, Client(MACHINE, NOW))
        assert letter.token.tenant == name
        async with platform.database(name) as database:
            (line,) = [line async for line in AuditTrail(database).lines()]
        assert '"event.action":"invitation.create"' in line
        assert "ada" not in line
        async with open_staff(platform, name, "domain\\root user") as staff:
            assert (staff.actor, [user.role for user in await staff.listed()]) == ("domain-root-user", ["owner"])
        async with open_staff(platform, "control", "root") as staff:
            with pytest.raises(AccountError, match="Nobody can be owner here"):
                await staff.invite(Newcomer("ada@example.org", "", Role.OWNER), Client("127.0.0.1", NOW))
        await platform.withdraw(name, "main")


async def test_a_tenant_has_no_more_keys_than_it_may(mongo_uri, tmp_path):
    settings = read_database_settings({"MONGODB_URI": mongo_uri, "SHOPWRIGHT_STATE": str(tmp_path)})
    name, client = f"test-{uuid4().hex[:8]}", Client(MACHINE, dt.datetime.now(dt.UTC))
    async with open_platform(settings) as platform:
        await platform.provision(name)
        await allowances_of(platform.control, None).limit(name, {Quota.KEYS: 1})
        async with open_staff(platform, name, "root") as staff:
            await staff.invite(Newcomer("ada@example.org", "", Role.OWNER), client)
            (ada,) = await staff.listed()
            await platform_users(staff).update(ada.id, {"status": "active"})
            keys, wanted = ServiceKeys(staff.identity), Wanted("till", {Action.CATALOG_READ}, dt.timedelta(days=1))
            await keys.create(ada.id, wanted, client)
            with pytest.raises(QuotaExceeded, match="1 of 1 service keys"):
                await keys.create(ada.id, wanted, client)
            assert len(await keys.listed()) == 1
        await platform.withdraw(name, "main")


def platform_users(staff):
    return staff.identity.database.documents(USERS)
