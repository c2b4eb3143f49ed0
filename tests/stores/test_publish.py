"""Publishing by command, against a real S3 server: whatever stops it, readers have the old store or the new one."""

import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.commands import run_here

from shopwright.errors import ShopwrightError
from shopwright.settings import Aws
from shopwright.storage.objects.target import Target, open_target
from shopwright.storage.releases.document import read_release
from shopwright.storage.releases.pointer import live_pointer
from shopwright.storage.releases.publish import publish
from shopwright.storage.releases.signing import load_signer, load_trust

PAGES = 150
KILLS = 3
"""Enough to hit hashing, uploading and switching; `make proof` does more."""


def write_site(folder: Path, version: str, pages: int = PAGES) -> Path:
    """A store whose pages all say their version, and name a hashed file of it."""
    style = f"p{{content:'{version}'}}" * 40
    name = f"assets/site.{hashlib.sha256(style.encode()).hexdigest()[:8]}.css"
    files = {f"p/{number}/index.html": f"<link href=/{name}>version {version} page {number}" for number in range(pages)}
    files |= {"index.html": f"<link href=/{name}>version {version} home", "same.txt": "same", name: style}
    files |= {f"assets/{version}-{number}.0123.webp": f"{version} {number}" * 50 for number in range(pages)}
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


class Shop:
    """A target, and commands on it."""

    def __init__(self, target: str, aws: Aws, state: Path) -> None:
        self.target = target
        self.objects: Target = open_target(target, aws)
        self.own = {
            "SHOPWRIGHT_STATE": str(state),
            "AWS_ENDPOINT_URL_S3": aws.endpoint,
            "AWS_ACCESS_KEY_ID": aws.access_key_id,
            "AWS_SECRET_ACCESS_KEY": aws.secret_access_key.text,
        }
        self.signer = load_signer(state / "release-key.pem")
        self.trust = load_trust(state / "release-key.pem", None)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """A process of its own, that can be killed."""
        command = [sys.executable, "-m", "shopwright", *self._line(*words)]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env={**os.environ, **self.own}, stdout=pipe, stderr=pipe, text=True)

    def run(self, *words: str) -> dict:
        done = run_here(*self._line(*words), "--json", **self.own)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def _line(self, *words: str) -> list[str]:
        unaudited = ["--unaudited"] if words[0] == "publish" else []
        return [*words, *unaudited, "--to", self.target]


@pytest.fixture(params=["bucket", "folder"])
def shop(request, tmp_path, s3: Aws) -> Shop:
    """An empty target of each kind."""
    targets = {"folder": str(tmp_path / "target"), "bucket": f"s3://stores/{tmp_path.parent.name}-{tmp_path.name}"}
    return Shop(targets[request.param], s3, tmp_path / "state")


class Crawler(threading.Thread):
    """Reads the live store over and over: pointer, document, files; notes each store that is no whole one."""

    def __init__(self, shop: Shop, seed: int) -> None:
        super().__init__()
        self._shop = shop
        self._chance = random.Random(seed)
        self._ended = threading.Event()
        self.faults: list[str] = []
        self.seen: set[str] = set()
        self.crawls = 0

    def run(self) -> None:
        while not self._ended.is_set():
            try:
                self._crawl()
            except ShopwrightError as error:
                self.faults.append(f"{type(error).__name__}: {error}")
                return

    def _crawl(self) -> None:
        objects = self._shop.objects
        release = read_release(objects, live_pointer(objects).release, self._shop.trust)
        paths = ["index.html", *self._chance.sample(sorted(release.files), 30)]
        versions = set()
        for path in paths:
            content = objects.read(release.files[path].blob.key)
            if content is None or hashlib.sha256(content.data).hexdigest() != release.files[path].blob.sha256:
                self.faults.append(f"{release.id} lacks {path}")
                return
            text = content.data.decode()
            versions |= set(re.findall(r"version (\w+)", text))
            self.faults += [
                f"{path} names {name}" for name in re.findall("href=/([^>]+)>", text) if name not in release.files
            ]
        if len(versions) != 1:
            self.faults.append(f"a mix of {versions}")
        self.seen |= versions
        self.crawls += 1

    def end(self) -> None:
        self._ended.set()
        self.join()


def live_version(shop: Shop) -> str:
    release = read_release(shop.objects, live_pointer(shop.objects).release, shop.trust)
    return re.search(r"version (\w+)", shop.objects.read(release.files["index.html"].blob.key).data.decode())[1]


def seconds_of_a_publish(shop: Shop, site: Path) -> float:
    started = time.perf_counter()
    shop.start("publish", str(site)).communicate()
    return time.perf_counter() - started


