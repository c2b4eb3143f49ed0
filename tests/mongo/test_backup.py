"""Backups by command, while writes go on: a state that existed, whatever is killed, whichever byte is flipped."""

import datetime as dt
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pymongo
import pytest
from tests.commands import run_here

from shopwright.database.backup.mark import is_mark
from shopwright.database.backup.restore import digests_of
from shopwright.database.server.private_server import private_server

ACCOUNTS = 1_000
DOCUMENTS = f"{2 * ACCOUNTS + 1:,} documents"
KILLS = 2
"""Enough to hit reading, sealing and the manifest; `make proof` does more."""


def quietly(done):
    del done


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    return tmp_path_factory.mktemp("backup-state")


@pytest.fixture(scope="module")
def live(state):
    """The private server of ``state``, which the commands join."""
    with private_server(state / "mongo") as uri, pymongo.MongoClient(uri, tz_aware=True) as client:
        yield client


@pytest.fixture
def shop(live):
    """Two collections whose amounts add up to the same at every moment."""
    for name in live.list_database_names():
        if name.startswith("t_") or name == "control":
            live.drop_database(name)
    for collection in ("debit", "credit"):
        live.t_acme[collection].insert_many(
            {"_id": number, "amount": 100, "text": "x" * 300} for number in range(ACCOUNTS)
        )
    live.t_other.things.insert_one({"_id": 1})
    return live.t_acme


