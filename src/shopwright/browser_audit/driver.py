"""The process that drives the browser: asked and answered in lines of JSON, bounded in time, ended as a whole."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from shopwright.browser_audit.toolbox import HERE, Toolbox
from shopwright.errors import BrowserAuditError

SCRIPT = HERE / "driver" / "main.mjs"
MOST_BYTES = 32 << 20
"""Longest answer that is read."""

FLAGS = (
    *("--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run", "--mute-audio"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions"),
    *("--disable-dev-shm-usage", "--disable-breakpad", "--hide-scrollbars"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""The browser asks nobody but the store. Scrollbars that take width would make 320 px less than 320."""


class Driver:
    """One browser in one process, started when it is first asked and again after it had to be ended.

    Not for several threads.
    """

    def __init__(self, toolbox: Toolbox) -> None:
        self._toolbox = toolbox
        self._process: subprocess.Popen[bytes] | None = None
        self._profile = ""

    def ask(self, subject: str, seconds: float, **question: object) -> Any:  # noqa: ANN401 - any JSON value
        """The answer of ``driver/<subject>.mjs`` to a question.

        Raises ``BrowserAuditError`` when it fails, or is not there within so many seconds: the browser is then ended.
        """
        place = str(question.get("url", subject))
        line = self._exchanged(json.dumps({"ask": subject, **question}).encode() + b"\n", seconds)
        if not line.endswith(b"\n"):
            self.close()
            what = f"the browser ended, or {subject} took longer than {seconds:g} seconds."
            raise BrowserAuditError(what, where=place, remedy="Try again on a machine that is less busy.")
        answer = json.loads(line)
        if "error" in answer:
            raise BrowserAuditError(f"{subject}: {answer['error']}", where=place)
        return answer["answer"]

    def close(self) -> None:
        """End the process and its browser, and remove the browser's profile."""
        if self._process is None:
            return
        _end_group(self._process)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                stream.close()  # type: ignore[union-attr] # both are pipes
        shutil.rmtree(self._profile, ignore_errors=True)
        self._process = None

    def _exchanged(self, question: bytes, seconds: float) -> bytes:
        """The line that answers; empty or cut short when the process is gone."""
        process = self._process = self._process or self._started()
        watch = threading.Timer(seconds, _end_group, (process,))
        watch.start()
        try:
            process.stdin.write(question)  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            return process.stdout.readline(MOST_BYTES)  # type: ignore[union-attr]
        except OSError:
            return b""
        finally:
            watch.cancel()

    def _started(self) -> "subprocess.Popen[bytes]":
        box = self._toolbox
        self._profile = tempfile.mkdtemp(prefix="shopwright-browser-")
        flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]  # Chromium has no sandbox for root
        return subprocess.Popen(
            [box.node, SCRIPT, box.folder, box.chromium, self._profile, *flags],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


@contextmanager
def open_driver(toolbox: Toolbox) -> Iterator[Driver]:
    """A driver that is ended at the end, whatever happens."""
    driver = Driver(toolbox)
    try:
        yield driver
    finally:
        driver.close()


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process that leads its group, and with it the browser."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
