"""Real worker processes: prepared, killed, out of time, out of memory, gone."""

import hashlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import pyvips

from shopwright.asset_pipeline import crew as crew_module
from shopwright.asset_pipeline.crew import Crew, PassingError, Task
from shopwright.asset_pipeline.recipe import LIMITS, PUBLISHABLE
from shopwright.errors import BuildError, PictureError, StorageError


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[Crew]:
    crew = Crew(1, tmp_path / "files")
    yield crew
    crew.close()


@pytest.fixture
def source(tmp_path: Path, jpeg: bytes) -> Path:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg)
    return path


def task(path: Path) -> Task:
    return Task(path, hashlib.sha256(path.read_bytes()).hexdigest(), PUBLISHABLE)


def workers() -> set[int]:
    """The process ids of this process' picture workers."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(state[1]) == os.getpid() and b"asset_pipeline.worker" in (folder / "cmdline").read_bytes():
                found.add(int(folder.name))
        except OSError:
            continue
    return found


def start_workers_with(monkeypatch: pytest.MonkeyPatch, limits: str) -> None:
    """Have workers start with tighter limits than the published ones."""
    program = (
        "from dataclasses import replace; from shopwright.asset_pipeline import worker; "
        f"worker.LIMITS = replace(worker.LIMITS, {limits}); worker.main()"
    )
    start = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda command, **rest: start([command[0], "-c", program], **rest))


def test_no_process_starts_before_it_is_needed_and_none_stays(crew: Crew, source: Path) -> None:
    assert workers() == set()
    assert crew.prepare(task(source)).width == 200
    assert len(workers()) == 1
    crew.prepare(task(source))
    assert len(workers()) == 1
    crew.close()
    assert workers() == set()


def test_a_worker_knows_nothing_of_the_builds_environment(
    crew: Crew, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush")
    crew.prepare(task(source))
    (process,) = workers()
    assert b"SECRET_KEY" not in Path(f"/proc/{process}/environ").read_bytes()
    limits = Path(f"/proc/{process}/limits").read_text()
    assert f"{LIMITS.memory}" in limits


def test_a_bad_picture_costs_no_worker(crew: Crew, source: Path, tmp_path: Path) -> None:
    bad = tmp_path / "b.jpg"
    bad.write_bytes(b"words")
    crew.prepare(task(source))
    before = workers()
    with pytest.raises(PictureError, match="not a picture"):
        crew.prepare(task(bad))
    assert crew.prepare(task(source)).height == 120
    assert workers() == before


@pytest.mark.parametrize(
    ("ending", "complaint"),
    [
        (signal.SIGKILL, "picture not prepared: its worker was ended from outside."),
        (signal.SIGALRM, "picture not prepared: its worker was ended from outside."),
        (signal.SIGSEGV, "picture too large or broken: it ended its decoder."),
        (signal.SIGABRT, "picture too large or broken: it ended its decoder."),
        (signal.SIGPROF, "picture takes too long: more than 20 s."),
    ],
)
def test_a_worker_that_dies_is_replaced(crew: Crew, source: Path, ending: signal.Signals, complaint: str) -> None:
    """What is not the picture's fault is told apart: it may work another time."""
    crew.prepare(task(source))
    (process,) = workers()
    os.kill(process, ending)
    with pytest.raises(PictureError) as refused:
        crew.prepare(task(source))
    assert refused.value.what == complaint
    assert isinstance(refused.value, PassingError) is ("from outside" in complaint)
    assert crew.prepare(task(source)).width == 200
    assert process not in workers()


def test_the_kernel_ends_a_picture_that_takes_too_long(
    crew: Crew, tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_workers_with(monkeypatch, "seconds=0.5")
    filters = '<feTurbulence baseFrequency="0.9" numOctaves="10000"/><feGaussianBlur stdDeviation="300"/>' * 50
    slow = tmp_path / "slow.svg"
    slow.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1000"><filter id="f">'
        f'{filters}</filter><rect filter="url(#f)" width="1000" height="1000"/></svg>'
    )
    started = time.monotonic()
    with pytest.raises(PictureError, match="picture takes too long"):
        crew.prepare(task(slow))
    assert time.monotonic() - started < 30
    assert crew.prepare(task(source)).width == 200


def test_memory_is_bounded(crew: Crew, tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """AVIF takes about 15 bytes of memory a pixel: 4 megapixels do not fit where 80 MB are left."""
    start_workers_with(monkeypatch, "memory=130_000_000")
    huge = tmp_path / "huge.avif"
    flat = pyvips.Image.black(2000, 2000, bands=3).copy(interpretation="srgb")
    huge.write_bytes(flat.heifsave_buffer(compression="av1", effort=0, Q=10))
    with pytest.raises(PictureError, match="picture too large"):
        crew.prepare(task(huge))
    assert crew.prepare(task(source)).width == 200


def test_workers_that_rest_hold_no_memory_and_come_back(crew: Crew, source: Path) -> None:
    crew.dismiss()
    crew.prepare(task(source))
    crew.dismiss()
    assert workers() == set()
    assert crew.prepare(task(source)).width == 200


def test_pictures_that_need_much_memory_are_decoded_one_after_another(
    tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two that together pass the bound: while the first is held up, the second is not begun."""
    monkeypatch.setattr(crew_module, "LIMITS", replace(LIMITS, together=150_000))
    monkeypatch.setattr(crew_module, "_USUAL_BYTES", 1)
    crew = Crew(2, tmp_path / "files")
    with crew._admission.hold(100_000):
        threads = [threading.Thread(target=crew.prepare, args=(task(source),)) for _ in range(2)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        assert all(thread.is_alive() for thread in threads)
        assert not (tmp_path / "files").exists()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    crew.close()


def test_stopping_ends_a_picture_in_the_making(crew: Crew, source: Path) -> None:
    crew.prepare(task(source))
    (process,) = workers()
    os.kill(process, signal.SIGSTOP)
    caught: list[PictureError] = []

    def wait() -> None:
        with pytest.raises(PictureError) as refused:
            crew.prepare(task(source))
        caught.append(refused.value)

    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(0.1)
    crew.stop()
    thread.join(5)
    assert len(caught) == 1
    with pytest.raises(PictureError, match="the build was stopped"):
        crew.prepare(task(source))
    assert workers() == set()


def test_a_cache_that_cannot_be_written_stops_the_build(tmp_path: Path, source: Path) -> None:
    crew = Crew(1, source)
    with pytest.raises(StorageError, match="Not a directory"):
        crew.prepare(task(source))
    crew.close()


def test_workers_that_do_not_start_stop_the_build(crew: Crew, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew_module, "_environment", dict)
    monkeypatch.setattr(crew_module.sys, "executable", "/bin/false")
    with pytest.raises(BuildError) as failure:
        crew.prepare(task(source))
    assert str(failure.value) == "the picture workers do not start. Install Shopwright again: make setup."


def test_the_limits_are_the_published_ones() -> None:
    assert replace(LIMITS) == LIMITS
    assert (LIMITS.file_bytes, LIMITS.pixels, LIMITS.seconds, LIMITS.memory) == (25_000_000, 50_000_000, 20.0, 2**29)
