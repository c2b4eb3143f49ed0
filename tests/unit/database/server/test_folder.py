import errno
import fcntl
import json
import os
import stat

import pytest

from shopwright.database.server.folder import Access, ServerFolder, write_private
from shopwright.database.server.guardian import JOINED
from shopwright.errors import DatabaseError


@pytest.fixture
def place(tmp_path):
    folder = ServerFolder(tmp_path / "mongo")
    folder.prepare()
    return folder


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_is_for_its_owner_only(place):
    access = place.access()
    place.announce("mongodb://here")
    assert [mode(place.path), mode(place.data)] == [0o700, 0o700]
    assert {mode(path) for path in place.path.iterdir() if path.is_file()} == {0o600}
    assert len(access.password) >= 40


def test_password_and_port_are_remembered(place):
    first = place.access()
    assert first.port == 0
    place.remember(Access(first.password, 1234))
    assert place.access() == Access(first.password, 1234)
    place.prepare()
    assert place.access() == Access(first.password, 1234)


def test_each_folder_has_its_own_secrets(place, tmp_path):
    other = ServerFolder(tmp_path / "other")
    other.prepare()
    assert place.access().password != other.access().password
    assert place.key.read_text() != other.key.read_text()
    assert 6 <= len(place.key.read_text()) <= 1024


def test_the_uri_carries_the_credentials():
    uri = "mongodb://shopwright:p%2Fw@127.0.0.1:5/?authSource=admin&replicaSet=shopwright"
    assert Access("p/w", 5).uri == uri


def test_a_uri_is_announced_and_withdrawn(place):
    assert place.announced() is None
    place.announce("mongodb://here")
    assert place.announced() == "mongodb://here"


@pytest.mark.parametrize("name", ["access.json", "running.json"])
@pytest.mark.parametrize("content", ["", "[]", "{}", '{"password": 1, "puerto": 2}', "\udce9"])
def test_damaged_files_are_named(place, name, content):
    (place.path / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(DatabaseError, match="folder of the private database cannot be used"):
        (place.access if name == "access.json" else place.announced)()


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match=r"SHOPWRIGHT_STATE names another, MONGODB_URI"):
        ServerFolder(tmp_path / "file" / "mongo").prepare()


def test_one_lock_for_all(place):
    with place.lock() as first:
        assert first is not None
        with place.lock() as second:
            assert second is None
    with place.lock() as third:
        assert third is not None


def test_a_folder_that_went_away_cannot_be_locked(tmp_path):
    with pytest.raises(DatabaseError), ServerFolder(tmp_path / "gone").lock():
        pass


def test_the_end_of_the_log_is_told(place):
    assert place.log_tail() == "it left no log"
    entries = [
        {"s": "I", "msg": "Starting", "attr": {"pid": 7}},
        {"s": "E", "msg": "No space", "attr": {"error": "left on device"}},
    ]
    place.log.write_text("\n".join(["plain words", json.dumps(entries[0]), ""]))
    assert place.log_tail() == "plain words | Starting"
    frames = [{"s": "I", "msg": "Frame", "attr": {"at": "x" * 500}}] * 60
    before = [{"s": "E", "msg": "Of an earlier run"}, {"s": "I", "msg": "***** SERVER RESTARTED *****"}]
    place.log.write_text("\n".join(["plain words", *map(json.dumps, before + entries + frames), ""]))
    assert place.log_tail() == 'No space {"error": "left on device"}'


def test_of_a_long_log_only_the_end_is_read(place):
    place.log.write_text("x" * 100_000 + "\nend")
    assert place.log_tail().endswith("| end")
    assert len(place.log_tail()) <= 1_000


@pytest.mark.parametrize("tell", [lambda place: place.access(), lambda place: place.announce("mongodb://")])
def test_a_full_disk_is_told_and_nothing_is_left(place, tell, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = sorted(path.name for path in place.path.iterdir())
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DatabaseError, match="No space left on device"):
        tell(place)
    assert sorted(path.name for path in place.path.iterdir()) == before


def test_a_file_is_replaced_in_one_step(tmp_path):
    (tmp_path / "secret").write_text("before")
    (tmp_path / "secret").chmod(0o644)
    write_private(tmp_path / "secret", "after")
    assert (tmp_path / "secret").read_text() == "after"
    assert mode(tmp_path / "secret") == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_who_has_joined_keeps_others_from_ending_it(place):
    with place.joined() as uri:
        assert uri is None
    assert place.withdraw()
    place.announce("mongodb://here")
    with place.joined() as one, place.joined() as other:
        assert one == other == "mongodb://here"
        assert not place.withdraw()
    assert place.withdraw()
    assert not place.running.exists()


def test_nobody_joins_while_it_is_being_ended(place):
    place.announce("mongodb://here")
    with (place.path / JOINED).open("w") as ending:
        fcntl.flock(ending, fcntl.LOCK_EX)
        with place.joined() as uri:
            assert uri is None
