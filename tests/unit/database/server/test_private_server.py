import contextlib
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from shopwright.database.server import private_server as module
from shopwright.database.server.folder import HOST, ServerFolder
from shopwright.database.server.private_server import own_server, private_server
from shopwright.database.server.process import Program, free_port
from shopwright.errors import DatabaseError, DatabaseUnavailable

OWNER = textwrap.dedent("""
    import sys, time
    from pathlib import Path
    from shopwright.database.server.private_server import private_server
    with private_server(Path(sys.argv[1])) as uri:
        print(uri, flush=True)
        time.sleep(60)
""")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One folder for all: a first start makes files of a hundred megabytes."""
    return tmp_path_factory.mktemp("server") / "mongo"


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(done):
    deadline = time.monotonic() + 60
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_it_runs_is_joined_and_stops(folder):
    with own_server(folder) as server:
        with private_server(folder) as uri, MongoClient(uri) as client:
            assert uri == server.uri
            assert client.admin.command("hello")["isWritablePrimary"]
            client.kept.things.insert_one({"_id": 1})
        server.refuse_ended()
        assert is_alive(server.pid)
        port = ServerFolder(folder).access().port
    assert not is_alive(server.pid)
    assert not ServerFolder(folder).running.exists()
    with pytest.raises(PyMongoError), MongoClient(uri, serverSelectionTimeoutMS=200) as client:
        client.admin.command("ping")
    with own_server(folder) as again, MongoClient(again.uri) as client:
        assert client.kept.things.count_documents({}) == 1
        assert ServerFolder(folder).access().port == port


def test_only_who_has_the_password_gets_in_and_nothing_is_run_inside(folder):
    with private_server(folder) as uri:
        port = ServerFolder(folder).access().port
        with MongoClient(HOST, port, directConnection=True) as stranger, pytest.raises(OperationFailure) as caught:
            stranger.kept.things.find_one()
        assert caught.value.code == 13
        with MongoClient(uri) as client:
            with pytest.raises(OperationFailure, match="no globalScriptEngine"):
                client.kept.things.find_one({"$where": "true"})
            options = client.admin.command("getCmdLineOpts")["parsed"]
    assert options["net"]["bindIp"] == HOST
    assert options["net"]["compression"]["compressors"] == "disabled"
    assert options["security"]["javascriptEnabled"] is False


def test_two_owners_of_one_folder_are_refused(folder):
    with own_server(folder), pytest.raises(DatabaseError, match="Another process already runs"), own_server(folder):
        pass


def turn_away(listening):
    """A service that does not speak MongoDB's protocol."""
    with contextlib.suppress(OSError):
        while True:
            listening.accept()[0].close()


def test_another_port_where_somebody_took_it(folder):
    with private_server(folder):
        pass
    port = ServerFolder(folder).access().port
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((HOST, port))
        taken.listen()
        threading.Thread(target=turn_away, args=(taken,), daemon=True).start()
        with private_server(folder) as uri, MongoClient(uri) as client:
            assert client.kept.things.count_documents({}) == 1
            assert f":{port}/" not in uri
        taken.shutdown(socket.SHUT_RDWR)


def test_a_server_that_was_killed_recovers(folder):
    with own_server(folder) as server, MongoClient(server.uri, serverSelectionTimeoutMS=500) as client:
        client.kept.things.insert_one({"_id": "before"})
        os.kill(server.pid, signal.SIGKILL)
        until(lambda: server.guardian.poll() is not None)
        with pytest.raises(DatabaseUnavailable, match="It recovers when it is started again"):
            server.refuse_ended()
    with private_server(folder) as uri, MongoClient(uri) as client:
        assert client.kept.things.find_one({"_id": "before"})


def test_the_server_ends_with_an_owner_that_is_killed_and_another_takes_over(folder):
    with subprocess.Popen([sys.executable, "-c", OWNER, str(folder)], stdout=subprocess.PIPE, text=True) as owner:
        uri = owner.stdout.readline().strip()
        pid = int((folder / "data/mongod.lock").read_text())
        with private_server(folder) as joined:
            assert joined == uri
        owner.kill()
    with own_server_soon(folder) as server:
        assert not is_alive(pid)
        assert server.pid != pid


