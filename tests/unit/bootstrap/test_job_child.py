"""A real process builds and publishes a store that ``shopwright build`` would build the same, byte for byte."""

import dataclasses
import datetime as dt
import hashlib
import tempfile
import time
import zlib
from pathlib import Path

import pytest
from tests.stores.small import product, write_source

from shopwright.bootstrap.job_child import _Telling, build, ledger_key, send
from shopwright.bootstrap.job_process import COMMAND, BuildProcess
from shopwright.errors import StorageError
from shopwright.generation.pipeline import Order, build_store
from shopwright.settings import Aws, Secret

AWS = dataclasses.asdict(Aws("us-east-1", "", "https://cloudfront.amazonaws.com", "", Secret(), Secret()))
DAY = "2026-11-23"


def asked(folder, site, **changes):
    """A small store, below a folder."""
    source = write_source(folder / "source", [product("a"), product("b")])
    (folder / "scratch").mkdir(exist_ok=True)
    return {
        "tenant": "ann",
        "source": str(source),
        "scratch": str(folder / "scratch"),
        "theme": None,
        "site": str(folder / site),
        "ledger": "",
        "target": str(folder / "releases"),
        "aws": {**AWS, "secret_access_key": "", "session_token": ""},
        "date": DAY,
        "site_url": "https://luna.example",
        "pictures": "skip",
        "complete": False,
        "allow_private": False,
        "cache": str(folder / "cache"),
        "workers": 1,
        "log": str(folder / "log"),
        **changes,
    }


async def run(order, key, sequence=None):
    """What a process says of a build and of its publishing."""
    process = await BuildProcess.start(COMMAND)
    try:
        built = await process.build(order, lambda *_: None)
        number = built["sequence"] if sequence is None else sequence
        return built, await process.publish({"key": str(key), "sequence": number})
    finally:
        await process.end()


def files(site):
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in Path(site).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


async def test_the_same_bytes_are_built_published_and_what_was_live_is_remembered(tmp_path, monkeypatch):
    key = tmp_path / "key.pem"
    order = asked(tmp_path, "site")
    built, published = await run(order, key)
    assert (built["sequence"], built["report"]["reused"], published["files"] > 5) == (0, 0, True)
    directly = tmp_path / "directly"
    build_store(
        Order(
            source=Path(order["source"]),
            out=directly,
            date=dt.datetime.fromisoformat(DAY).replace(tzinfo=dt.UTC),
            cache=tmp_path / "other-cache",
            workers=1,
            site_url="https://luna.example",
            pictures="skip",
        ),
        lambda *_: None,
    )
    assert files(tmp_path / "site") == files(directly)
    kept = (tmp_path / "releases" / ledger_key(published["ledger"])).read_bytes()
    assert hashlib.sha256(zlib.decompress(kept)).hexdigest() == published["ledger"]
    monkeypatch.setattr(tempfile, "tempdir", None)
    elsewhere = asked(tmp_path, "other-site", ledger=published["ledger"])
    build(elsewhere, lambda *_: None)
    again = send(elsewhere, {"key": str(key), "sequence": 1})
    assert (again["release"], again["uploaded"], again["ledger"]) == (published["release"], 0, published["ledger"])
    with pytest.raises(StorageError, match="another release was made live meanwhile"):
        await run(asked(tmp_path, "site"), key, sequence=7)


async def test_without_its_worker_a_process_ends_by_itself(tmp_path):
    process = await BuildProcess.start(COMMAND)
    process._process.stdin.close()
    await process._process.wait()
    assert not process.alive
    await process.end()


def test_of_progress_the_first_and_last_of_each_stage_and_some_between_are_told(monkeypatch):
    told = []
    monkeypatch.setattr("shopwright.bootstrap.job_child.write_frame", lambda _, frame: told.append(frame["progress"]))
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    tell = _Telling(None)
    for done in range(1, 5):
        clock[0] += 0.15
        tell("pages", done)
    tell("pictures", 1)
    assert told == [["pages", 1], ["pages", 3], ["pages", 4], ["pictures", 1]]
