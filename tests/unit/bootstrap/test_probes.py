import asyncio
from types import SimpleNamespace

from shopwright.bootstrap.probes import probes
from shopwright.errors import DatabaseUnavailable
from shopwright.performance.health import examine


class Control:
    """A control database that answers, or does not."""

    def __init__(self, error=None):
        self.error = error

    def documents(self, kind):
        return self

    async def get(self, id_):
        if self.error:
            raise self.error


def platform(error=None):
    return SimpleNamespace(control=Control(error))


async def test_all_is_well(tmp_path):
    async def hears(reader, writer):
        writer.close()

    server = await asyncio.start_server(hears, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    health = await examine(probes(platform(), tmp_path, f"amqp://user:word@127.0.0.1:{port}/"))
    server.close()
    assert [finding.part for finding in health.findings] == ["broker", "database", "disk"]
    assert health.is_well


async def test_what_is_not_there_is_said_without_its_address(tmp_path):
    broken = probes(platform(DatabaseUnavailable("mongodb://secret")), tmp_path, "redis://127.0.0.1:1")
    reasons = {finding.part: finding.reason for finding in (await examine(broken)).findings}
    assert reasons["database"] == "it does not answer"
    assert "secret" not in str(reasons)
    assert reasons["broker"].startswith("the system says: ")
    assert reasons["disk"] == ""


async def test_without_a_broker_nobody_looks_for_one(tmp_path):
    assert list(probes(platform(), tmp_path)) == ["database", "disk"]
