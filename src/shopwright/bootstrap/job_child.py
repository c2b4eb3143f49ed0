"""The process that builds and publishes one store for a worker, and then ends.

It reads frames from standard input and answers on standard output (``frames.py``): first what to build, then, when the
worker has written down that the store keeps all rules, where to publish it. It is a process group of its own: when its
input ends, the worker is gone, and so is everything the build has started.
"""

import datetime as dt
import hashlib
import os
import queue
import signal
import sys
import tempfile
import threading
import time
import zlib
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Any

from shopwright.audit.log_file import AuditLog
from shopwright.errors import ShopwrightError
from shopwright.frames import read_frame, write_frame
from shopwright.generation.completion import EVERYTHING, NOTHING
from shopwright.generation.ledger import NAME as LEDGER
from shopwright.generation.manifest import NAME as MANIFEST
from shopwright.generation.manifest import read_manifest, site_base
from shopwright.generation.pipeline import Order, build_store
from shopwright.monitoring_settings import MonitoringSettings, current_monitoring_settings
from shopwright.performance.carried import carried
from shopwright.performance.metrics import Registry
from shopwright.performance.telemetry import telemetry
from shopwright.performance.tracing import span
from shopwright.settings import Aws, Secret
from shopwright.storage.exchange import storing
from shopwright.storage.objects.target import Target, open_target
from shopwright.storage.releases.pointer import read_pointer, sequence_of
from shopwright.storage.releases.publish import publish
from shopwright.storage.releases.signing import load_signer

PROGRESS_SECONDS = 0.2
"""Between two tidings of one stage."""

_MOST_LEDGER = 1 << 30

Json = dict[str, Any]


def main() -> None:
    """Serve one job over standard input and output."""
    requests, answers = os.fdopen(os.dup(sys.stdin.fileno()), "rb"), os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no frame
    frames: queue.SimpleQueue[Json] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(requests, frames), name="frames", daemon=True).start()
    try:
        with traced(current_monitoring_settings()):  # what is traced is sent before the last frame: then we are ended
            done = serve(frames.get(), frames, answers)
        write_frame(answers, {"published": done, "counted": carried()})
    except ShopwrightError as error:
        said = {"what": error.what, "where": error.where, "remedy": error.remedy}
        write_frame(answers, {"error": {"kind": type(error).__name__, **said}, "counted": carried()})


def traced(settings: MonitoringSettings) -> AbstractContextManager[None]:
    """Send spans where a collector is named. What is counted goes to the worker instead, who can still be asked."""
    return telemetry(settings.collector, settings.traces, "build", Registry())


def serve(asked: Json, frames: "queue.SimpleQueue[Json]", answers: IO[bytes]) -> Json:
    """Build, say so, and publish when that is asked for; what was published. Raises as ``build`` and ``send``."""
    with span("build", parent=asked["traceparent"]):
        report = build(asked, _Telling(answers))
        sequence = sequence_of(read_pointer(_target(asked))[0])
        write_frame(answers, {"built": {"report": report, "sequence": sequence}})
        return send(asked, frames.get())


def build(asked: Json, tell: "_Telling") -> Json:
    """Build a store; what ``Built.as_json`` says. Raises what ``build_store`` does."""
    tempfile.tempdir = asked["scratch"]
    site, target = Path(asked["site"]), _target(asked)
    _bring_ledger(site, target, asked["ledger"])
    log = AuditLog(Path(asked["log"]))
    order = Order(
        source=Path(asked["source"]),
        out=site,
        date=dt.datetime.fromisoformat(asked["date"]).replace(tzinfo=dt.UTC),
        cache=Path(asked["cache"]),
        workers=asked["workers"],
        theme=asked["theme"],
        site_url=asked["site_url"] or None,
        pictures=asked["pictures"],
        allow_private=asked["allow_private"],
        rest_seconds=EVERYTHING if asked["complete"] else NOTHING,
        tenant=asked["tenant"],
        record=log.append,
    )
    return build_store(order, tell).as_json()


def send(asked: Json, publishing: Json) -> Json:
    """Publish what was built, if nobody published since ``sequence``; what is to be recorded of it.

    Raises ``StorageError``.
    """
    site, target = Path(asked["site"]), _target(asked)
    ledger = _keep_ledger(site, target)
    signer = load_signer(Path(publishing["key"]))
    done = publish(site, target, signer, site_base(site), after=publishing["sequence"])
    with storing(str(site)):
        manifest = hashlib.sha256((site / MANIFEST).read_bytes()).hexdigest()
    size = sum(entry.size for entry in read_manifest(site).values())
    return {
        "release": done.release,
        "files": done.files,
        "bytes": size,
        "manifest": manifest,
        "ledger": ledger,
        "uploaded": done.uploaded,
        "bytes_uploaded": done.bytes_uploaded,
        "seconds": done.seconds,
    }


def _target(asked: Json) -> Target:
    aws = {**asked["aws"], **{name: Secret(asked["aws"][name]) for name in ("secret_access_key", "session_token")}}
    return open_target(asked["target"], Aws(**aws))


def ledger_key(digest: str) -> str:
    """Where a ledger is kept beside the releases."""
    return f"ledgers/{digest}"


def _keep_ledger(site: Path, target: Target) -> str:
    """Addresses that were live must lead somewhere whichever machine builds next; the digest of what says where."""
    with storing(str(site)):
        data = (site / LEDGER).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if target.find(ledger_key(digest)) is None:
        target.write(ledger_key(digest), zlib.compress(data))
    return digest


def _bring_ledger(site: Path, target: Target, digest: str) -> None:
    """The ledger of the live release takes the place of what another build left on this machine."""
    path = site / LEDGER
    if not digest or (path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest):
        return
    content = target.read(ledger_key(digest))
    if content is None:  # it was removed by hand: what is here is the best there is
        return
    data = zlib.decompressobj().decompress(content.data, _MOST_LEDGER)
    with storing(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        draft.write_bytes(data)
        draft.replace(path)


class _Telling:
    """Progress as frames: the first and the last piece of each stage, and between them some times a second."""

    def __init__(self, answers: IO[bytes]) -> None:
        self._answers = answers
        self._stage, self._done, self._told = "", 0, 0.0

    def __call__(self, stage: str, done: int) -> None:
        now = time.monotonic()
        if stage != self._stage and self._stage:
            self._tell()
        is_due = stage != self._stage or now - self._told >= PROGRESS_SECONDS
        self._stage, self._done = stage, done
        if is_due:
            self._told = now
            self._tell()

    def _tell(self) -> None:
        write_frame(self._answers, {"progress": [self._stage, self._done]})


def _read(requests: IO[bytes], frames: "queue.SimpleQueue[Json]") -> None:
    while (frame := read_frame(requests)) is not None:
        frames.put(frame)
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    main()
