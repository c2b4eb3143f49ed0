"""Whatever stops a build, readers have the old site or the new one, whole."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from tests.stores.small import BARE, Build, product, tree, write_source

from shopwright.errors import StorageError
from shopwright.storage.exchange import MARK

KILLS = 3
"""Enough to hit reading, printing and switching; `make proof` does more."""


def command(source: Path, site: Path) -> list[str]:
    options = ["--theme", str(BARE), "--date", "2026-11-23", "--workers", "2", "--json"]
    return [sys.executable, "-m", "shopwright", "build", str(source), "--out", str(site), *options]


@pytest.fixture
def two_states(tmp_path, build: Build):
    """A source, the site built from it, and the same site as it will be after a change."""
    names = [f"frame-{number}" for number in range(60)]
    old_source = write_source(tmp_path / "old", [product(name) for name in names])
    new_source = write_source(tmp_path / "new", [product(name, title=f"New {name}") for name in names])
    build(old_source, tmp_path / "site")
    build(new_source, tmp_path / "expected")
    return new_source, tmp_path / "site", pages(tmp_path / "site"), pages(tmp_path / "expected")


def start(source: Path, site: Path, cache: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "SHOPWRIGHT_CACHE": str(cache)}
    pipe = subprocess.PIPE
    return subprocess.Popen(command(source, site), env=environment, stdout=pipe, stderr=pipe)


def await_workers(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The workers of a build, once it has any: until then an interrupt may meet Python itself as it starts."""
    while not (workers := psutil.Process(process.pid).children(recursive=True)):
        assert process.poll() is None, "the build ended without workers"
        time.sleep(0.01)
    return workers


def works(process: psutil.Process) -> bool:
    """Not one that has ended and that nobody has asked after yet."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def finish(source: Path, site: Path, cache: Path) -> None:
    with start(source, site, cache) as process:
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors.decode()


def pages(site: Path) -> dict[str, bytes]:
    """What readers see: every file but the manifest, which also names the program's version."""
    return {name: data for name, data in tree(site).items() if not name.startswith(MARK)}


def kill_at_random_moments(two_states, cache, kills, seed):
    source, site, old, new = two_states
    started = time.perf_counter()
    shutil.copytree(site, site.with_name("timing"))
    finish(source, site.with_name("timing"), cache)
    usual = time.perf_counter() - started
    chance = random.Random(seed)
    for _ in range(kills):
        process = start(source, site, cache)
        try:
            process.wait(chance.uniform(0.2, 1.1) * usual)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        assert pages(site) in (old, new), f"a mixed site after a kill (seed {seed})"
    finish(source, site, cache)
    assert pages(site) == new
    assert sorted(path.name for path in site.parent.glob(".site*")) == []


def test_a_killed_build_leaves_a_whole_site_and_the_next_one_completes(two_states, cache):
    kill_at_random_moments(two_states, cache, KILLS, seed=20261123)


@pytest.mark.proof
@pytest.mark.timeout(1_800)
def test_a_hundred_kills_leave_a_whole_site(two_states, cache):
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    kill_at_random_moments(two_states, cache, 100, seed)


def test_ctrl_c_leaves_the_old_site_and_no_process(two_states, cache):
    source, site, old, _ = two_states
    process = start(source, site, cache)
    workers = await_workers(process)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert output == b""
    assert b"Traceback" not in errors
    assert pages(site) == old
    assert not [worker for worker in workers if works(worker)]
    assert sorted(path.name for path in site.parent.glob(".site*")) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_full_disk_leaves_the_old_site(tmp_path, build: Build):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        build(write_source(tmp_path / "src", [product("luna")]), disk / "site")
        before = tree(disk / "site")
        many = write_source(tmp_path / "src", [product(f"frame-{number}") for number in range(200)])
        for workers in (1, 2):
            with pytest.raises(StorageError, match="No space left on device"):
                build(many, disk / "site", workers=workers)
            assert tree(disk / "site") == before
            assert sorted(path.name for path in disk.iterdir()) == ["site"]
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_file_size_limit_is_a_storage_error(tmp_path, build: Build):
    source = write_source(tmp_path / "src", [product("luna")])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
    try:
        huge = product("sol", description="<p>" + "word " * 39_000 + "</p>", variants=[])
        write_source(tmp_path / "src", [huge])
        with pytest.raises(StorageError, match="File too large"):
            build(source, tmp_path / "site")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert not (tmp_path / "site").exists()
