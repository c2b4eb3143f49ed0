"""Which MongoDB there is: the one the settings name, else a private server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from shopwright.database.cluster import Cluster, open_cluster
from shopwright.database.server.private_server import Server, own_server, private_server
from shopwright.database.server.process import Program
from shopwright.errors import SettingsError
from shopwright.settings import DatabaseSettings


@contextmanager
def deployment(settings: DatabaseSettings) -> Iterator[str]:
    """The connection string, credentials included. Raises ``DatabaseError``."""
    if settings.uri:
        yield settings.uri.text
        return
    with private_server(settings.folder, Program(settings.mongod, settings.cache)) as uri:
        yield uri


@contextmanager
def own_deployment(settings: DatabaseSettings) -> Iterator[Server]:
    """The private server, owned. Raises ``DatabaseError``, ``SettingsError`` where the settings name another."""
    if settings.uri:
        raise SettingsError(
            "it names a server, so there is no private one to run.", where="MONGODB_URI", remedy="Leave it empty."
        )
    with own_server(settings.folder, Program(settings.mongod, settings.cache)) as server:
        yield server


@asynccontextmanager
async def open_deployment(settings: DatabaseSettings) -> AsyncIterator[Cluster]:
    """The cluster of the settings, as its operator; a private server is started without holding up the event loop.

    Raises ``DatabaseError``.
    """
    server = deployment(settings)
    uri = await asyncio.to_thread(server.__enter__)
    try:
        async with open_cluster(uri) as cluster:
            yield cluster
    finally:
        await asyncio.shield(asyncio.to_thread(server.__exit__, None, None, None))
