"""A real S3 server, started and ended."""

import socket
import subprocess
import sys
import textwrap
import time

import psutil
import pytest

from shopwright.errors import CheckoutError
from shopwright.validation import object_server as module
from shopwright.validation.object_server import object_server


def test_without_the_program_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(module.sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CheckoutError, match=r"there is no S3 server\. Run make setup"), object_server(tmp_path):
        pass


def test_a_server_that_ends_at_once_is_told_about(tmp_path, monkeypatch):
    weed = tmp_path / "bin" / "weed"
    weed.parent.mkdir()
    weed.write_text("#!/bin/sh\necho no room\nexit 3\n")
    weed.chmod(0o755)
    monkeypatch.setattr(module, "_program", lambda: str(weed))
    with pytest.raises(CheckoutError, match="does not answer: no room"), object_server(tmp_path / "data"):
        pass


def test_it_listens_on_this_machine_and_ends(tmp_path):
    with object_server(tmp_path / "data") as aws:
        port = int(aws.endpoint.rpartition(":")[2])
        connections = psutil.net_connections("tcp")
        (mine,) = {each.pid for each in connections if each.status == "LISTEN" and each.laddr.port == port}
        addresses = {each.laddr.ip for each in connections if each.pid == mine and each.status == "LISTEN"}
        assert addresses == {"127.0.0.1"}
    assert not psutil.pid_exists(mine)
    with socket.socket() as free:
        free.bind(("127.0.0.1", port))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_it_ends_when_its_starter_is_killed(tmp_path):
    program = """
        import sys, time
        from pathlib import Path
        from shopwright.validation import object_server as module
        module._program = lambda: "/bin/sleep"
        module._command = lambda folder: ([sys.executable, "-c", module._DIE_WITH_PARENT, "/bin/sleep", "60"], 1)
        folder = Path(sys.argv[1])
        folder.mkdir()
        with module.object_server(folder):
            pass
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(program), tmp_path / "data"]) as starter:
        until = time.monotonic() + 20
        children = []
        while not children and time.monotonic() < until:
            time.sleep(0.05)
            children = [child for child in psutil.Process(starter.pid).children() if child.name() == "sleep"]
        starter.kill()
    gone, alive = psutil.wait_procs(children, timeout=10)
    assert (len(gone), alive) == (1, [])
