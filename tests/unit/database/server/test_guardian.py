import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from shopwright.database.server import guardian

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
)


@pytest.fixture
def exits(monkeypatch):
    """What the guardian would have exited with."""
    codes = []
    monkeypatch.setattr(os, "_exit", codes.append)
    return codes


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def until(done):
    deadline = time.monotonic() + 20
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_server_is_stopped_when_the_owner_is_gone(tmp_path, exits):
    (tmp_path / "running.json").touch()
    reader, writer = os.pipe()
    threading.Timer(0.2, os.close, [writer]).start()
    guardian.main([str(tmp_path / "running.json"), str(tmp_path / "log"), "sleep", "60"], owner=reader)
    os.close(reader)
    until(lambda: exits)
    assert exits == [signal.SIGTERM]
    assert not (tmp_path / "running.json").exists()


def test_nobody_can_join_any_more_once_nobody_uses_it(tmp_path):
    running = tmp_path / "running.json"
    running.touch()
    with (tmp_path / guardian.JOINED).open("w") as joined:
        fcntl.flock(joined, fcntl.LOCK_SH)
        assert not guardian.is_unused(running)
        assert running.exists()
    assert guardian.is_unused(running)
    assert not running.exists()


def test_the_log_is_turned_while_others_use_the_server(tmp_path, exits, monkeypatch):
    answers, turned = [False, False, True], []
    monkeypatch.setattr(guardian, "is_unused", lambda running: answers.pop(0))
    monkeypatch.setattr(guardian, "turn_log", lambda log, pid: turned.append(log.name))
    reader, writer = os.pipe()
    os.close(writer)
    guardian.main([str(tmp_path / "running.json"), str(tmp_path / "log"), "sleep", "60"], owner=reader)
    os.close(reader)
    until(lambda: exits)
    assert turned == ["log", "log"]


def test_the_guardian_ends_as_the_server_ends(tmp_path):
    file = guardian.__file__
    command = [sys.executable, "-I", "-S", file, str(tmp_path / "running"), str(tmp_path / "log"), "sh", "-c", "exit 7"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.wait(20) == 7


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_guardian_that_is_killed_takes_the_server_along(tmp_path):
    place = tmp_path / "pid"
    server = ["sh", "-c", f"echo $$ > {place}; exec sleep 60"]
    command = [sys.executable, "-I", "-S", guardian.__file__, str(tmp_path / "running"), str(tmp_path / "log"), *server]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        until(lambda: place.exists() and place.read_text().strip())
        process.kill()
    until(lambda: not is_alive(int(place.read_text())))


def test_a_server_that_does_not_stop_is_killed(monkeypatch):
    monkeypatch.setattr(guardian, "_STOP_SECONDS", 0.2)
    with subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE) as server:
        server.stdout.readline()
        guardian.stop(server)
        assert server.returncode == -signal.SIGKILL


def test_a_full_log_is_turned(tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(os, "kill", lambda *words: told.append(words))
    log = tmp_path / "mongod.log"
    guardian.turn_log(log, 5)
    log.write_bytes(b"x" * 100)
    guardian.turn_log(log, 5)
    assert told == []
    log.write_bytes(b"x" * (guardian.MOST_LOG_BYTES + 1))
    guardian.turn_log(log, 5)
    assert told == [(5, signal.SIGUSR1)]
    assert [path.name for path in tmp_path.iterdir()] == ["mongod.log.1"]
