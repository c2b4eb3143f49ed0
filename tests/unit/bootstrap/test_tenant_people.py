"""The first people of a tenant, named or from an archive."""

import json
from uuid import uuid4

import pytest
from tests.unit.bootstrap.lives import Killed, living, settings

from shopwright.access.repository.users import UserRepository
from shopwright.access.roles import Role
from shopwright.bootstrap import tenant_people
from shopwright.bootstrap.identity.staff import Newcomer
from shopwright.bootstrap.tenant_export import TenantExport
from shopwright.bootstrap.tenant_import import TenantImport
from shopwright.bootstrap.tenant_life import Order
from shopwright.bootstrap.tenant_people import Invitations, owner, read_people
from shopwright.errors import TenantError


async def people(life, handle):
    async with life.platform.tenants.tenant(handle) as database:
        return [(user.email, user.role, user.status) for user in await UserRepository(database).listed()]


async def test_an_owner_is_invited_though_the_process_is_killed(tmp_path, mongo_uri):
    """And people come along with an archive: as invitations, with no secret of theirs."""
    handle = f"test-{uuid4().hex}"
    async with living(tmp_path, settings(tmp_path, mongo_uri), handle, f"{handle}-2") as life:

        async def dying(tenant):
            await Invitations(life).send(tenant, owner("Ann@shop.example"))
            raise Killed

        with pytest.raises(Killed):
            await life.create(Order(handle), dying)
        letters = []

        async def invite(tenant):
            letters.extend(await Invitations(life).send(tenant, owner("ann@shop.example")))

        assert (await life.create(Order(handle), invite)).state == "active"
        assert await people(life, handle) == [("ann@shop.example", Role.OWNER, "invited")]
        assert [(letter.to.text, letter.token.tenant) for letter in letters] == [("ann@shop.example", handle)]
        await Invitations(life).send(handle, [Newcomer("bob@shop.example", "Bob", Role.EDITOR)])
        await TenantExport(life).run(handle, tmp_path / "a.zip")
        assert letters[0].token.secret.text.encode() not in (tmp_path / "a.zip").read_bytes()
        done = await TenantImport(life, tmp_path / "a.zip", Order(f"{handle}-2"), "eve@shop.example").run()
        assert sorted(letter.to.text[:3] for letter in done.letters) == ["ann", "bob", "eve"]
        assert sorted(await people(life, f"{handle}-2")) == [
            ("ann@shop.example", Role.OWNER, "invited"),
            ("bob@shop.example", Role.EDITOR, "invited"),
            ("eve@shop.example", Role.OWNER, "invited"),
        ]


def line(**values):
    return (
        json.dumps({"id": "1", "email": "a@b.example", "name": "A", "role": "owner", "status": "active", **values})
        + "\n"
    )


def test_people_of_an_archive_are_checked(tmp_path, monkeypatch):
    file = tmp_path / "users.jsonl"
    assert read_people(file) == []
    file.write_text(line() + line(email="c@d.example", status="disabled") + line(email="e@f.example", role="viewer"))
    assert read_people(file) == [Newcomer("a@b.example", "A", Role.OWNER), Newcomer("e@f.example", "A", Role.VIEWER)]
    for wrong in (line(role="god"), "{", line(email=["x"]), line(name="x" * 2_000)):
        file.write_text(line() + wrong)
        with pytest.raises(TenantError, match=r"users\.jsonl, line 2: "):
            read_people(file)
    monkeypatch.setattr(tenant_people, "MOST_PEOPLE", 1)
    file.write_text(line() * 2)
    with pytest.raises(TenantError, match="more than 1 users"):
        read_people(file)


def test_nobody_need_be_named():
    assert owner("") == []


async def test_who_is_named_owner_is_one_whatever_the_archive_says(tmp_path, mongo_uri):
    handle = f"test-{uuid4().hex}"
    async with living(tmp_path, settings(tmp_path, mongo_uri), handle, f"{handle}-2") as life:
        await life.create(Order(handle))
        await Invitations(life).send(handle, [Newcomer("ann@shop.example", "Ann", Role.VIEWER)])
        await TenantExport(life).run(handle, tmp_path / "a.zip")
        await TenantImport(life, tmp_path / "a.zip", Order(f"{handle}-2"), "ANN@shop.example ").run()
        assert await people(life, f"{handle}-2") == [("ann@shop.example", Role.OWNER, "invited")]
