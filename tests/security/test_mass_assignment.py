"""Fields nobody may set from outside are set by nobody: in catalogues, changes, invitations and stored documents."""

import typing
from dataclasses import replace

import orjson
import pytest
from pydantic import BaseModel, ConfigDict, ValidationError
from pymongo.errors import WriteError
from tests.security.callers import NOW, OWNER
from tests.unit.bootstrap.identity.world import world_of
from tests.unit.catalog.repository.shops import ANN, KINDS, priced, shop_in

from shopwright.access.client import Client
from shopwright.access.roles import Role
from shopwright.bootstrap.control_types import CONTROL_TYPES
from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.bootstrap.identity import staff
from shopwright.bootstrap.identity.staff import Newcomer, Staff
from shopwright.catalog.documents import PRODUCTS
from shopwright.catalog.faults import Report
from shopwright.catalog.product import Product
from shopwright.catalog.versions import edit
from shopwright.catalog.versions.revision import Kind
from shopwright.database.migrations.run import migrate
from shopwright.errors import AccessDenied, ChangeRefused

ALL_TYPES = {kind.name: kind for kind in (*DOCUMENT_TYPES, *CONTROL_TYPES)}
INJECTED = {
    "tenant": "sol", "tenant_id": "sol", "role": "owner", "plan": "enterprise", "live": True, "_id": "shop:x:9",
    "store": "other", "since": 1, "until": 9, "digest": "0" * 64, "revision": 9, "state": "published", "is_admin": True,
    "$set": {"store": "other"}, "store.x": "other", "__proto__": {"role": "owner"}, "__class__": "x", "scopes": ["*"],
}  # fmt: skip


def models(model):
    """A model and every model inside it."""
    found, todo = set(), [model]
    while todo:
        each = todo.pop()
        if isinstance(each, type) and issubclass(each, BaseModel):
            if each not in found:
                found.add(each)
                todo += [field.annotation for field in each.model_fields.values()]
        else:
            todo += typing.get_args(each)
    return found


@pytest.mark.parametrize("name", sorted(ALL_TYPES))
def test_a_document_refuses_what_it_does_not_declare(name):
    for model in models(ALL_TYPES[name].model):
        undeclared = {field: value for field, value in INJECTED.items() if field not in {*model.model_fields, "_id"}}
        with pytest.raises(ValidationError) as refusal:
            model.model_validate(undeclared)
        refused = {error["loc"][0] for error in refusal.value.errors() if error["type"] == "extra_forbidden"}
        assert refused == set(undeclared)
        assert model.model_config["frozen"]
        assert model.model_config["strict"]


@pytest.fixture
async def shop(tenant_database, tmp_path):
    await migrate(tenant_database, KINDS)
    shop = shop_in(tenant_database, tmp_path)
    await shop.bring_in([priced("frame", 1)])
    return shop


async def stored(database):
    return await database.raw[PRODUCTS.name].find({}).to_list()


@pytest.mark.parametrize("field", INJECTED)
async def test_a_change_sets_fields_of_a_product_only(shop, tenant_database, field):
    before = await stored(tenant_database)
    with pytest.raises(ChangeRefused):
        await shop.catalog.patch(Kind.PRODUCT, ["frame"], {field: INJECTED[field]}, ANN)
    assert await stored(tenant_database) == before


async def test_an_import_sets_fields_of_a_product_only(shop, tenant_database):
    """A line with more than a product has is a fault, and nothing of it is kept."""
    report = Report()
    lines = [priced("frame", 1), *({**priced(f"p{n}", 1), field: INJECTED[field]} for n, field in enumerate(INJECTED))]
    await shop.bring_in(lines, report=report)
    kept = await stored(tenant_database)
    assert [orjson.loads(each["content"]).keys() & INJECTED.keys() for each in kept] == [set()] * len(kept)
    assert {each["store"] for each in kept} == {"luna"}
    assert {each["handle"] for each in kept} == {"frame"}
    assert len(report.faults) >= len(INJECTED)


async def test_nobody_invites_or_raises_somebody_above_themselves(mongo_uri):
    async with world_of(mongo_uri) as world:
        tenant, client = world.identity.database.name, Client("203.0.113.7", NOW)
        ada = await world.add(role=Role.EDITOR)
        boss = await world.add("boss@example.org", role=Role.OWNER)
        caller = replace(OWNER, tenant=tenant, role=Role.ADMIN)
        admin = Staff(world.identity, caller)
        for attempt in (
            admin.invite(Newcomer("eve@example.org", "Eve", Role.OWNER), client),
            admin.give_role(ada.id, Role.OWNER, client),
            admin.give_role(boss.id, Role.VIEWER, client),
            admin.disable(boss.id, client),
            admin.reset(boss.id, client, factors=True),
        ):
            with pytest.raises(AccessDenied):
                await attempt
        assert {(user.role, user.status) for user in await admin.listed()} == {
            (Role.EDITOR, "active"),
            (Role.OWNER, "active"),
        }


async def test_without_the_rule_an_admin_would_make_owners(mongo_uri, monkeypatch):
    monkeypatch.setattr(staff, "may_manage", lambda *_: True)
    async with world_of(mongo_uri) as world:
        ada = await world.add(role=Role.EDITOR)
        admin = Staff(world.identity, replace(OWNER, tenant=world.identity.database.name, role=Role.ADMIN))
        raised = await admin.give_role(ada.id, Role.OWNER, Client("203.0.113.7", NOW))
        assert raised.role is Role.OWNER


# With the defence taken out


def opened(model):
    """A model that takes what it does not declare: the defence, taken out."""
    return type(model.__name__, (model,), {"model_config": ConfigDict(extra="allow")})


@pytest.mark.parametrize("name", sorted(ALL_TYPES))
def test_without_refusing_what_is_undeclared_a_document_would_take_it(name):
    """So the test above can fail: its refusals come from nothing else."""
    model = opened(ALL_TYPES[name].model)
    with pytest.raises(ValidationError) as missing:
        model.model_validate({"is_admin": True})
    assert "extra_forbidden" not in {error["type"] for error in missing.value.errors()}


async def test_without_it_a_change_would_set_what_it_names(shop, tenant_database, monkeypatch):
    injected = {"is_admin": True, "scopes": ["*"]}
    whole, refuse = priced("frame", 1), edit.checked
    with pytest.raises(ChangeRefused):
        refuse(Product, {**whole, **injected}, "frame")
    monkeypatch.setattr(edit, "checked", lambda kind, *given: refuse(opened(kind), *given))
    taken = edit.edited(Product, orjson.dumps(whole), injected, "frame")
    assert (taken.is_admin, taken.scopes) == (True, ["*"])


async def test_what_slips_past_the_model_the_database_refuses(shop, tenant_database):
    """A second wall: the validator of each collection knows its fields too."""
    (product,) = await stored(tenant_database)
    with pytest.raises(WriteError, match="failed validation"):
        await tenant_database.raw[PRODUCTS.name].update_one({"_id": product["_id"]}, {"$set": {"is_admin": True}})
    assert await stored(tenant_database) == [product]
