"""A control database of a test's own."""

import datetime as dt

import pytest

from shopwright.bootstrap.control_types import CONTROL_TYPES
from shopwright.database.migrations.run import migrate
from shopwright.multi_tenant.repository.tenants import Tenants

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
async def tenants(tenant_database):
    """Tenants in a fresh database; time goes on by a second with each look at the clock."""
    wanted = tuple(kind for kind in CONTROL_TYPES if kind.name in {"tenants", "leases", "fences"})
    await migrate(tenant_database, wanted)
    looks = iter(range(10_000))
    return Tenants(tenant_database, lambda: NOW + dt.timedelta(seconds=next(looks)), seconds=1.0, patience=3.0)
