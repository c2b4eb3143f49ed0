import asyncio

import pytest

from shopwright.errors import DatabaseUnavailable
from shopwright.performance.health import Finding, Health, examine, room_on_disk


async def well():
    return ""


async def ill():
    return "there is no room"


async def raises():
    raise DatabaseUnavailable("mongodb://user:secret@host does not answer")


async def breaks():
    raise OSError(28, "No space left on device")


async def sleeps():
    await asyncio.sleep(60)
    return ""


async def test_all_is_well():
    health = await examine({"database": well, "disk": well})
    assert (health.is_well, health.status) == (True, 200)
    assert health.as_json() == {
        "status": "pass",
        "checks": {"database": {"status": "pass"}, "disk": {"status": "pass"}},
    }


async def test_nothing_to_look_at_is_well():
    assert (await examine({})).as_json() == {"status": "pass", "checks": {}}


async def test_each_part_that_is_not_well_says_why_and_tells_no_secret():
    health = await examine({"a": ill, "b": raises, "c": breaks, "d": well})
    assert health.status == 503
    assert health.as_json() == {
        "status": "fail",
        "checks": {
            "a": {"status": "fail", "reason": "there is no room"},
            "b": {"status": "fail", "reason": "DatabaseUnavailable"},
            "c": {"status": "fail", "reason": "the system says: No space left on device"},
            "d": {"status": "pass"},
        },
    }


async def test_a_probe_that_does_not_end_is_ended():
    health = await examine({"broker": sleeps, "disk": well}, seconds=0.05)
    (broker, disk) = health.findings
    assert broker.reason == "no answer within 0.05 seconds"
    assert disk.is_well


async def test_probes_look_at_the_same_time():
    both = asyncio.Barrier(2)

    async def meets():
        await both.wait()
        return ""

    assert (await examine({"one": meets, "two": meets})).is_well


async def test_room_on_disk(tmp_path):
    assert await room_on_disk(tmp_path / "not" / "yet", 1)() == ""
    assert (await room_on_disk(tmp_path, 1 << 60)()).endswith(f" MB are free, {(1 << 60) // 1_000_000} are needed")


@pytest.mark.parametrize("reason", ["", "gone"])
def test_health_is_that_of_all_parts(reason):
    health = Health((Finding("a", "", 0), Finding("b", reason, 0)))
    assert health.is_well is not bool(reason)
