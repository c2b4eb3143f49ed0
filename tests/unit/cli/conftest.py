"""Commands that find the tests' server in the settings, and folders of the test's own."""

import asyncio
from uuid import uuid4

import pymongo
import pytest
from tests.commands import forget_settings

from shopwright.bootstrap.tenant import open_tenant
from shopwright.settings import current_database_settings


@pytest.fixture
def deployment(mongo_uri, tmp_path, monkeypatch):
    """The settings of commands that work on the server of the tests."""
    monkeypatch.setenv("MONGODB_URI", mongo_uri)
    monkeypatch.setenv("SHOPWRIGHT_STATE", str(tmp_path / "state"))
    forget_settings()
    yield current_database_settings()
    forget_settings()


@pytest.fixture
def tenant(deployment):
    """A tenant with nothing in it, gone when the test is over."""
    name = f"test-{uuid4().hex}"
    try:
        asyncio.run(_open(deployment, name))
        yield name
    finally:
        with pymongo.MongoClient(deployment.uri.text) as operator:
            operator.drop_database(f"t_{name}")


async def _open(deployment, name):
    async with open_tenant(deployment, name):
        pass