@pytest.fixture
def command(state):
    own = {"SHOPWRIGHT_STATE": str(state), "SHOPWRIGHT_BACKUP_KEEP": "100"}

    class Command:
        def __call__(self, *arguments, **extra):
            return run_here(*arguments, **own, **extra)

        def json(self, *arguments, **extra):
            done = self(*arguments, "--json", **extra)
            assert done.returncode == 0, done.stderr
            return json.loads(done.stdout)

        def seconds(self, *arguments):
            """How long a process of its own takes for it."""
            started = time.perf_counter()
            with self.start(*arguments) as process:
                said, _ = process.communicate(timeout=120)
            assert process.returncode == 0, said
            return time.perf_counter() - started

        def start(self, *arguments):
            line = [sys.executable, "-m", "shopwright", *map(str, arguments)]
            return subprocess.Popen(line, env={**os.environ, **own}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    return Command()


@pytest.fixture
def transfers(live, shop):
    """Transactions that go on, each with the cluster time it was committed at."""
    ended, committed = threading.Event(), []

    def transfer():
        number = 0
        with live.start_session() as session:
            while not ended.is_set():
                with session.start_transaction():
                    shop.debit.update_one({"_id": number % ACCOUNTS}, {"$inc": {"amount": -1}}, session=session)
                    shop.credit.update_one({"_id": number * 7 % ACCOUNTS}, {"$inc": {"amount": 1}}, session=session)
                    shop.journal.insert_one({"_id": number}, session=session)
                committed.append(session.operation_time)
                number += 1

    shop.create_collection("journal")
    writer = threading.Thread(target=transfer)
    writer.start()
    yield committed
    ended.set()
    writer.join()


def amounts(database):
    return sum(document["amount"] for name in ("debit", "credit") for document in database[name].find())


def assert_a_state_that_existed(database):
    """The amounts add up, and the journal holds the first so many transfers: none is missing between."""
    journal = sorted(document["_id"] for document in database.journal.find())
    assert journal == list(range(len(journal)))
    assert amounts(database) == 2 * 100 * ACCOUNTS
    moved = {}
    for number in journal:
        moved[number % ACCOUNTS] = moved.get(number % ACCOUNTS, 100) - 1
    found = {document["_id"]: document["amount"] for document in database.debit.find()}
    assert found == {number: moved.get(number, 100) for number in range(ACCOUNTS)}
    return len(journal)


def test_a_backup_under_load_is_a_state_that_existed(live, transfers, command, tmp_path):
    made = command.json("backup", "--to", tmp_path)
    assert made["databases"] == ["t_acme", "t_other"]
    restored = command.json("restore", "--from", tmp_path, "--tenant", "acme", "--as", "copy")
    assert restored["documents"] >= 2 * ACCOUNTS
    assert 0 < assert_a_state_that_existed(live.t_copy) < len(transfers)


def test_any_second_is_exact(live, transfers, command, tmp_path):
    command.json("backup", "--to", tmp_path)
    began = transfers[-1].time
    while transfers[-1].time < began + 4:
        time.sleep(0.1)
    command.json("backup", "--to", tmp_path, "--log")
    times = list(transfers)
    for second in range(began + 1, began + 3):
        at = f"{dt.datetime.fromtimestamp(second, dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
        command.json("restore", "--from", tmp_path, "--tenant", "acme", "--as", "copy", "--replace", "--at", at)
        assert assert_a_state_that_existed(live.t_copy) == sum(one.time <= second for one in times)


def test_a_rehearsal_compares_with_the_live_server_while_it_writes(transfers, command, tmp_path):
    command.json("backup", "--to", tmp_path)
    done = command.json("restore", "--from", tmp_path, "--rehearse")
    assert (done["databases"], done["collections"]) == (["t_acme", "t_other"], 6)  # each with its trail
    assert done["operations"] > 0


def test_a_flipped_byte_is_found_wherever_it_is(shop, command, tmp_path):
    command.json("backup", "--to", tmp_path)
    assert command.json("backups", "--from", tmp_path, "--check")["checked"] == 2 * ACCOUNTS + 1
    parts = sorted(path for path in (tmp_path / "snapshots").rglob("*") if path.is_file())
    chance = random.Random(5)
    assert len(parts) == 4
    for path in parts:
        sound = path.read_bytes()
        damaged = bytearray(sound)
        damaged[chance.randrange(len(sound))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        said = command("backups", "--from", tmp_path, "--check")
        assert said.returncode == 1
        assert path.relative_to(tmp_path).as_posix() in said.stderr
        path.write_bytes(sound)
    assert command("backups", "--from", tmp_path, "--check").returncode == 0


def kill_backups(command, place, kills, seed):
    """Kill ``kills`` backups at random moments; after each, what is listed is sound."""
    chance = random.Random(seed)
    seconds = command.seconds("backup", "--to", place)
    for _ in range(kills):
        process = command.start("backup", "--to", place)
        time.sleep(chance.uniform(seconds * 0.3, seconds))
        process.kill()
        process.communicate()
        assert command("backups", "--from", place, "--check").returncode == 0


def shops(live, database):
    """What the documents of a database add up to, without its trail, which goes on with each restore."""
    return {name: digest.text for name, digest in digests_of(live, database, quietly).items() if name != "audit"}


def kill_restores(live, command, place, kills, seed):
    """Kill ``kills`` restores at random moments; half a database says so, and the next restore makes it whole."""
    chance = random.Random(seed)
    wanted = shops(live, "t_acme")
    seconds = command.seconds("restore", "--from", place, "--tenant", "acme", "--as", "copy", "--replace")
    halves = 0
    for _ in range(kills):
        process = command.start("restore", "--from", place, "--tenant", "acme", "--as", "copy", "--replace")
        time.sleep(chance.uniform(seconds * 0.3, seconds))
        process.kill()
        process.communicate()
        found = shops(live, "t_copy")
        marked = any(map(is_mark, live.t_copy.list_collection_names()))
        assert marked or found in (wanted, {})
        halves += marked
    command.json("restore", "--from", place, "--tenant", "acme", "--as", "copy", "--replace")
    assert shops(live, "t_copy") == wanted
    return halves


def test_a_killed_backup_is_none(shop, command, tmp_path):
    kill_backups(command, tmp_path, KILLS, seed=7)


def test_a_killed_restore_says_so_and_is_begun_anew(live, shop, command, tmp_path):
    command.json("backup", "--to", tmp_path)
    kill_restores(live, command, tmp_path, KILLS, seed=8)


@pytest.mark.proof
@pytest.mark.timeout(1_800)
def test_many_killed_backups_and_restores(live, shop, command, tmp_path):
    seed = random.SystemRandom().getrandbits(32)
    print(f"seed {seed}")
    kill_backups(command, tmp_path, 50, seed)
    print(f"{kill_restores(live, command, tmp_path, 50, seed)} of 50 restores were killed half-way")


def test_a_bucket(live, shop, command, s3):
    amazon = {
        "AWS_ENDPOINT_URL_S3": s3.endpoint,
        "AWS_ACCESS_KEY_ID": s3.access_key_id,
        "AWS_SECRET_ACCESS_KEY": s3.secret_access_key.text,
    }
    place = "s3://backups/nightly"
    command.json("backup", "--to", place, **amazon)
    shop.debit.delete_many({})
    command.json("restore", "--from", place, "--tenant", "acme", "--replace", **amazon)
    assert amounts(shop) == 2 * 100 * ACCOUNTS


def test_a_schedule_runs_until_it_is_stopped(shop, command, tmp_path):
    process = command.start("backup", "--to", tmp_path, "--every", "1d", "--log-every", "1s")
    try:
        deadline = time.monotonic() + 60
        while len(list((tmp_path / "log").glob("*"))) < 2 and time.monotonic() < deadline:
            shop.debit.update_one({"_id": 1}, {"$inc": {"amount": 1}})
            time.sleep(0.2)
    finally:
        process.send_signal(2)
        said, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert b"UTC: snapshot\n" in said
    assert b"UTC: log\n" in said


def test_another_machine_needs_the_key(shop, command, tmp_path, monkeypatch):
    command.json("backup", "--to", tmp_path)
    other = Path(tmp_path / "other.key")
    said = command("backups", "--from", tmp_path, SHOPWRIGHT_BACKUP_KEY=str(other))
    assert (said.returncode, "there is no key" in said.stderr) == (1, True)
    assert "Keep a copy elsewhere" in command("backup", "--to", tmp_path / "b", SHOPWRIGHT_BACKUP_KEY=str(other)).stderr
    said = command("backups", "--from", tmp_path, SHOPWRIGHT_BACKUP_KEY=str(other))
    assert "is sealed with the key" in said.stderr


def test_pictures_come_back_and_are_saved_once(shop, command, tmp_path, state):
    folder = state / "tenants/acme/pictures"
    folder.mkdir(parents=True)
    files = {hashlib.sha256(data).hexdigest(): data for data in (b"a picture", b"another")}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    try:
        assert command.json("backup", "--to", tmp_path)["pictures"] == 2
        assert command.json("backup", "--to", tmp_path)["pictures"] == 0
        assert command.json("backups", "--from", tmp_path, "--check")["pictures"] == 2
        shutil.rmtree(folder)
        assert command.json("restore", "--from", tmp_path, "--replace")["pictures"] == 2
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == files
        done = command.json("restore", "--from", tmp_path, "--tenant", "acme", "--as", "copy", "--replace")
        assert (done["pictures"], len(list((state / "tenants/copy/pictures").iterdir()))) == (2, 2)
    finally:
        shutil.rmtree(state / "tenants")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["backup"], "SHOPWRIGHT_BACKUP_TO: no place for backups is named"),
        (["backup", "--to", "x", "--tenant", "acme", "--log"], "--tenant: a schedule and the log are of everything"),
        (["backup", "--to", "x", "--every", "often"], "no length of time such as 30s, 5m, 6h or 1d"),
        (["restore", "--from", "x", "--as", "copy"], "--as: it names a copy of one tenant"),
        (["restore", "--from", "x", "--rehearse", "--replace"], "--rehearse: a rehearsal is of everything"),
        (["restore", "--from", "x", "--at", "yesterday"], "no time such as 2026-11-23T09:30:00Z"),
        (["backups", "--from", "x"], "there is no backup"),
    ],
)
def test_what_cannot_be_is_said(live, command, arguments, message, tmp_path):
    arguments = [str(tmp_path / "empty") if argument == "x" else argument for argument in arguments]
    said = command(*arguments)
    assert said.returncode in (1, 2)
    assert message in " ".join(said.stderr.split())


def test_what_people_read(shop, command, tmp_path):
    assert DOCUMENTS in command("backup", "--to", tmp_path).stdout
    assert "everything" in command("backups", "--from", tmp_path).stdout
    assert f"is sound: {DOCUMENTS} and 0 pictures read" in command("backups", "--from", tmp_path, "--check").stdout
    shop.debit.update_one({"_id": 1}, {"$set": {"text": "y"}})
    assert "The log is copied up to" in command("backup", "--to", tmp_path, "--log").stdout
    assert "is the same as in the live server" in command("restore", "--from", tmp_path, "--rehearse").stdout
    assert "there is a database of that name" in command("restore", "--from", tmp_path).stderr
    assert "2 databases restored" in command("restore", "--from", tmp_path, "--replace").stdout
