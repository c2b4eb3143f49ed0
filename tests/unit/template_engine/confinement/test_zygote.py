"""The zygote's own code runs here in the test's process; that its workers are what they should be, `tests/security`."""

import os
import signal
import socket
import subprocess
import sys
import types

import orjson
import pytest

from shopwright.template_engine.confinement import zygote as zygote_module
from shopwright.template_engine.confinement.lockdown import Confinement
from shopwright.template_engine.confinement.zygote import FAILED, Zygote, load_locale, main, rehearse, run_worker

LEVEL = Confinement(memory=False, system_calls=False)


class Left(BaseException):
    """Instead of ending this process."""


@pytest.fixture
def control():
    """A caller's socket, what it has asked already, and the zygote's end."""
    caller, ours = socket.socketpair()
    with caller, ours:
        yield caller, ours


@pytest.fixture
def forked(monkeypatch):
    """Children that a fork is said to have made."""
    children = []

    def fork():
        children.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]))
        return children[-1].pid

    monkeypatch.setattr(zygote_module.os, "fork", fork)
    yield children
    for child in children:
        child.returncode = 0  # the zygote has waited for it


def asked(caller, ours, *requests, work=None):
    """What a zygote answers; requests are asked one at a time."""
    made = Zygote(ours, work)
    answers = []
    real = made._tell

    def tell(answer, handles=None):
        real(answer, handles)
        answers.append(answer)
        if requests_left:
            caller.send(orjson.dumps(requests_left.pop(0)(answers)))
        else:
            caller.shutdown(socket.SHUT_WR)

    requests_left = list(requests)
    made._tell = tell
    caller.send(orjson.dumps(requests_left.pop(0)(answers)))
    made.serve()
    return answers


def test_it_forks_and_ends(control, forked):
    caller, ours = control
    answers = asked(caller, ours, lambda _: {"fork": ["en", "xx-no"]}, lambda so_far: {"end": so_far[0]["pid"]})
    assert answers == [{"pid": forked[0].pid}, {"status": -signal.SIGKILL}]
    data, handles, _, _ = socket.recv_fds(caller, 100, 2)
    assert orjson.loads(data.partition(b"}")[0] + b"}") == {"pid": forked[0].pid}
    for handle in handles:
        os.close(handle)


def test_workers_end_with_their_caller(control, forked):
    caller, ours = control
    asked(caller, ours, lambda _: {"fork": []})
    with pytest.raises(ChildProcessError):
        os.waitpid(forked[0].pid, 0)
    _, handles, _, _ = socket.recv_fds(caller, 100, 2)
    for handle in handles:
        os.close(handle)


def test_a_caller_that_is_gone_is_no_error(control, forked):
    caller, ours = control
    caller.send(b'{"fork": []}')
    caller.close()
    Zygote(ours, None).serve()
    with pytest.raises(ChildProcessError):
        os.waitpid(forked[0].pid, 0)


@pytest.mark.parametrize(("failure", "status"), [(None, 0), (OSError("no filter"), FAILED), (SystemExit(3), FAILED)])
def test_a_worker_ends_with_what_became_of_it(control, monkeypatch, failure, status):
    caller, ours = control
    statuses = []

    def leave(number):
        statuses.append(number)
        raise Left

    def run(theirs, level, work):
        if failure:
            raise failure

    monkeypatch.setattr(zygote_module.os, "_exit", leave)
    monkeypatch.setattr(zygote_module, "run_worker", run)
    with pytest.raises(Left):
        Zygote(ours, None)._become_worker(caller)
    assert statuses == [status]


def test_a_worker_is_locked_down_before_it_works(control, monkeypatch):
    caller, ours = control
    done = []
    monkeypatch.setattr(zygote_module, "lock_down", lambda number, level: done.append((number, level)))

    def work(stream):
        done.append(stream.read(2))
        stream.write(b"ok")
        stream.flush()

    caller.send(b"hi")
    run_worker(ours, LEVEL, work)
    assert done == [(ours.fileno(), LEVEL), b"hi"]
    assert caller.recv(2) == b"ok"


def test_a_locale_is_loaded():
    load_locale("de-AT")
    load_locale("ar")
    rehearse()


def test_as_a_program_it_says_that_it_is_ready(control, monkeypatch):
    caller, ours = control
    monkeypatch.setattr(zygote_module.sys, "stdin", types.SimpleNamespace(fileno=ours.detach))
    monkeypatch.setattr(zygote_module.signal, "signal", lambda *_: None)
    monkeypatch.setattr(zygote_module.gc, "freeze", lambda: None)
    caller.shutdown(socket.SHUT_WR)
    main()
    assert caller.recv(10) == b"{}"


def test_what_another_zygote_made_is_left_alone(control):
    assert asked(*control, lambda _: {"end": os.getpid()}) == [{"status": None}]


def test_without_process_handles_only_the_socket_is_passed(control, forked, monkeypatch):
    """As on macOS."""
    monkeypatch.delattr(zygote_module.os, "pidfd_open", raising=False)
    caller, ours = control
    asked(caller, ours, lambda _: {"fork": []})
    _, handles, _, _ = socket.recv_fds(caller, 100, 2)
    assert len(handles) == 1
    os.close(handles[0])
