import itertools
import os
import signal
import socket
import subprocess
import sys

import pytest

from shopwright.database.server import process
from shopwright.database.server.folder import HOST, ServerFolder
from shopwright.database.server.process import Program, free_port, server_pid


def test_the_port_of_last_time_is_taken_again_if_it_is_free():
    port = free_port()
    assert free_port(port) == port
    with socket.socket() as taken:
        taken.bind((HOST, port))
        taken.listen()
        assert free_port(port) not in (0, port)


def test_what_the_server_is_started_with(tmp_path):
    options = process._options(ServerFolder(tmp_path), 5)
    pairs = dict(itertools.pairwise(options))
    assert pairs["--bind_ip"] == HOST
    assert pairs["--networkMessageCompressors"] == "disabled"
    assert {"--keyFile", "--noscripting", "--nounixsocket", "--replSet"} <= set(options)
    assert process._gigabytes(Program(cache_megabytes=256)) == "0.250"


def test_the_id_of_a_server_that_does_not_run_is_0(tmp_path):
    folder = ServerFolder(tmp_path)
    folder.prepare()
    (folder.data / "mongod.lock").write_text("123\n")
    assert server_pid(folder) == 123
    (folder.data / "mongod.lock").write_text("")
    assert server_pid(folder) == 0


@pytest.mark.parametrize("code", ["import sys; sys.stdin.read()", "import time; time.sleep(60)"])
def test_a_guardian_that_does_not_end_is_killed(monkeypatch, code):
    monkeypatch.setattr(process, "STOP_SECONDS", 1)
    started = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, start_new_session=True)
    process._stop(started)
    assert started.returncode == (0 if "stdin" in code else -signal.SIGKILL)
    with pytest.raises(ProcessLookupError):
        os.kill(started.pid, 0)
