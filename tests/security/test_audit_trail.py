"""A tenant's audit trail against whoever may do everything in the database, and against the tenant's own user."""

import asyncio
import os
import signal
import subprocess
import sys
from uuid import uuid4

import pytest

from shopwright.audit.repository.trail import AuditTrail
from shopwright.audit.search import Wanted
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.tenant import open_tenant
from shopwright.settings import DatabaseSettings, Secret
from shopwright.validation import checks_trail
from shopwright.validation.checks_trail import CRIMES, try_crimes


@pytest.fixture
def deployment(mongo_uri, tmp_path, monkeypatch):
    """Settings, and the name of a tenant that is removed afterwards."""
    settings, tenant = DatabaseSettings(Secret(mongo_uri), None, tmp_path / "mongo"), f"a-{uuid4().hex[:20]}"
    monkeypatch.setattr(checks_trail, "TENANT", tenant)
    yield settings, tenant

    async def drop():
        async with open_platform(settings) as platform:
            await platform.cluster.client.drop_database(f"t_{tenant}")

    asyncio.run(drop())


def test_every_crime_is_found_and_refused_to_the_tenants_own_user(deployment, tmp_path):
    tried = asyncio.run(try_crimes(deployment[0], tmp_path))
    assert (tried.found, tried.refused, tried.whole) == (tuple(CRIMES), tuple(CRIMES), True)


WRITER = """
import asyncio, sys
from pathlib import Path
from shopwright.audit.event import AuditEvent
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.tenant import open_tenant
from shopwright.settings import DatabaseSettings, Secret

async def write(uri, folder, tenant):
    async with open_tenant(DatabaseSettings(Secret(uri), None, Path(folder)), tenant) as database:
        trail = AuditTrail(database)
        for number in range(100_000):
            link = await trail.record(AuditEvent("catalog.edit", actor="killed", details={"count": number}))
            print(number, link.sequence, flush=True)

asyncio.run(write(*sys.argv[1:]))
"""


def test_a_writer_that_is_killed_leaves_a_whole_trail(deployment):
    """What it was told is written is there, once, while another goes on writing."""
    settings, tenant = deployment
    arguments = [sys.executable, "-c", WRITER, settings.uri.text, str(settings.folder), tenant]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
        told = [process.stdout.readline() for _ in range(30)]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.readlines()
    told = [line.split() for line in told if line.endswith("\n")]

    async def look():
        async with open_tenant(settings, tenant) as database:
            trail = AuditTrail(database)
            found = await trail.verify()
            page = await trail.search(Wanted(actor="killed"), 1_000)
            return found, {(str(one["count"]), str(one["event.sequence"])) for one in page.events}

    found, there = asyncio.run(look())
    assert found.faults == ()
    assert {tuple(line) for line in told} <= there
    assert found.events - len(told) in (0, 1)  # one may be written of which there was no answer yet
    assert len({count for count, _ in there}) == found.events
