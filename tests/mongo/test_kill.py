"""The server is killed under write load, at random moments: what it acknowledged is there, and nothing is by half.

Only the server this test started is killed. Acknowledgements are written by the process that makes the load, to a file
outside of the database, after the database said yes.
"""

import asyncio
import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.mongo.kill_load import STEP, STEPS

from shopwright.bootstrap.database_check import DatabaseCheck
from shopwright.bootstrap.document_types import DOCUMENT_TYPES, MIGRATIONS
from shopwright.catalog.documents import IN_ORDER, PRODUCTS, REVISIONS, STORES, revision_id
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.review_documents import REVIEWS
from shopwright.catalog.versions.revision import OPEN
from shopwright.database.cluster import open_cluster
from shopwright.database.conditions import Range
from shopwright.database.idempotency import OPERATIONS
from shopwright.database.migrations.run import migrate
from shopwright.database.server.private_server import own_server
from shopwright.generation.documents import LIVE, RELEASES
from shopwright.jobs.documents import IN_STATE, JOBS

ROOT = Path(__file__).parents[2]
TENANT = "kill"
MOST_SECONDS = 1.5
"""Of load before a kill, counted from the first acknowledgement of a switch."""
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@contextmanager
def load_on(uri, store, acks):
    command = [sys.executable, "-m", "tests.mongo.kill_load", uri, TENANT, store, str(acks)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def await_work(process, acks, store):
    """Until a release of this round was acknowledged."""
    deadline = time.monotonic() + 120
    while f"release {store}/" not in (acks.read_text() if acks.exists() else ""):
        assert process.poll() is None, f"the load ended with status {process.returncode}"
        assert time.monotonic() < deadline, "the load did not begin"
        time.sleep(0.02)


def kill_rounds(folder, rounds, seed):
    """Start, load, kill, start again, look: the counts of each round. The last look is at everything."""
    moments, acks, counts = random.Random(seed), folder / "acks", []
    for number in range(rounds):
        store = f"s{number}"
        with own_server(folder / "server") as server:
            if number:
                counts.append(asyncio.run(look(server.uri, folder, acks, f"s{number - 1}")))
            else:
                asyncio.run(prepare(server.uri))
            with load_on(server.uri, store, acks) as process:
                await_work(process, acks, store)
                time.sleep(moments.uniform(0, MOST_SECONDS))
                os.kill(server.pid, signal.SIGKILL)
    with own_server(folder / "server") as server:
        counts.append(asyncio.run(look(server.uri, folder, acks, "")))
    return counts


async def prepare(uri):
    async with open_cluster(uri) as cluster:
        await migrate(cluster.tenant(TENANT), DOCUMENT_TYPES, MIGRATIONS)


async def look(uri, folder, acks, store):
    """What was acknowledged to a store (or to all) is there, and each transaction is there as a whole."""
    lines = [line.split() for line in acks.read_text().splitlines()]
    async with open_cluster(uri) as cluster:
        database = cluster.tenant(TENANT)
        for kind, *words in lines:
            if words[0].startswith((f"{store}/", f"{store}-")) or not store:
                await ACKNOWLEDGED[kind](database, *words)
        stores = {words[0].partition("/")[0] for kind, *words in lines if kind == "release"}
        for each in [store] if store else sorted(stores):
            await whole(database, each)
        check = DatabaseCheck(database, PictureFiles(folder), NOW, mends=True)
        assert (await check.run()).faults == 0
        return len(lines)


async def release_is_there(database, release, job, sequence):
    assert (await database.documents(RELEASES).get(release)).job == job
    assert (await database.documents(JOBS).get(job)).release == release
    assert (await database.documents(LIVE).get(release.partition("/")[0])).sequence >= int(sequence)


async def switch_is_there(database, key, sequence):
    assert await database.documents(OPERATIONS).get(f"release/{key}") is not None
    assert (await database.documents(LIVE).get(key.partition("/")[0])).sequence >= int(sequence)


async def review_is_there(database, id_):
    assert await database.documents(REVIEWS).get(id_) is not None


async def revision_is_there(database, store, number):
    assert await database.documents(REVISIONS).get(revision_id(store, int(number))) is not None
    assert (await database.documents(STORES).get(store)).revision >= int(number)


ACKNOWLEDGED = {
    "release": release_is_there,
    "back": switch_is_there,
    "review": review_is_there,
    "revision": revision_is_there,
}


async def whole(database, store):
    """Each switch counted once, with its key; each release with the end of its job; each revision with its products."""
    keys = {"$gte": f"release/{store}/", "$lt": f"release/{store}0"}
    operations = await database.raw[OPERATIONS.name].count_documents({"_id": keys})
    assert (await database.documents(LIVE).get(store)).sequence == operations
    published = await database.documents(JOBS).find(IN_STATE, {"store": store, "state": "published"}, limit=5_000)
    releases = await database.raw[RELEASES.name].distinct("_id", {"store": store})
    assert {job.release for job in published} == set(releases)
    states = await database.raw[JOBS.name].distinct("state", {"store": store, "release": None})
    assert set(states) <= {"queued", "running", "audited", "cancelled"}
    shop = await database.documents(STORES).get(f"{store}-shop")
    seen = {"store": shop.id, "since": Range(le=shop.revision), "until": Range(gt=shop.revision, le=OPEN)}
    assert await database.documents(PRODUCTS).count(IN_ORDER, seen) == STEPS * STEP * shop.revision


def test_two_kills_lose_nothing(tmp_path):
    counts = kill_rounds(tmp_path, 2, seed=20261123)
    assert counts == sorted(counts)
    assert counts[0] > 0


@pytest.mark.proof
@pytest.mark.timeout(3_600)
def test_a_hundred_kills_lose_nothing(tmp_path):
    seed = int(os.environ.get("SHOPWRIGHT_PROOF_SEED", random.SystemRandom().randrange(2**32)))
    print(f"seed {seed}; SHOPWRIGHT_PROOF_SEED repeats it")
    counts = kill_rounds(tmp_path, 100, seed)
    print(f"100 kills, {counts[-1]:,} acknowledged transactions, 0 lost")
