"""Which MongoDB there is: the one the settings name, else a private server."""

from collections.abc import Iterator
from contextlib import contextmanager

from shopwright.database.server.binary import find_mongod
from shopwright.database.server.private_server import private_server
from shopwright.database.server.process import Program
from shopwright.settings import DatabaseSettings


@contextmanager
def deployment(settings: DatabaseSettings) -> Iterator[str]:
    """The connection string, credentials included. Raises ``DatabaseError``."""
    if settings.uri:
        yield settings.uri.text
        return
    with private_server(settings.folder, Program(find_mongod(settings.mongod))) as uri:
        yield uri
