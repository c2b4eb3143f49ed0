from dataclasses import replace

import pytest
from tests.unit.api.test_caller import key_of

from shopwright.access.actions import Action
from shopwright.access.roles import Role
from shopwright.errors import DatabaseUnavailable

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_well_process_says_so(api):
    assert (await api.ask("GET", "/health/live")).json() == {"status": "pass"}
    ready = await api.ask("GET", "/health/ready")
    assert (ready.status_code, ready.json()["checks"]["database"]) == (200, {"status": "pass"})


async def test_without_its_database_it_is_not_ready(api, monkeypatch):
    class Gone:
        def documents(self, kind):
            raise DatabaseUnavailable("gone")

    parts = replace(api.parts, platform=replace(api.parts.platform, control=Gone()))
    monkeypatch.setitem(api.shell.app.state._state, "parts", parts)
    ready = await api.ask("GET", "/health/ready")
    assert (ready.status_code, ready.json()["checks"]["database"]["status"]) == (503, "fail")


async def test_measures_are_for_operators(api):
    assert (await api.ask("GET", "/metrics")).status_code == 401
    assert (await api.ask("GET", "/metrics", Role.OWNER)).status_code == 404
    assert (
        await api.ask("GET", "/metrics", headers=await key_of(api, Role.OWNER, Action.CATALOG_READ))
    ).status_code == 404
    told = await api.ask("GET", "/metrics", Role.OPERATOR)
    assert 'shopwright_http_requests_total{method="GET",route="/health/live",status="2xx"}' in told.text
    assert api.luna.name not in told.text
