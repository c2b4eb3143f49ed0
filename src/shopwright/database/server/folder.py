"""The folder of a private server: what lies in it, who may read it, and who owns it.

| name | holds |
|---|---|
| ``lock`` | held by the owner and the guardian of its server as long as either lives |
| ``joined`` | held together by all others that use the server, and alone by who ends that |
| ``running.json`` | how to join the server; there only while it may be joined |
| ``access.json`` | the password, and the port used last |
| ``key`` | what members of the replica set know each other by |
| ``data/`` | the server's files |
| ``mongod.log``, ``mongod.log.1`` | what the server says, bounded |

Everything may be read by its owner only: whoever reads it is the database's root user.
"""

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from shopwright.database.server.guardian import JOINED
from shopwright.errors import DatabaseError

USER = "shopwright"
REPLICA_SET = "shopwright"
HOST = "127.0.0.1"

_TAIL = 1 << 17
_MOST_TOLD = 1_000
_BEGINS = "SERVER RESTARTED"
"""The server says it first whenever it is started on a log that is there."""


@dataclass(frozen=True, slots=True)
class Access:
    """How to speak to the server of a folder as its root user."""

    password: str
    port: int
    """0: none was used yet."""

    @property
    def uri(self) -> str:
        """A connection string, credentials included (Connection String URI Format)."""
        place = f"{USER}:{quote(self.password, safe='')}@{HOST}:{self.port}"
        return f"mongodb://{place}/?authSource=admin&replicaSet={REPLICA_SET}"


@dataclass(frozen=True, slots=True)
class ServerFolder:
    """Where a private server keeps everything."""

    path: Path

    @property
    def data(self) -> Path:
        """The server's own files."""
        return self.path / "data"

    @property
    def key(self) -> Path:
        """The key file of the replica set."""
        return self.path / "key"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.path / "mongod.log"

    @property
    def running(self) -> Path:
        """How to join the server."""
        return self.path / "running.json"

    def prepare(self) -> None:
        """Make the folder and its key. Raises ``DatabaseError``."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.data.mkdir(mode=0o700, exist_ok=True)
            if not self.key.exists():
                write_private(self.key, base64.b64encode(secrets.token_bytes(192)).decode())
        except OSError as error:
            raise self._unusable(error) from None

    def access(self) -> Access:
        """The password, made at the first call, and the port used last. Raises ``DatabaseError``."""
        try:
            return Access(**json.loads((self.path / "access.json").read_text("ascii")))
        except FileNotFoundError:
            return self.remember(Access(secrets.token_urlsafe(32), 0))
        except (OSError, ValueError, TypeError) as error:
            raise self._unusable(error) from None

    def remember(self, access: Access) -> Access:
        """Keep ``access`` for the next start. Raises ``DatabaseError``."""
        self._write("access.json", json.dumps({"password": access.password, "port": access.port}))
        return access

    def announce(self, uri: str) -> None:
        """Let other commands of the same user join. Raises ``DatabaseError``."""
        self._write(self.running.name, json.dumps({"uri": uri}))

    def announced(self) -> str | None:
        """The URI of the server that runs here, if one says so. Raises ``DatabaseError``."""
        try:
            return str(json.loads(self.running.read_text("ascii"))["uri"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._unusable(error) from None

    def log_tail(self) -> str:
        """Why the server ended: the faults its last run told of, beginning with the first; else the log's last lines.

        What it says after a fault (how it stops, where it was when it crashed) is long and hides it.
        """
        try:
            with self.log.open("rb") as file:
                file.seek(max(0, self.log.stat().st_size - _TAIL))
                lines = file.read().decode("utf-8", "replace").splitlines()
        except OSError:
            return "it left no log"
        faults = list(filter(_is_fault, _last_run(lines)))
        if faults:
            return " | ".join(map(_message, faults))[:_MOST_TOLD]
        return " | ".join(filter(None, map(_message, lines[-40:])))[-_MOST_TOLD:]

    @contextmanager
    def lock(self) -> Iterator[int | None]:
        """Own the folder: the descriptor of the lock, for the guardian to inherit; ``None`` if another owns it."""
        with self._locked("lock", fcntl.LOCK_EX) as descriptor:
            yield descriptor

    @contextmanager
    def joined(self) -> Iterator[str | None]:
        """Use the server of another process: its URI; ``None`` while there is none that can be joined.

        The server runs on for as long as this lasts, also when the process ends that started it.
        """
        if not self.running.exists():  # so that nobody who waits looks like somebody who has joined
            yield None
            return
        with self._locked(JOINED, fcntl.LOCK_SH) as descriptor:
            yield None if descriptor is None else self.announced()

    def withdraw(self) -> bool:
        """Let nobody join any more; false, and nothing done, where others use the server."""
        if not self.running.exists():
            return True
        with self._locked(JOINED, fcntl.LOCK_EX) as descriptor:
            if descriptor is not None:
                self.running.unlink(missing_ok=True)
            return descriptor is not None

    @contextmanager
    def _locked(self, name: str, how: int) -> Iterator[int | None]:
        try:
            descriptor = os.open(self.path / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise self._unusable(error) from None
        try:
            yield descriptor if _is_free(descriptor, how) else None
        finally:
            os.close(descriptor)

    def _write(self, name: str, text: str) -> None:
        try:
            write_private(self.path / name, text)
        except OSError as error:
            raise self._unusable(error) from None

    def _unusable(self, error: Exception) -> DatabaseError:
        return DatabaseError(
            f"The folder of the private database cannot be used: {error}",
            where=str(self.path),
            remedy="It must belong to you alone, on a disk with space left; SHOPWRIGHT_STATE names another, "
            "MONGODB_URI a server of your own.",
        )


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step by one that only its owner may read."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
        new.rename(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _is_free(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _last_run(lines: list[str]) -> list[str]:
    begun = max((number for number, line in enumerate(lines) if _BEGINS in line), default=0)
    return lines[begun:]


def _is_fault(line: str) -> bool:
    try:
        return json.loads(line)["s"] in "EF"
    except (ValueError, KeyError, TypeError):
        return False


def _message(line: str) -> str:
    """What an entry of the server's log says (its format is JSON), warnings and errors with what they are about."""
    try:
        entry = json.loads(line)
        about = entry.get("attr") if entry["s"] in "WEF" else None
        return f"{entry['msg']} {json.dumps(about)}" if about else str(entry["msg"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return line
