import asyncio
import datetime as dt

import pytest

from shopwright.database.migrations.run import migrate
from shopwright.errors import TenantError
from shopwright.multi_tenant.domains.documents import CLAIMS, DOMAINS
from shopwright.multi_tenant.domains.repository import domains as module
from shopwright.multi_tenant.domains.repository.domains import GRACE, DomainRepository

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


@pytest.fixture
async def domains(tenant_database):
    await migrate(tenant_database, (CLAIMS, DOMAINS))
    return DomainRepository(tenant_database)


async def test_a_claim_keeps_its_token_and_is_nobody_elses(domains):
    luna = await domains.claim("luna", "shop.org", "main", NOW)
    sol = await domains.claim("sol", "shop.org", "main", NOW)
    again = await domains.claim("luna", "shop.org", "other", NOW)
    assert luna.token == again.token != sol.token
    assert [claim.serves for claim in await domains.claims("luna")] == ["other"]
    assert await domains.holder("shop.org") is None
    with pytest.raises(TenantError, match="does not claim"):
        await domains.claimed("noor", "shop.org")


async def test_one_domain_has_one_tenant(domains):
    luna, sol = [await domains.claim(name, "shop.org", "main", NOW) for name in ("luna", "sol")]
    ended = await asyncio.gather(domains.prove(luna, NOW), domains.prove(sol, NOW), return_exceptions=True)
    assert sorted(map(type, ended), key=str) == [type(None), TenantError]
    holder = await domains.holder("shop.org")
    assert [each.tenant async for each in domains.all()] == [holder.tenant]


async def test_who_has_it_proves_it_again_and_changes_its_store(domains):
    claim = await domains.claim("luna", "shop.org", "main", NOW)
    await domains.prove(claim, NOW)
    await domains.claim("luna", "shop.org", "other", NOW)
    await domains.prove(await domains.claimed("luna", "shop.org"), NOW + GRACE)
    (held,) = await domains.held("luna")
    assert (held.serves, held.proved) == ("other", NOW + GRACE)


async def test_a_hold_whose_proof_is_gone_goes_over(domains):
    luna, sol = [await domains.claim(name, "shop.org", "main", NOW) for name in ("luna", "sol")]
    await domains.prove(luna, NOW)
    before = await domains.holder("shop.org")
    await domains.prove(luna, NOW + dt.timedelta(seconds=1))
    with pytest.raises(TenantError, match="another tenant"):
        await domains.prove(sol, NOW, before)
    await domains.prove(sol, NOW, await domains.holder("shop.org"))
    assert (await domains.holder("shop.org")).tenant == "sol"


async def test_what_is_not_proved_any_more_is_let_go_after_a_while(domains):
    await domains.prove(await domains.claim("luna", "shop.org", "main", NOW), NOW)
    held = await domains.holder("shop.org")
    assert not await domains.let_go(held, NOW + GRACE)
    assert await domains.let_go(held, NOW + GRACE + dt.timedelta(seconds=1))
    assert await domains.holder("shop.org") is None


async def test_nobody_releases_what_is_anothers(domains):
    await domains.prove(await domains.claim("luna", "shop.org", "main", NOW), NOW)
    assert not await domains.release("sol", "shop.org")
    assert (await domains.holder("shop.org")).tenant == "luna"
    assert await domains.release("luna", "shop.org")
    assert await domains.holder("shop.org") is None
    assert await domains.claims("luna") == []


async def test_a_tenant_that_is_deleted_has_no_domain(domains):
    for name in ("a.org", "b.org"):
        await domains.prove(await domains.claim("luna", name, "main", NOW), NOW)
    await domains.claim("sol", "a.org", "main", NOW)
    assert await domains.forget("luna") == 4
    assert (await domains.held("luna"), await domains.claims("luna"), len(await domains.claims("sol"))) == ([], [], 1)


async def test_claims_are_bounded(domains, monkeypatch):
    monkeypatch.setattr(module, "MOST", 1)
    await domains.claim("luna", "a.org", "main", NOW)
    await domains.claim("luna", "a.org", "other", NOW)
    with pytest.raises(TenantError, match="claims 1 domains already"):
        await domains.claim("luna", "b.org", "main", NOW)


async def test_whoever_lets_go_while_it_is_proved_is_left_with_nothing(domains, monkeypatch):
    """Else a domain would be held that nobody claims: by a tenant, too, that is deleted in this moment."""
    for let_go in (lambda: domains.release("luna", "shop.org"), lambda: domains.forget("luna")):
        claim = await domains.claim("luna", "shop.org", "main", NOW)
        await let_go()
        with pytest.raises(TenantError, match="does not claim"):
            await domains.prove(claim, NOW)
        assert await domains.holder("shop.org") is None
        tries = [domains.prove(await domains.claim("luna", "shop.org", "main", NOW), NOW), let_go()]
        await asyncio.gather(*tries, return_exceptions=True)
        assert not await domains.is_claimed("luna", "shop.org")
        assert await domains.holder("shop.org") is None


async def test_however_many_claim_at_once_no_more_are_kept(domains, monkeypatch):
    monkeypatch.setattr(module, "MOST", 5)
    tries = [domains.claim("luna", f"shop-{number}.org", "main", NOW) for number in range(20)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    kept = [each.domain for each in await domains.claims("luna")]
    assert len(kept) <= 5
    assert [each.domain for each in done if not isinstance(each, Exception)] == kept or len(kept) < 5
