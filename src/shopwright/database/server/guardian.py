"""The process between an owner and its server: when nobody uses it any more, however they ended, the server is stopped.

Run as a file by a bare interpreter (standard library only): ``guardian.py RUNNING LOG MONGOD ARGUMENTS...``. The owner
holds the other end of standard input; the kernel closes it with the owner. Those who joined hold a lock together, which
the kernel releases with the last of them. The lock of the folder is inherited and so held until the server is gone. A
signal to the parent's death alone would not do: Linux sends it when the *thread* ends that started the child, and other
systems do not have it.
"""

import contextlib
import ctypes
import fcntl
import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

JOINED = "joined"
"""File beside RUNNING: locked together by those who joined, alone by who lets nobody join any more."""

MOST_LOG_BYTES = 8_000_000
_LOOK_SECONDS = 30
_STOP_SECONDS = 60
_PAUSE = 0.1
_PR_SET_PDEATHSIG = 1  # Linux prctl(2)


def main(arguments: list[str], owner: int = 0) -> None:
    """Start the server, stop it when the pipe ``owner`` ends and nobody else uses it; exit when it exits."""
    running, log, *command = arguments
    server = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        preexec_fn=_end_with_guardian,  # noqa: PLW1509 - this process has one thread yet
    )
    threading.Thread(target=_follow, args=(server,), daemon=True).start()
    while not _is_gone(owner):
        turn_log(Path(log), server.pid)
    while not is_unused(Path(running)):
        turn_log(Path(log), server.pid)
        time.sleep(_PAUSE)
    stop(server)


def _end_with_guardian() -> None:
    """The server dies with a guardian that is killed; elsewhere than on Linux it would go on."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _follow(server: "subprocess.Popen[bytes]") -> None:
    """End as the server ends."""
    os._exit(abs(server.wait()))


def _is_gone(owner: int) -> bool:
    """Wait for the end of the pipe, so long."""
    readable, _, _ = select.select([owner], [], [], _LOOK_SECONDS)
    return bool(readable) and not os.read(owner, 1)


def is_unused(running: Path) -> bool:
    """Whether nobody has joined; then nobody can join any more."""
    joined = os.open(running.with_name(JOINED), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(joined, fcntl.LOCK_EX | fcntl.LOCK_NB)
        running.unlink(missing_ok=True)
    except BlockingIOError:
        return False
    finally:
        os.close(joined)
    return True


def turn_log(log: Path, pid: int) -> None:
    """Keep the last full log and begin a new one once it is full (``--logRotate reopen``)."""
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > MOST_LOG_BYTES:
            log.replace(log.with_name(f"{log.name}.1"))
            os.kill(pid, signal.SIGUSR1)


def stop(server: "subprocess.Popen[bytes]") -> None:
    """Ask the server to stop; kill it when it does not (it recovers at the next start)."""
    server.terminate()
    try:
        server.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
