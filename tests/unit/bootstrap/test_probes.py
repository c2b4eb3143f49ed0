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
    health = await examine(probes(platform(), tmp_path))
    assert [finding.part for finding in health.findings] == ["database", "disk"]
    assert health.is_well


async def test_what_is_not_there_is_said_without_its_address(tmp_path):
    health = await examine(probes(platform(DatabaseUnavailable("mongodb://secret")), tmp_path))
    assert [finding.reason for finding in health.findings] == ["it does not answer", ""]
