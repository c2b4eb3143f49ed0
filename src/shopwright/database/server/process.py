"""Starting the server's program and stopping it."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shopwright.database.server import guardian
from shopwright.database.server.binary import find_mongod
from shopwright.database.server.folder import HOST, REPLICA_SET, ServerFolder

STOP_SECONDS = 90
TRANSACTION_SECONDS = 30
"""A client that was killed leaves its transaction open: so long others meet conflicts with it (MongoDB's own: 60)."""

OPLOG_MEGABYTES = 1_024
"""The history a point-in-time restore can reach back in; it grows on disk only as it is written."""

_HANDLES = "file_manager=(close_idle_time=20,close_scan_interval=5,close_handle_minimum=200)"
"""Files of idle collections are closed after 20 s instead of 600: a tenant has about 105, a process may often
open no more than 20,000."""


@dataclass(frozen=True, slots=True)
class Program:
    """What to start: the program (none: the one that is found), and the memory its cache may take."""

    mongod: Path | None = None
    cache_megabytes: int = 256


@contextmanager
def started(program: Program, folder: ServerFolder, port: int, lock: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A server that runs until the end, and on where others have joined it by then.

    The process yielded is its guardian, which ends when the server does.
    """
    command = [
        str(find_mongod(program.mongod)),
        *_options(folder, port),
        "--wiredTigerCacheSizeGB",
        _gigabytes(program),
    ]
    watched = [sys.executable, "-I", "-S", guardian.__file__, str(folder.running), str(folder.log), *command]
    folder.log.touch(mode=0o600)
    with folder.log.open("ab") as said:
        process = subprocess.Popen(
            watched,
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=said,
            pass_fds=(lock,),
            start_new_session=True,  # Ctrl-C is for the owner, which then stops the server in order
        )
    try:
        yield process
    finally:
        if folder.withdraw():
            _stop(process)
        else:
            _leave(process)


def free_port(wanted: int = 0) -> int:
    """The port ``wanted`` if nobody listens there (clients that wait for it find the server again), else a free one."""
    for port in (wanted, 0):
        with socket.socket() as place:
            place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                place.bind((HOST, port))
            except OSError:
                continue
            return int(place.getsockname()[1])
    return 0  # pragma: no cover - a machine without one free port


def server_pid(folder: ServerFolder) -> int:
    """The server's own process id, which it writes into its lock file; 0 when it does not run."""
    text = (folder.data / "mongod.lock").read_text("ascii").strip()
    return int(text) if text else 0


def _options(folder: ServerFolder, port: int) -> list[str]:
    """Loopback only, with password, without server-side JavaScript, without compression between two local programs."""
    return [
        *("--dbpath", str(folder.data), "--port", str(port), "--bind_ip", HOST, "--nounixsocket"),
        *("--replSet", REPLICA_SET, "--keyFile", str(folder.key), "--noscripting"),
        *("--networkMessageCompressors", "disabled", "--oplogSize", str(OPLOG_MEGABYTES)),
        *("--wiredTigerEngineConfigString", _HANDLES, "--setParameter", "diagnosticDataCollectionEnabled=false"),
        *("--setParameter", f"transactionLifetimeLimitSeconds={TRANSACTION_SECONDS}"),
        *("--logpath", str(folder.log), "--logappend", "--logRotate", "reopen", "--quiet"),
    ]


def _gigabytes(program: Program) -> str:
    return f"{program.cache_megabytes / 1024:.3f}"


def _leave(process: "subprocess.Popen[bytes]") -> None:
    """Closing its standard input tells the guardian to stop the server in order when nobody uses it any more."""
    assert process.stdin  # noqa: S101 - it is a pipe
    process.stdin.close()
    threading.Thread(target=process.wait, daemon=True).start()  # so that no zombie stays of it


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """The same, and wait until it has stopped."""
    assert process.stdin  # noqa: S101 - it is a pipe
    process.stdin.close()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()
