"""The folder of a private server: what lies in it, who may read it, and who owns it.

| name | holds |
|---|---|
| ``lock`` | held by the owner and the guardian of its server as long as either lives |
| ``owner`` | held by the owner alone |
| ``running.json`` | how to join the server; there only while it runs |
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

from shopwright.errors import DatabaseError

USER = "shopwright"
REPLICA_SET = "shopwright"
HOST = "127.0.0.1"

_TAIL = 8_192


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
        """Keep ``access`` for the next start."""
        write_private(self.path / "access.json", json.dumps({"password": access.password, "port": access.port}))
        return access

    def announce(self, uri: str) -> None:
        """Let other commands of the same user join."""
        write_private(self.running, json.dumps({"uri": uri}))

    def announced(self) -> str | None:
        """The URI of the server that runs here, if one says so. Raises ``DatabaseError``."""
        try:
            return str(json.loads(self.running.read_text("ascii"))["uri"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._unusable(error) from None

    def log_tail(self) -> str:
        """The last lines of the log: those that say why a server ended."""
        try:
            with self.log.open("rb") as file:
                file.seek(max(0, self.log.stat().st_size - _TAIL))
                lines = file.read().decode("utf-8", "replace").splitlines()
        except OSError:
            return "it left no log"
        return " | ".join(filter(None, map(_message, lines[-40:])))[-1_000:]

    @contextmanager
    def lock(self, name: str = "lock") -> Iterator[int | None]:
        """Own the folder: the descriptor of the lock, for the guardian to inherit; ``None`` if another owns it."""
        try:
            descriptor = os.open(self.path / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise self._unusable(error) from None
        try:
            yield descriptor if _locked(descriptor) else None
        finally:
            os.close(descriptor)

    def has_owner(self) -> bool:
        """Whether the process lives that owns the server; if not, its guardian is stopping the server."""
        with self.lock("owner") as free:
            return free is None

    def _unusable(self, error: Exception) -> DatabaseError:
        return DatabaseError(
            f"The folder of the private database cannot be used: {error}",
            where=str(self.path),
            remedy="It must belong to you alone; SHOPWRIGHT_STATE names another, MONGODB_URI a server of your own.",
        )


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step by one that only its owner may read."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    new.rename(path)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _message(line: str) -> str:
    """What an entry of the server's log says (its format is JSON), warnings and errors with what they are about."""
    try:
        entry = json.loads(line)
        about = entry.get("attr") if entry["s"] in "WEF" else None
        return f"{entry['msg']} {json.dumps(about)}" if about else str(entry["msg"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return line
