from contextlib import asynccontextmanager
from uuid import uuid4

import pytest

from shopwright.access.roles import Role
from shopwright.bootstrap.document_types import GRAPH
from shopwright.bootstrap.tenant_life import utc_now
from shopwright.database.lease import Leases
from shopwright.generation.repository import Change, NewRelease, ReleaseRepository

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="module")
def base(api):
    return f"/v1/tenants/{api.luna.name}/stores/shop"


@asynccontextmanager
async def recorded(api, *releases):
    async with api.parts.platform.database(api.luna.name) as database, Leases(database).hold("shop", "test") as lease:
        for release in releases:
            new = NewRelease(release, "0" * 64, files=1, bytes=1)
            await ReleaseRepository(database, GRAPH).publish(lease, new, Change(uuid4().hex, "test", utc_now()))
    yield


async def test_releases_are_listed_and_one_is_live(api, base):
    async with recorded(api, "1" * 20):
        listed = (await api.ask("GET", f"{base}/releases", Role.VIEWER)).json()["items"]
    assert [each["release"] for each in listed if each["live"]] == ["1" * 20]
    assert len(listed) >= 2


async def test_what_is_not_kept_is_neither_compared_nor_made_live(api, base):
    query = f"before={'1' * 20}&after={'2' * 20}"
    assert (await api.ask("GET", f"{base}/releases/comparison?{query}", Role.VIEWER)).status_code == 404
    refused = await api.ask("POST", f"{base}/rollback", Role.EDITOR, json={"release": "2" * 20})
    assert (refused.status_code, refused.json()["detail"]) == (409, "The release is not kept whole, or is not there.")
    none = await api.ask("POST", f"/v1/tenants/{api.luna.name}/stores/none/rollback", Role.EDITOR, json={})
    assert none.status_code == 409
