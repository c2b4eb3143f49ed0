"""Real brokers of this machine, each a process of its own with its own folder and ports, at work while a test lasts."""

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

_RABBITMQ = sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmq-server"))
_PATIENCE = 60


def counted(counter, *labels):
    """What a counter of this process stands at."""
    return counter.collect().series.get(labels, 0.0)


def free_port():
    """A port nobody listens at."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


class Server:
    """A server that can be killed and started again with what it kept."""

    def __init__(self, command, port, environment, address):
        self._command, self._port, self._environment = command, port, environment
        self.address = address
        self.start()

    def start(self):
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._wait()

    def kill(self):
        """RabbitMQ's own start script does not become its server: the whole group is killed."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _wait(self):
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            assert self._process.poll() is None, "the server ended"
            time.sleep(0.05)
        pytest.fail("the server does not listen")


@contextmanager
def rabbitmq(folder):
    """RabbitMQ, with a port mapper of its own."""
    if not _RABBITMQ:
        pytest.skip("no RabbitMQ on this machine: apt-get install --no-install-recommends rabbitmq-server")
    folder.mkdir(parents=True)
    port, mapper, between = free_port(), free_port(), free_port()
    (folder / "rabbitmq.conf").write_text(f"listeners.tcp.1 = 127.0.0.1:{port}\nlog.file = false\n")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "ERL_EPMD_PORT": str(mapper),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODENAME": f"shopwright{port}@localhost",
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_PID_FILE": str(folder / "pid"),
        "RABBITMQ_DIST_PORT": str(between),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
    }
    names = subprocess.Popen(["epmd", "-address", "127.0.0.1", "-port", str(mapper)])
    server = None
    try:
        server = Server([str(_RABBITMQ[-1])], port, environment, f"amqp://guest:guest@127.0.0.1:{port}//")
        yield server
    finally:
        if server:
            server.kill()
        names.kill()
        names.wait()


@contextmanager
def redis(folder):
    """Redis, which keeps nothing."""
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("no Redis on this machine: apt-get install --no-install-recommends redis-server")
    folder.mkdir(parents=True)
    port = free_port()
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), "--save", ""]
    server = Server(command, port, None, f"redis://127.0.0.1:{port}/0")
    try:
        yield server
    finally:
        server.kill()


BROKERS = {"rabbitmq": rabbitmq, "redis": redis}
