"""The page workers of one build: real processes."""

import gc
import os
import threading
import time

import orjson
import psutil
import pytest
from tests.unit.generation.records import site
from tests.unit.generation.test_press import CART, theme

from shopwright.errors import BuildError, StorageError, ThemeError
from shopwright.generation import crew as module
from shopwright.generation.crew import ALONE, BATCH_BYTES, BATCH_JOBS, Crew, _batches

SEARCH = {"kind": "search"}


@pytest.fixture(autouse=True)
def elsewhere():
    """Processes of other tests of this session; of these tests neither processes nor threads nor open pipes stay."""
    before, threads = set(psutil.Process().children(recursive=True)), threading.active_count()
    yield before
    assert set(psutil.Process().children(recursive=True)) - before == set()
    assert threading.active_count() <= threads
    gc.collect()


def job(number, payload=CART):
    return orjson.dumps({"wanted": [["en", f"/p{number}/", ""]], "payload": payload})


def jobs(count, payload=CART):
    return (job(number, payload) for number in range(count))


def trusted():
    """A site whose theme comes with Shopwright: its workers start no processes of their own."""
    return site(theme="atelier")


def failing(tmp_path):
    """A theme whose search page fails."""
    return site(theme=str(theme(tmp_path, search="<p>\n{{ page.nothing }}")))


def test_results_come_in_the_order_of_the_jobs_whoever_prints_them(tmp_path):
    count = ALONE + 3 * BATCH_JOBS + 5
    notes = list(Crew(trusted(), tmp_path, 2).print(jobs(count)))
    assert [note["address"] for note in notes] == [f"/p{number}/" for number in range(count)]
    assert len(list(tmp_path.glob("p*/index.html"))) == count
    alone = list(Crew(trusted(), tmp_path / "alone", 1).print(jobs(count)))
    assert orjson.loads(orjson.dumps(alone)) == orjson.loads(orjson.dumps(notes))


def test_few_jobs_start_no_process(tmp_path, monkeypatch):
    monkeypatch.setattr(module.subprocess, "Popen", lambda *_, **__: pytest.fail("started"))
    assert len(list(Crew(trusted(), tmp_path, 4).print(jobs(ALONE)))) == ALONE
    assert list(Crew(trusted(), tmp_path, 4).print([])) == []


@pytest.mark.parametrize("position", [0, ALONE + 40])
def test_a_template_that_fails_anywhere_names_its_line(tmp_path, position):
    work = list(jobs(ALONE + 3 * BATCH_JOBS))
    work[position] = job(position, SEARCH)
    with pytest.raises(ThemeError, match=r"^search\.html, line 2: .*docs/reference/theme-api\.md lists"):
        list(Crew(failing(tmp_path), tmp_path / "out", 2).print(work))


@pytest.mark.parametrize("position", [0, ALONE + 40])
def test_a_page_that_cannot_be_written_anywhere_is_a_storage_error(tmp_path, position):
    (tmp_path / f"p{position}").write_text("in the way")
    with pytest.raises(StorageError, match=rf"^p{position}/index\.html: it cannot be written: Not a directory"):
        list(Crew(trusted(), tmp_path, 2).print(jobs(ALONE + 3 * BATCH_JOBS)))


def test_a_worker_that_dies_is_a_build_error(tmp_path, elsewhere):
    notes = Crew(trusted(), tmp_path, 2).print(jobs(ALONE + 400 * BATCH_JOBS))
    for _ in range(ALONE + 1):
        next(notes)
    for child in set(psutil.Process().children()) - elsewhere:
        child.kill()
    with pytest.raises(BuildError, match=r"^a page worker ended with status -9\. Run the build again\.$"):
        list(notes)


def test_a_worker_that_fails_in_an_unknown_way_is_a_build_error(tmp_path, capfd):
    with pytest.raises(BuildError, match=r"ended with status 1\."):
        list(Crew(trusted(), tmp_path, 2).print([*jobs(ALONE), job(1, {"kind": "nonsense"})]))
    assert "KeyError: 'nonsense'" in capfd.readouterr().err


def test_a_worker_that_cannot_be_started_ends_the_build(tmp_path, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(module.subprocess, "Popen", refuse)
    with pytest.raises(BuildError, match=r"^a page worker cannot be started: Resource temporarily unavailable\."):
        list(Crew(trusted(), tmp_path, 2).print(jobs(ALONE + 9 * BATCH_JOBS)))


def test_a_build_that_stops_early_ends_its_workers(tmp_path):
    """As an interrupt does: batches are being written, printed and waiting."""
    notes = Crew(trusted(), tmp_path, 2).print(jobs(ALONE + 400 * BATCH_JOBS))
    for _ in range(ALONE + 1):
        next(notes)
    started = time.monotonic()
    notes.close()
    assert time.monotonic() - started < 10


def test_a_worker_gets_no_more_of_the_environment_than_it_needs(tmp_path, monkeypatch, elsewhere):
    monkeypatch.setenv("SHOPWRIGHT_SECRET", "x")
    notes = Crew(trusted(), tmp_path, 2).print(jobs(ALONE + 400 * BATCH_JOBS))
    for _ in range(ALONE + 1):
        next(notes)
    child = (set(psutil.Process().children()) - elsewhere).pop().environ()
    notes.close()
    assert set(child) - {"LC_CTYPE"} == {"MALLOC_ARENA_MAX", "LC_ALL", "PYTHONPATH"} | (
        set(child) & {name for name in os.environ if name.startswith("COV")}
    )


def test_batches_are_bounded_in_number_and_size():
    small = list(_batches(jobs(BATCH_JOBS + 1)))
    assert [len(orjson.loads(batch)["jobs"]) for batch in small] == [BATCH_JOBS, 1]
    large = list(_batches([b'"' + b"x" * BATCH_BYTES + b'"', b"1", b"2"]))
    assert [len(orjson.loads(batch)["jobs"]) for batch in large] == [1, 2]
    assert list(_batches([])) == []
