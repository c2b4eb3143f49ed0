"""A page worker: renders jobs, checks every page, writes what is new."""

import hashlib
import io
import signal
import subprocess
import sys
from types import SimpleNamespace

import orjson
import pytest
from tests.unit.generation.records import BARE, site
from tests.unit.generation.test_press import CART, theme

from shopwright.errors import StorageError, ThemeError
from shopwright.frames import read_frame, write_frame
from shopwright.generation import worker as module
from shopwright.generation.worker import PageWorker, main
from shopwright.seo.gate.notes import mark, read_notes


def job(known="", payload=CART):
    return {"wanted": [["en", "/cart/", known], ["de", "/de/cart/", ""]], "payload": payload}


def printed(shop, folder, *jobs):
    """The notes of jobs, from a worker that is closed again."""
    worker = PageWorker(shop, folder)
    try:
        return list(worker.print(jobs))
    finally:
        worker.close()


def test_every_wanted_page_is_written_and_noted(tmp_path):
    first, second = printed(site(), tmp_path, job())
    data = (tmp_path / "cart/index.html").read_bytes()
    own = {name: first[name] for name in first if name not in ("targets", "about", "findings", "named", "share")}
    assert own == {
        "file": "cart/index.html",
        "address": "/cart/",
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "written": True,
        "title": "Cart | Small Shop",
        "lang": "en",
        "indexed": False,
        "alternates": (),
    }
    targets = read_notes(orjson.dumps(first)).targets
    assert {mark(path) for path in ("/", "/search/", "/de/cart/", "/assets/site.2.css")} <= targets
    assert (second["file"], second["lang"]) == ("de/cart/index.html", "de")


def test_a_theme_that_has_changed_since_it_was_checked_is_not_rendered(tmp_path):
    folder = theme(tmp_path, search="<p>harmless</p>")
    shop = site(theme=str(folder))
    (folder / "templates/search.html").write_text("<p>{{ site.name|attr('x') }}</p>")
    with pytest.raises(ThemeError) as refused:
        PageWorker(shop, tmp_path / "site")
    assert str(refused.value) == f"{folder}: the theme has changed during the build. Build again."


def test_a_page_that_is_as_it_was_is_not_written(tmp_path):
    known = printed(site(), tmp_path / "old", job())[0]["sha256"]
    first, second = printed(site(), tmp_path / "new", job(known))
    assert (first["written"], first["sha256"], second["written"]) == (False, known, True)
    assert not (tmp_path / "new/cart").exists()


def test_data_files_are_not_looked_at(tmp_path):
    payload = {"kind": "listing", "products": [], "next": None}
    wanted = {"wanted": [["en", "/collections/all/products-1.json", ""]], "payload": payload}
    (note,) = printed(site(), tmp_path, wanted)
    assert set(note) == {"file", "address", "sha256", "bytes", "written"}


def test_a_site_below_a_path_is_written_at_the_root_of_its_folder(tmp_path):
    shop = site(url="https://shop.example/sub")
    (note,) = printed(shop, tmp_path, {"wanted": [["en", "/sub/cart/", ""]], "payload": CART})
    assert (note["file"], note["address"]) == ("cart/index.html", "/sub/cart/")


def test_findings_are_noted_not_raised(tmp_path):
    folder = theme(tmp_path, cart='<!doctype html><title>x</title><a href="#gone">x</a>')
    rules = {rule for rule, _, _ in printed(site(theme=str(folder)), tmp_path / "out", job())[0]["findings"]}
    assert rules >= {"no-lang", "no-main", "h1-count", "dead-fragment", "csp-missing"}


def test_a_disk_that_cannot_be_written_names_the_page(tmp_path):
    (tmp_path / "cart").write_text("in the way")
    with pytest.raises(StorageError, match=r"^cart/index\.html: it cannot be written: Not a directory"):
        printed(site(), tmp_path, job())


class Buffers:
    """Standard streams of a worker whose whole input is known."""

    def __init__(self, monkeypatch, *messages):
        requests = io.BytesIO()
        for message in messages:
            write_frame(requests, message)
        self.answers = io.BytesIO()
        monkeypatch.setattr(module.signal, "signal", lambda *_: None)
        fake = SimpleNamespace(stdin=SimpleNamespace(buffer=requests), stdout=SimpleNamespace(buffer=self.answers))
        monkeypatch.setattr(module, "sys", fake)
        requests.seek(0)

    def served(self):
        main()
        self.answers.seek(0)
        return list(iter(lambda: read_frame(self.answers), None))


def setup(folder, shop=None):
    return {"site": orjson.loads((shop or site()).as_json()), "folder": str(folder), "confined": False}


def test_a_worker_answers_every_batch_until_its_input_ends(tmp_path, monkeypatch):
    batches = [{"jobs": [job()]}, {"jobs": [job(), job()]}]
    answers = Buffers(monkeypatch, setup(tmp_path), *batches).served()
    assert [len(answer["pages"]) for answer in answers] == [2, 4]


def test_what_is_to_be_recorded_is_sent_with_the_last_batch(tmp_path, monkeypatch):
    batches = [{"jobs": [job()]}, {"jobs": [job()], "last": True}]
    first, last = Buffers(monkeypatch, setup(tmp_path), *batches).served()
    assert first["records"] == []
    (record,) = last["records"]
    assert (record["action"], record["outcome"], record["fields"]["render.pages"]) == ("template.render", "success", 4)


def test_a_worker_without_a_setup_ends(monkeypatch):
    assert Buffers(monkeypatch).served() == []


def test_what_goes_wrong_is_sent_whole(tmp_path, monkeypatch):
    (tmp_path / "cart").write_text("in the way")
    broken = site(theme=str(tmp_path / "gone"))
    (theme_answer,) = Buffers(monkeypatch, setup(tmp_path, broken), {"jobs": [job()]}).served()
    (disk_answer,) = Buffers(monkeypatch, setup(tmp_path), {"jobs": [job()]}).served()
    assert theme_answer["error"]["kind"] == "ThemeError"
    assert disk_answer.pop("records") == []
    assert disk_answer == {
        "error": {
            "kind": "StorageError",
            "what": "it cannot be written: Not a directory.",
            "where": "cart/index.html",
            "remedy": "The old site is untouched.",
        }
    }


def test_a_real_worker_outlives_the_interrupt_of_its_terminal(tmp_path):
    """Ctrl-C reaches every process of a terminal; the build ends its workers itself."""
    command = [sys.executable, "-m", "shopwright.generation.worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        write_frame(process.stdin, setup(tmp_path, site(theme=str(BARE))))
        write_frame(process.stdin, {"jobs": [job()]})
        assert len(read_frame(process.stdout)["pages"]) == 2
        process.send_signal(signal.SIGINT)
        write_frame(process.stdin, {"jobs": [job()]})
        assert len(read_frame(process.stdout)["pages"]) == 2
        process.stdin.close()
        assert process.wait(20) == 0


def test_a_mortal_worker_ends_when_a_check_takes_too_long(tmp_path):
    script = (
        "import shopwright.generation.worker as module\n"
        "from tests.unit.generation.records import site\n"
        "from pathlib import Path\n"
        "module.CHECK_SECONDS = 0.2\n"
        "module.notes_of = lambda *_: [None for _ in iter(int, 1)]\n"
        f"worker = module.PageWorker(site(), Path({str(tmp_path)!r}), mortal=True)\n"
        'list(worker.print([{"wanted": [["en", "/cart/", ""]], "payload": {"kind": "cart"}}]))\n'
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, timeout=120)
    assert done.returncode == -signal.SIGPROF
