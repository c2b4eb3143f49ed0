import asyncio
import json

import pytest
from click.testing import CliRunner
from tests.unit.catalog.repository.stored import store_luna
from tests.unit.catalog.repository.test_reviews import review

from shopwright import settings
from shopwright.bootstrap.tenant import open_tenant
from shopwright.catalog.review_documents import REVIEWS
from shopwright.cli.main import shopwright


@pytest.fixture
def tenant(tenant):
    """A tenant with a store."""
    asyncio.run(_in_tenant(tenant, lambda database: store_luna(database, "aria")))
    return tenant


async def _in_tenant(name, work):
    async with open_tenant(settings.current_database_settings(), name) as database:
        await work(database)


def run(*arguments):
    return CliRunner().invoke(shopwright, ["db", "check", *arguments])


def test_a_sound_database_ends_with_status_0(tenant):
    done = run("--tenant", tenant)
    assert (done.exit_code, done.output) == (0, "1 document with 1 reference looked at.\nNo fault.\n")


def test_faults_are_named_and_repaired(tenant):
    many = [review(number, product="gone") for number in range(22)]
    asyncio.run(_in_tenant(tenant, lambda database: database.documents(REVIEWS).insert_all(many)))
    found = run("--tenant", tenant)
    lines = found.output.splitlines()
    assert found.exit_code == 1
    assert "fault: reviews r0: reviews.product names 'gone', which is not in products." in lines
    assert lines[-2:] == [
        "… and 2 more; --json lists the first ones.",
        "22 faults. --repair mends what can be mended.",
    ]
    mended = run("--tenant", tenant, "--repair", "--json")
    record = json.loads(mended.output)
    assert (mended.exit_code, record["faults"], record["repaired"], record["left"]) == (0, 22, 22, 0)
    assert {finding["done"] for finding in record["findings"]} == {"deleted"}
    assert json.loads(run("--tenant", tenant, "--json").output)["faults"] == 0


def test_after_a_repair_it_says_so(tenant):
    asyncio.run(_in_tenant(tenant, lambda database: database.documents(REVIEWS).insert_all([review(1, product="x")])))
    done = run("--tenant", tenant, "--repair")
    assert done.output.splitlines()[1:] == [
        "fault: reviews r1: reviews.product names 'x', which is not in products. Repaired: deleted.",
        "No fault is left.",
    ]


def test_a_tenant_that_is_not_there_is_neither_sound_nor_made(tenant):
    for _ in range(2):
        done = run("--tenant", f"{tenant}-typo", "--repair")
        assert done.exit_code == 1
        assert str(done.exception) == (
            f"'{tenant}-typo': There is no such tenant. `shopwright db status` lists those there are."
        )
