"""What every test may use."""

import os
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

from shopwright.settings import Aws

if TYPE_CHECKING:
    from shopwright.database.cluster import Cluster
    from shopwright.database.tenant_database import TenantDatabase

# Example counts fit a test run on two busy cores; `make proof` raises them where a test asks for more itself.
settings.register_profile("usual", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("usual")


# A shell's background job ignores Ctrl-C, and so would every command the tests start and interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder of the source checkout."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session", autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Commands keep their audit log with the tests, not in the state folder of whoever runs them."""
    os.environ["SHOPWRIGHT_STATE"] = str(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def mongo_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real MongoDB server, started for the tests of this process."""
    from shopwright.database.server.private_server import private_server

    with private_server(tmp_path_factory.mktemp("mongo")) as uri:
        yield uri


@pytest.fixture(scope="session")
def other_mongo_uri(mongo_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A second server, for what goes from one to another."""
    from shopwright.database.server.private_server import private_server

    with private_server(tmp_path_factory.mktemp("other-mongo")) as uri:
        yield uri


@pytest.fixture(scope="session")
def own_mongo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server whose control database belongs to one state folder, with its keys: both."""
    from shopwright.database.server.private_server import private_server

    with private_server(tmp_path_factory.mktemp("own-mongo")) as uri:
        yield uri, tmp_path_factory.mktemp("state")


@pytest.fixture
async def cluster(mongo_uri: str) -> "AsyncIterator[Cluster]":
    """The server, as its operator."""
    from shopwright.database.cluster import open_cluster

    async with open_cluster(mongo_uri) as cluster:
        yield cluster


@pytest.fixture
async def tenant_database(cluster: "Cluster") -> "AsyncIterator[TenantDatabase]":
    """A fresh database, dropped afterwards; collections are made when something is written."""
    database = cluster.tenant(f"test-{uuid4().hex}")
    yield database
    await cluster.client.drop_database(database.raw.name)


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    """How to speak to a real S3 server, started for the tests of this process."""
    from shopwright.validation.object_server import object_server

    with object_server(tmp_path_factory.mktemp("s3")) as aws:
        yield aws
