"""Checks on publishing: the example store, brought to a real S3 server, served from there, changed and rolled back."""

import http.client
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from shopwright.storage.delivery import CHECKED, IMMUTABLE, SECURITY, is_hashed
from shopwright.storage.delivery import address as address_of
from shopwright.storage.media_types import media_type
from shopwright.storage.objects.target import open_target
from shopwright.storage.purge.networks import changed_since
from shopwright.storage.releases.document import read_release
from shopwright.storage.releases.pointer import live_pointer
from shopwright.storage.releases.signing import load_trust
from shopwright.storage.serving.hosts import one_site
from shopwright.storage.serving.release_site import ReleaseSite
from shopwright.storage.serving.server import open_server
from shopwright.validation.checkout import Checkout
from shopwright.validation.publishing import Publisher, publishers, write_made_up_site
from shopwright.validation.registry import Result, check

FILES = 5_000


@check("A5")
def published(checkout: Checkout) -> Result:
    """Publishes, reads every file back over HTTP, changes one page, asks what a CDN must forget, rolls back."""
    site = checkout.work / "published"
    shutil.copytree(checkout.example, site, dirs_exist_ok=True)
    with publishers(checkout.work) as found:
        publisher = found["bucket"]
        first = publisher.run("publish", str(site), "--unaudited")
        wrong = _wrongly_served(publisher)
        page = site / "index.html"
        page.write_bytes(page.read_bytes() + b"<!-- changed -->")
        second = publisher.run("publish", str(site), "--unaudited")
        objects = open_target(publisher.target, publisher.aws)
        purged = len(changed_since(objects, live_pointer(objects)).addresses)
        back = publisher.run("rollback").report["release"] == first.report["release"]
        sound = publisher.run("verify").report["sound"]
    shutil.rmtree(site)
    return Result(
        f"{first.report['files']:,} files published, {wrong} served wrongly; one page changed: "
        f"{second.report['uploaded']} uploaded, {purged} purged; rolled back: {'yes' if back else 'no'}",
        passed=wrong == 0 and second.report["uploaded"] == purged == 1 and back and sound,
    )


def upload_seconds(work: Path, files: int = FILES) -> float:
    """How long the command takes to publish ``files`` files of 20 KB to an empty bucket: a part of requirement A7."""
    with publishers(work) as found, TemporaryDirectory(dir=work) as name:
        site = write_made_up_site(Path(name) / "site", files)
        return found["bucket"].run("publish", str(site), "--unaudited").measured.seconds


def _wrongly_served(publisher: Publisher) -> int:
    """How many files of the live release have another type, life, validator or content than they should."""
    objects = open_target(publisher.target, publisher.aws)
    trust = load_trust(publisher.state / "release-key.pem", None)
    release = read_release(objects, live_pointer(objects).release, trust)
    wrong = 0
    with _served(ReleaseSite(objects, trust)) as connection:
        for path, file in release.files.items():
            connection.request("GET", release.base + address_of(path), headers={"Accept-Encoding": "identity"})
            answer = connection.getresponse()
            body = answer.read()
            said = answer.headers
            life = IMMUTABLE if is_hashed(path) else CHECKED
            right = (
                answer.status == http.client.OK
                and len(body) == file.blob.size
                and said["Content-Type"] == media_type(path)
                and said["Cache-Control"] == life
                and file.blob.sha256[:32] in said["ETag"]
                and all(said[name] for name in SECURITY)
            )
            wrong += not right
    return wrong


@contextmanager
def _served(site: ReleaseSite) -> Iterator[http.client.HTTPConnection]:
    with open_server(one_site(site), 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        connection = http.client.HTTPConnection("127.0.0.1", int(server.server_address[1]), timeout=30)
        try:
            yield connection
        finally:
            connection.close()
            server.shutdown()
            thread.join()
