"""The private server of a folder: joined when it runs, else started and owned."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from shopwright.database.failures import in_words
from shopwright.database.server.folder import Access, ServerFolder
from shopwright.database.server.process import Program, free_port, server_pid, started
from shopwright.database.server.replica_set import become_primary
from shopwright.errors import DatabaseError, DatabaseUnavailable

START_SECONDS = 120
"""For a server that has to recover from a crash; usually it takes one second."""

DEFAULT = Program()

_ATTEMPTS = 3
_PAUSE = 0.1


@dataclass(frozen=True, slots=True)
class Server:
    """A private server that runs."""

    uri: str
    """With credentials: whoever has it is the root user."""

    pid: int
    place: ServerFolder
    guardian: "subprocess.Popen[bytes]"

    @property
    def goes_on(self) -> bool:
        """Whether it runs."""
        return self.guardian.poll() is None

    def refuse_ended(self) -> None:
        """Raise ``DatabaseUnavailable`` when the server has ended by itself."""
        if not self.goes_on:
            raise DatabaseUnavailable(
                f"The private MongoDB server ended. The end of its log says: {self.place.log_tail()}",
                where=str(self.place.log),
                remedy="It recovers when it is started again.",
            )


@contextmanager
def private_server(folder: Path, program: Program = DEFAULT) -> Iterator[str]:
    """The URI, credentials included, of the private server in ``folder``.

    Joins the server of another command of this user, else starts one. It is stopped when the last that uses it ends,
    whoever started it. Raises ``DatabaseError``.
    """
    place = ServerFolder(folder)
    place.prepare()
    deadline = time.monotonic() + START_SECONDS
    while True:
        with place.lock() as lock:
            if lock is not None:
                with _own(place, program, lock) as server:
                    yield server.uri
                return
        with place.joined() as uri:
            if uri and _can_be_joined(uri):
                yield uri
                return
        if time.monotonic() > deadline:
            raise _not_joined(place)
        time.sleep(_PAUSE)


@contextmanager
def own_server(folder: Path, program: Program = DEFAULT) -> Iterator[Server]:
    """Start the server of ``folder`` and own it until the end of this context; then it ``goes_on`` for who joined it.

    Raises ``DatabaseError`` when another process owns it.
    """
    place = ServerFolder(folder)
    place.prepare()
    with place.lock() as lock:
        if lock is None:
            raise DatabaseError(
                "Another process already runs the private database of this folder",
                where=str(folder),
                remedy="Commands join it by themselves; stop it first to run it from here.",
            )
        with _own(place, program, lock) as server:
            yield server


@contextmanager
def _own(place: ServerFolder, program: Program, lock: int) -> Iterator[Server]:
    place.running.unlink(missing_ok=True)  # of an owner that was killed
    for attempt in range(1, _ATTEMPTS + 1):
        access = place.remember(replace(place.access(), port=free_port(place.access().port)))
        with started(program, place, access.port, lock) as process:
            try:
                become_primary(access, START_SECONDS, lambda: process.poll() is None)
            except (DatabaseUnavailable, PyMongoError) as error:
                if attempt < _ATTEMPTS and "Address already in use" in place.log_tail():
                    continue
                raise _not_started(place, access, error) from None
            place.announce(access.uri)
            yield Server(access.uri, server_pid(place), place, process)
            return


def _can_be_joined(uri: str) -> bool:
    try:
        with MongoClient[dict[str, object]](uri, serverSelectionTimeoutMS=2_000) as client:
            return bool(client.admin.command("ping"))
    except PyMongoError:
        return False


def _not_joined(place: ServerFolder) -> DatabaseUnavailable:
    return DatabaseUnavailable(
        f"Another process owns the private database, but it did not answer within {START_SECONDS} s",
        where=str(place.path),
        remedy="Look for a `shopwright` command that hangs, and end it. The server of another container cannot be "
        "joined: run one MongoDB for all, and name it in MONGODB_URI.",
    )


def _not_started(place: ServerFolder, access: Access, error: DatabaseUnavailable | PyMongoError) -> DatabaseUnavailable:
    what = error.what if isinstance(error, DatabaseUnavailable) else in_words(error)
    tail = place.log_tail().replace(access.password, "…")
    return DatabaseUnavailable(
        f"{what.removesuffix('.')}. The end of its log says: {tail}",
        where=str(place.log),
        remedy=f"Process {os.getpid()} waited for it; the log says more.",
    )
