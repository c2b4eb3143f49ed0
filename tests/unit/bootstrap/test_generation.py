import asyncio
from uuid import uuid4

import pytest
from tests.stores.small import product, write_source
from tests.unit.catalog.repository.shops import ANN

from shopwright.bootstrap.catalog import open_catalog
from shopwright.bootstrap.generation import KeptSource
from shopwright.bootstrap.quotas import MEMORY_OF_BUILD
from shopwright.bootstrap.usage import TenantUsage
from shopwright.catalog.faults import Report
from shopwright.catalog.source import open_source
from shopwright.errors import ChangeRefused, QuotaExceeded
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.settings import DatabaseSettings, Secret


@pytest.fixture
def kept(mongo_uri, tmp_path):
    """A store with one product."""
    settings = DatabaseSettings(Secret(mongo_uri), None, tmp_path / "mongo")
    kept = KeptSource(settings, tmp_path / "state", tmp_path / "cache", f"test-{uuid4().hex}", "luna")
    asyncio.run(fill(kept, tmp_path / "source"))
    return kept


async def fill(kept, folder):
    async with open_catalog(kept.settings, kept.state, kept.tenant, kept.store) as catalog:
        await catalog.bring_in(open_source(write_source(folder, [product("a")])), ANN, Report())


def limit(kept, **limits):
    usage = TenantUsage(kept.settings, kept.tenant, "ann")
    asyncio.run(usage.limit({Quota(name): most for name, most in limits.items()}))


def used(kept):
    _, usage = asyncio.run(TenantUsage(kept.settings, kept.tenant, "ann").now())
    return {each.quota.value: each.used for each in usage}


def test_without_limits_no_place_is_held(kept, tmp_path):
    with kept.laid_out(tmp_path / "out"):
        assert (tmp_path / "out" / "products.jsonl").exists()
        assert (used(kept)["jobs"], used(kept)["generations"]) == (0, 1)


def test_a_build_holds_a_place_while_it_goes_on(kept, tmp_path):
    limit(kept, jobs=1, generations=2)
    with kept.laid_out(tmp_path / "one"):
        assert used(kept)["jobs"] == 1
        with pytest.raises(QuotaExceeded, match="jobs at once"), kept.laid_out(tmp_path / "two"):
            pass
        assert not (tmp_path / "two").exists()
    assert used(kept)["jobs"] == 0
    limit(kept, memory=MEMORY_OF_BUILD - 1)
    with pytest.raises(QuotaExceeded, match="bytes of memory"), kept.laid_out(tmp_path / "three"):
        pass


def test_what_fails_gives_its_place_back(kept, tmp_path):
    limit(kept, jobs=1)
    with pytest.raises(ZeroDivisionError), kept.laid_out(tmp_path / "one"):
        raise ZeroDivisionError
    unknown = KeptSource(kept.settings, kept.state, kept.cache, kept.tenant, "sol")
    with pytest.raises(ChangeRefused, match="no such store"), unknown.laid_out(tmp_path / "two"):
        pass
    assert used(kept)["jobs"] == 0


def test_who_stops_waiting_leaves_nothing(kept, tmp_path, monkeypatch):
    """Ctrl-C while the store is laid out: the thread that waits is the one that hears of it."""
    limit(kept, jobs=1)

    def interrupted(self, timeout=None):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("shopwright.bootstrap.generation._Taken.result", interrupted)
        with pytest.raises(KeyboardInterrupt), kept.laid_out(tmp_path / "one"):
            pass
    assert used(kept)["jobs"] == 0
