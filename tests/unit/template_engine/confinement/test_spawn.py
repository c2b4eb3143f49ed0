import math
import os
import signal
import socket
import subprocess
import time

import psutil
import pytest

from shopwright.errors import ThemeError
from shopwright.template_engine.confinement import spawn
from shopwright.template_engine.confinement.spawn import Worker, Zygotes


@pytest.fixture(scope="module")
def zygotes():
    with Zygotes() as made:
        yield made


def test_a_worker_is_forked_and_ended(zygotes):
    worker = zygotes.fork(("en", "de-AT", "no such locale"))
    assert psutil.Process(worker.pid).ppid() == zygotes._process.pid
    assert zygotes.end(worker) == -signal.SIGKILL
    assert not psutil.pid_exists(worker.pid)
    assert worker.socket.fileno() == -1


def test_a_worker_is_ended_without_a_handle(zygotes):
    """As on systems that have none."""
    worker = zygotes.fork()
    os.close(worker.handle)
    bare = Worker(worker.pid, worker.socket, None)
    assert zygotes.end(bare) == -signal.SIGKILL
    bare.kill()


def test_a_worker_ends_with_its_callers_socket(zygotes):
    worker = zygotes.fork()
    worker.socket.shutdown(socket.SHUT_RDWR)
    for _ in range(400):
        if psutil.Process(worker.pid).status() == psutil.STATUS_ZOMBIE:
            break
        time.sleep(0.05)
    assert zygotes.end(worker) == 0


def test_workers_go_with_their_zygote():
    zygotes = Zygotes()
    worker = zygotes.fork()
    process = psutil.Process(worker.pid)
    zygotes.close()
    _, left = psutil.wait_procs([process], timeout=10)
    assert left == []
    assert zygotes.end(worker) is None


def test_a_zygote_that_is_lost_is_replaced():
    with Zygotes() as zygotes:
        first = zygotes.fork()
        zygotes._process.kill()
        zygotes._process.wait()
        assert zygotes.end(first) is None
        second = zygotes.fork()
        assert zygotes.end(second) == -signal.SIGKILL


def test_a_zygote_ends_only_what_it_made():
    """A number that a lost zygote's worker had may be anybody's by now."""
    with Zygotes() as zygotes, subprocess.Popen(["sleep", "30"]) as stranger:
        first = zygotes.fork()
        zygotes._process.kill()
        zygotes._process.wait()
        second = zygotes.fork()
        assert zygotes.end(Worker(stranger.pid, first.socket, first.handle)) is None
        assert stranger.poll() is None
        stranger.kill()
        assert zygotes.end(second) == -signal.SIGKILL


def test_a_zygote_that_does_not_start_is_an_error():
    class Missing(Zygotes):
        program = "shopwright.no_such_program"

    with (
        Missing() as zygotes,
        pytest.raises(ThemeError, match=r"^no confined worker can be started: its zygote ended at"),
    ):
        zygotes.fork()


def test_a_zygote_that_does_not_end_is_killed(monkeypatch):
    monkeypatch.setattr(spawn, "_FAREWELL", 0.1)
    zygotes = Zygotes()
    worker = zygotes.fork()
    process = zygotes._process
    os.kill(process.pid, signal.SIGSTOP)
    zygotes.close()
    assert process.returncode == -signal.SIGKILL
    worker.close()


def test_it_is_given_no_environment_of_ours(monkeypatch):
    monkeypatch.setenv("SECRET", "x")
    assert spawn._environment().keys() == {"PYTHONPATH", "MALLOC_ARENA_MAX", "LC_ALL"}


def test_a_worker_tells_its_processor_time(zygotes):
    worker = zygotes.fork()
    assert 0 <= worker.cpu_seconds() < 5
    zygotes.end(worker)
    assert worker.cpu_seconds() == math.inf


def test_a_zygote_that_says_nothing_is_gone():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.shutdown(socket.SHUT_WR)
        with pytest.raises(EOFError, match="its zygote is gone"):
            spawn._ask(ours, {"fork": []})