JOINER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from pymongo import MongoClient
    from shopwright.database.server.private_server import private_server
    with private_server(Path(sys.argv[1])) as uri, MongoClient(uri) as client:
        print(uri, flush=True)
        sys.stdin.readline()
        client.kept.things.insert_one({"_id": sys.argv[2]})
        print("written", flush=True)
        sys.stdin.readline()
""")


def started(script, *arguments):
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("end", ["kill", "terminate"])
def test_the_server_goes_on_for_who_has_joined_it_whatever_becomes_of_its_owner(folder, end):
    with started(OWNER, folder) as owner, started(JOINER, folder, end) as joiner:
        assert owner.stdout.readline() == joiner.stdout.readline()
        pid = int((folder / "data/mongod.lock").read_text())
        getattr(owner, end)()
        owner.wait()
        joiner.stdin.write("\n")
        joiner.stdin.flush()
        assert joiner.stdout.readline() == "written\n"
        assert is_alive(pid)
        with private_server(folder) as uri, MongoClient(uri) as client:  # others join it still
            assert client.kept.things.find_one({"_id": end})
            assert int((folder / "data/mongod.lock").read_text()) == pid
        joiner.stdin.close()
    until(lambda: not is_alive(pid))
    until(lambda: _is_free(folder))
    assert ServerFolder(folder).running.exists() is False


def test_an_owner_that_ends_does_not_wait_for_who_has_joined(folder):
    with contextlib.ExitStack() as stack:
        with own_server(folder) as server:
            joined = stack.enter_context(private_server(folder))
            assert server.goes_on
        assert server.goes_on
        with MongoClient(joined) as client:
            assert client.admin.command("ping")
    until(lambda: not server.goes_on)
    until(lambda: not is_alive(server.pid))


def own_server_soon(folder):
    """The guardian holds the lock until the server has stopped."""
    until(lambda: _is_free(folder))
    return own_server(folder)


def _is_free(folder):
    with ServerFolder(folder).lock() as lock:
        return lock is not None


def test_who_comes_while_the_last_server_still_stops_waits(folder):
    with subprocess.Popen([sys.executable, "-c", OWNER, str(folder)], stdout=subprocess.PIPE, text=True) as owner:
        owner.stdout.readline()
        owner.kill()
        owner.wait()  # who joins before the kill has come about joins a server that goes
        with private_server(folder) as uri, MongoClient(uri) as client:
            assert client.kept.things.count_documents({}) >= 1


def test_what_an_owner_left_that_was_killed_is_not_joined(folder):
    with private_server(folder):
        pass
    ServerFolder(folder).announce("mongodb://127.0.0.1:1/")
    with private_server(folder) as uri, MongoClient(uri) as client:
        assert client.admin.command("ping")


def test_an_owner_that_does_not_answer_is_named(folder, monkeypatch):
    monkeypatch.setattr(module, "START_SECONDS", 0.3)
    with ServerFolder(folder).lock() as lock:
        assert lock is not None
        with pytest.raises(DatabaseUnavailable, match=r"did not answer within 0\.3 s"), private_server(folder):
            pass
        ServerFolder(folder).announce(f"mongodb://127.0.0.1:{free_port()}/?directConnection=true")
        with pytest.raises(DatabaseUnavailable, match="a `shopwright` command that hangs"), private_server(folder):
            pass


def test_a_server_that_cannot_start_says_why(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/WiredTiger.wt").write_bytes(b"damaged")
    (tmp_path / "data/storage.bson").write_bytes(b"damaged")
    said = r"mongod.log: .*ended while it was starting.*Unable to read the storage engine metadata"
    with pytest.raises(DatabaseUnavailable, match=said), private_server(tmp_path):
        pass
    assert _is_free(tmp_path)


def test_a_port_that_was_taken_in_between_is_given_up(folder, monkeypatch):
    ports = []

    def taken_first(wanted):
        ports.append(free_port() if ports else taken.getsockname()[1])
        return ports[-1]

    monkeypatch.setattr(module, "free_port", taken_first)
    (folder / "mongod.log").unlink()
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        with private_server(folder) as uri:
            assert f":{ports[1]}/" in uri
    assert len(ports) == 2


def test_a_program_that_is_no_server(tmp_path):
    program = tmp_path / "mongod"
    program.write_text("#!/bin/sh\necho I am no database; exit 3\n")
    program.chmod(0o755)
    with pytest.raises(DatabaseUnavailable, match="I am no database"), private_server(tmp_path, Program(program)):
        pass
