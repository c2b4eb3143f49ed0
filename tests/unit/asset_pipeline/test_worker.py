"""The picture worker, within this process: what it answers, and how it confines itself."""

import hashlib
import io
import resource
import signal
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest

from shopwright.asset_pipeline import worker
from shopwright.asset_pipeline.recipe import LIMITS, PUBLISHABLE
from shopwright.frames import read_frame, write_frame


def ask(folder: Path, *requests: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers of a worker that stores files in ``folder``, the first one being "ready"."""
    inbox, outbox = io.BytesIO(), io.BytesIO()
    write_frame(inbox, {"folder": str(folder)})
    for request in requests:
        write_frame(inbox, {"traits": None, "recipe": orjson.loads(PUBLISHABLE.as_json()), **request})
        if request.get("decodes", True):
            write_frame(inbox, {"go": True})
    inbox.seek(0)
    worker.work(inbox, outbox)
    outbox.seek(0)
    answers = [answer for answer in iter(lambda: read_frame(outbox), None) if "needs" not in answer]
    assert len(answers) == len(requests) + 1
    return answers


def order(path: Path) -> dict[str, Any]:
    return {"path": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}


def test_a_picture_is_prepared_and_its_files_stored(tmp_path: Path, jpeg: bytes) -> None:
    source = tmp_path / "a.jpg"
    source.write_bytes(jpeg)
    ready, answer = ask(tmp_path / "files", order(source))
    assert ready == {"ready": True}
    assert answer is not None
    files = {rendition["name"]: rendition["bytes"] for rendition in answer["picture"]["renditions"]}
    assert {path.name: path.stat().st_size for path in tmp_path.glob("files/*/*")} == files
    for name in files:
        data = (tmp_path / "files" / name[:2] / name).read_bytes()
        assert name.startswith(hashlib.sha256(data).hexdigest()[:16] + "-")


def test_one_bad_picture_does_not_stop_the_next(tmp_path: Path, jpeg: bytes) -> None:
    good, bad = tmp_path / "a.jpg", tmp_path / "b.jpg"
    good.write_bytes(jpeg)
    bad.write_bytes(b"words")
    changed = {**order(good), "sha256": "0" * 64, "decodes": False}
    gone = {"path": str(tmp_path / "none.jpg"), "sha256": "", "decodes": False}
    answers = ask(tmp_path / "files", {**order(bad), "decodes": False}, changed, gone, order(good))[1:]
    assert [answer and answer.get("what") for answer in answers] == [
        "not a picture: the file begins with b'words'.",
        "picture changed while it was read.",
        "picture missing: No such file or directory.",
        None,
    ]
    assert [answer and answer.get("error") for answer in answers] == ["picture", "passing", "passing", None]


def test_a_cache_that_cannot_be_written_is_no_fault_of_the_picture(tmp_path: Path, jpeg: bytes) -> None:
    source = tmp_path / "a.jpg"
    source.write_bytes(jpeg)
    answer = ask(source, order(source))[1]
    assert answer is not None
    assert (answer["error"], answer["what"]) == ("storage", "cannot be written: Not a directory.")


def test_running_out_of_memory_costs_one_picture(tmp_path: Path, jpeg: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*words: object) -> None:
        raise MemoryError

    monkeypatch.setattr(worker, "prepare", exhausted)
    source = tmp_path / "a.jpg"
    source.write_bytes(jpeg)
    answer = ask(tmp_path, {**order(source), "decodes": False})[1]
    assert answer["what"] == "picture too large: it needs too much memory."


def test_before_it_decodes_it_says_what_that_takes_and_waits(tmp_path: Path, jpeg: bytes) -> None:
    source = tmp_path / "a.jpg"
    source.write_bytes(jpeg)
    inbox, outbox = io.BytesIO(), io.BytesIO()
    write_frame(inbox, {"folder": str(tmp_path / "files")})
    write_frame(inbox, {"traits": None, "recipe": orjson.loads(PUBLISHABLE.as_json()), **order(source)})
    inbox.seek(0)
    with pytest.raises(SystemExit) as ended:  # the build is gone before it answers
        worker.work(inbox, outbox)
    assert ended.value.code == 0
    outbox.seek(0)
    assert [read_frame(outbox), read_frame(outbox)] == [{"ready": True}, {"needs": 200 * 120 * 3 + len(jpeg)}]
    assert not (tmp_path / "files").exists()
    worker._bound(0, 0)


def test_traits_that_are_known_are_kept(tmp_path: Path, jpeg: bytes) -> None:
    source = tmp_path / "a.jpg"
    source.write_bytes(jpeg)
    known = {"transparent": False, "drawing": True}
    answer = ask(tmp_path / "files", {**order(source), "traits": known})[1]
    assert answer["picture"]["traits"] == known
    assert [each["format"] for each in answer["picture"]["renditions"]] == ["webp", "png"]


def test_a_tighter_bound_of_the_machine_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(limit: int, bounds: tuple[int, int]) -> None:
        raise ValueError("not allowed to raise maximum limit")

    monkeypatch.setattr(resource, "setrlimit", refuse)
    monkeypatch.setattr(signal, "signal", lambda *words: None)
    worker.confine()


def test_without_a_build_there_is_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: dict[int, tuple[int, int]] = {}
    signals: dict[int, object] = {}
    outbox = io.BytesIO()
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    monkeypatch.setattr(signal, "signal", signals.__setitem__)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(outbox))
    worker.main()
    assert limits == {
        resource.RLIMIT_AS: (LIMITS.memory, LIMITS.memory),
        resource.RLIMIT_NOFILE: (64, 64),
        resource.RLIMIT_CORE: (0, 0),
    }
    assert signals == {signal.SIGINT: signal.SIG_IGN}
    assert outbox.getvalue() == b""