def kill_at_random_moments(shop: Shop, tmp_path: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    publish(write_site(tmp_path / "v0", "v0"), shop.objects, shop.signer)
    sites = [write_site(tmp_path / f"v{number}", f"v{number}") for number in range(1, 3 * kills + 2)]
    usual = seconds_of_a_publish(shop, sites[0])
    crawler, stopped = Crawler(shop, seed), 0
    crawler.start()
    try:
        for site in sites[1:]:
            if stopped == kills:
                break
            before = live_version(shop)
            process = shop.start("publish", str(site))
            try:
                process.wait(chance.uniform(0.3, 1.05) * usual)
                usual *= 0.7  # the machine is quicker than it was
            except subprocess.TimeoutExpired:
                process.kill()
                stopped += 1
            process.communicate()
            assert live_version(shop) in (before, site.name), f"seed {seed}"
        last = shop.run("publish", str(sites[-1]))
        assert live_version(shop) == sites[-1].name
        time.sleep(0.2)
    finally:
        crawler.end()
    assert crawler.faults == [], f"seed {seed}"
    assert crawler.crawls > 0
    assert stopped > 0, "no publish was slow enough to be stopped"
    assert last["files"] == 2 * PAGES + 3
    assert shop.run("verify")["sound"]


def test_killed_publishes_leave_whole_stores_and_the_next_completes(shop, tmp_path):
    kill_at_random_moments(shop, tmp_path, KILLS, seed=20261123)


@pytest.mark.proof
@pytest.mark.timeout(1_800)
def test_fifty_kills_leave_whole_stores(shop, tmp_path):
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    kill_at_random_moments(shop, tmp_path, 50, seed)


def await_blobs(shop: Shop, number: int) -> None:
    """Until so many are stored; a minute at most."""
    until = time.monotonic() + 60
    while len(list(shop.objects.list("blobs/"))) < number and time.monotonic() < until:
        pass


def test_a_stopped_publish_is_gone_on_with(shop, tmp_path):
    publish(write_site(tmp_path / "v0", "v0"), shop.objects, shop.signer)
    site = write_site(tmp_path / "v1", "v1")
    process = shop.start("publish", str(site))
    await_blobs(shop, 2 * PAGES + 100)
    process.kill()
    process.communicate()
    assert live_version(shop) == "v0"
    done = shop.run("publish", str(site))
    assert done["files"] == 2 * PAGES + 3
    assert done["uploaded"] < 2 * PAGES
    assert shop.run("publish", str(site))["uploaded"] == 0


def test_who_is_overtaken_by_another_publisher_says_so(shop, tmp_path):
    """One stands still while it uploads; another comes and goes; then the first goes on."""
    publish(write_site(tmp_path / "v0", "v0", 10), shop.objects, shop.signer)
    slow, quick = (write_site(tmp_path / name, name, pages) for name, pages in (("slow", 400), ("quick", 10)))
    with shop.start("publish", str(slow)) as process:
        await_blobs(shop, 2 * 10 + 3 + 100)
        process.send_signal(signal.SIGSTOP)
        assert process.poll() is None
        made = shop.run("publish", str(quick))["release"]
        process.send_signal(signal.SIGCONT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert re.search(rf"another publisher made release {made} live meanwhile, so \w+ is not live\.", said)
    assert live_version(shop) == "quick"


def test_only_what_changed_is_uploaded_and_rollback_brings_it_back(shop, tmp_path):
    site = write_site(tmp_path / "site", "v1")
    first = shop.run("publish", str(site))
    assert first.keys() == {"release", "files", "uploaded", "bytes_uploaded", "seconds"}
    assert first["uploaded"] == first["files"] == 2 * PAGES + 3
    (site / "p/7/index.html").write_text("version v2 changed")
    second = shop.run("publish", str(site))
    assert (second["uploaded"], second["bytes_uploaded"]) == (1, len("version v2 changed"))
    assert [each["release"] for each in shop.run("releases")["releases"]] == [second["release"], first["release"]]
    assert shop.run("rollback")["release"] == first["release"]
    assert shop.run("releases")["live"] == first["release"]
    assert shop.run("prune", "--keep", "1")["removed"] == [second["release"]]
    assert shop.run("verify")["sound"]


def test_prunes_and_publishes_at_once_lose_nothing(shop, tmp_path):
    publish(write_site(tmp_path / "v0", "v0", 60), shop.objects, shop.signer)
    crawler = Crawler(shop, 1)
    crawler.start()
    try:
        for turn in range(2):
            site = write_site(tmp_path / f"v{turn % 2}", f"v{turn % 2}", 60)
            both = [shop.start("publish", str(site)), shop.start("prune", "--keep", "1")]
            for process in both:
                _, err = process.communicate(timeout=90)
                assert process.returncode == 0, err
            assert shop.run("verify")["sound"]
    finally:
        crawler.end()
    gone = [fault for fault in crawler.faults if "there is no such release" not in fault and "lacks" not in fault]
    assert gone == []
