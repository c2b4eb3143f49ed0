"""Path tricks, look-alikes and operators in the name of a tenant: every place that takes one refuses it."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from shopwright.access.standing import Standing
from shopwright.access.token import read_key, read_token
from shopwright.bootstrap import catalog
from shopwright.bootstrap.catalog import picture_folder
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.platform_door import standing_of
from shopwright.bootstrap.tenant import open_tenant
from shopwright.bootstrap.tenant_life import Order, TenantLife
from shopwright.database.cluster import refuse_no_tenant
from shopwright.errors import DatabaseError, ShopwrightError, SignInRefused
from shopwright.multi_tenant.documents import Handle
from shopwright.settings import DatabaseSettings, Secret

TRICKS = (
    *("../sol", "..", ".", "/etc", "sol/../luna", "sol/", "\\sol", "sol\x00", "sol\n", "%2e%2e%2fsol", "..%2fsol"),
    *("SOL", "Sol", "ѕol", "sol\u200b", "sol\u202e", "ﬁ", "ｓol", "sol ", " sol", "-sol", "sol.", "sol.users"),
    *("$where", "sol$", "t_sol", "{'$ne': null}", "", "a" * 49, "a" * 100_000, "control", "admin", "__proto__"),
)
FITS = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")
SECRET, ID = "A" * 43, "0" * 32


@pytest.mark.parametrize("name", TRICKS, ids=ascii)
def test_no_trick_is_a_name(name):
    with pytest.raises(DatabaseError) as refusal:
        refuse_no_tenant(name)
    assert len(str(refusal.value)) < 1_000
    with pytest.raises(DatabaseError):
        picture_folder(Path("state"), name)


@given(st.text(max_size=60))
@example("a\n")
@example("ａ")
def test_what_is_a_name_is_one_folder_and_one_token(name):
    fits = FITS.fullmatch(name) is not None and name not in {"control", "admin"}
    try:
        refuse_no_tenant(name)
    except DatabaseError:
        assert not fits
        return
    assert fits
    folder = picture_folder(Path("/state"), name)
    assert folder.resolve() == Path("/state/tenants") / name
    assert read_token(f"{name}.{ID}.{SECRET}").tenant == name


@pytest.mark.parametrize("name", [name for name in TRICKS if name not in {"control", "admin"}], ids=ascii)
def test_no_token_names_a_trick(name):
    for read, value in ((read_token, f"{name}.{ID}.{SECRET}"), (read_key, f"sw_{name}_{ID}_{SECRET}")):
        with pytest.raises(SignInRefused):
            read(value)


@pytest.mark.parametrize("name", [name for name in TRICKS if name not in {"control", "admin"}], ids=ascii)
def test_no_trick_is_on_record(name):
    with pytest.raises(ValidationError):
        TypeAdapter(Handle).validate_python(name)


async def test_no_trick_makes_opens_or_suspends_anything(mongo_uri, tmp_path):
    settings = DatabaseSettings(Secret(mongo_uri), None, tmp_path / "home" / "mongo")
    async with open_platform(settings) as platform:
        before = sorted(await platform.cluster.client.list_database_names())
        files = sorted(tmp_path.rglob("*"))
        life = TenantLife(platform, tmp_path / "home", "ann")
        for name in TRICKS:
            for attempt in (
                lambda name=name: life.create(Order(name)),
                lambda name=name: life.suspend(name),
                lambda name=name: platform.provision(name),
                lambda name=name: platform.tenants.tenant(name).__aenter__(),
                lambda name=name: open_tenant(settings, name).__aenter__(),
            ):
                with pytest.raises(ShopwrightError):
                    await attempt()
            assert await standing_of(platform.control, name) is Standing.CLOSED
        assert sorted(await platform.cluster.client.list_database_names()) == before
        assert sorted(tmp_path.rglob("*")) == files


def test_without_the_rule_a_name_would_lead_outside(monkeypatch):
    monkeypatch.setattr(catalog, "refuse_no_tenant", lambda _: None)
    assert picture_folder(Path("/state"), "../../etc").resolve() == Path("/etc")
