"""What a worker's process says, without a build: the host of the store's address says how it goes.

A file ``pid`` in the site's folder tells which process sleeps.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

RELEASE = "0123456789abcdef0123"


def read():
    length = int.from_bytes(sys.stdin.buffer.read(4), "big")
    return json.loads(sys.stdin.buffer.read(length) or "null")


def write(frame):
    data = json.dumps(frame).encode()
    sys.stdout.buffer.write(len(data).to_bytes(4, "big") + data)
    sys.stdout.buffer.flush()


def sleep(folder):
    """With a process of its own, as a build has."""
    other = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"])
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / "pid.new"
    draft.write_text(f"{os.getpid()} {other.pid}")
    draft.rename(folder / "pid")
    time.sleep(600)


def main():
    asked = read()
    site = Path(asked["site"])
    how = asked["site_url"].removeprefix("https://").partition(".")[0]
    for done in range(1, 4):
        write({"progress": ["pages", done]})
    if how == "sleeps":
        sleep(site)
    if how == "dies" or (how == "stumbles" and not site.exists()):
        site.mkdir(parents=True, exist_ok=True)
        os.kill(os.getpid(), 9)
    if how == "breaks":
        said = {"what": "a page breaks a rule.", "where": "index.html", "remedy": "Mend it."}
        write({"error": {"kind": "AuditFailed", **said}})
        return
    faults = [{"code": "no-alt", "message": f"no text {number}"} for number in range(3)]
    write({"built": {"report": {"pages": 3, "faults": faults}, "sequence": 0}})
    if not read()["key"].endswith("release-key.pem"):
        return
    if how == "lingers":
        sleep(site)
    if how == "unreachable":
        write({"error": {"kind": "StorageError", "what": "it does not answer.", "where": "s3://b", "remedy": ""}})
        return
    made = {"release": RELEASE, "files": 3, "bytes": 30, "manifest": "a" * 64, "ledger": "b" * 64}
    write({"published": made})


main()
