import asyncio
import sys

import pytest

from shopwright.errors import Overloaded
from shopwright.performance import admission
from shopwright.performance.admission import Admission, machine_budget
from shopwright.performance.admission_line import Budget

MEGABYTES = 1_000_000
PLENTY = 1 << 50


def made(memory_bytes=100, cpus=4.0, free=lambda: PLENTY, **bounds):
    return Admission(Budget(memory_bytes, cpus, **bounds), free=free)


async def worker(admission_, ends, memory_bytes=60, **asked):
    async with admission_.room(memory_bytes, **asked):
        await ends.wait()


async def begun(admission_, ends, **asked):
    task = asyncio.create_task(worker(admission_, ends, **asked))
    await asyncio.sleep(0)
    return task


async def test_who_finds_no_room_waits_for_it():
    room, ends = made(), asyncio.Event()
    first = await begun(room, ends)
    second = await begun(room, ends)
    assert (room.line.at_work, room.line.length) == (1, 1)
    assert [gauge.collect().series[()] for gauge in (admission.WORKING, admission.WAITING)] == [1, 1]
    ends.set()
    await asyncio.gather(first, second)
    assert (room.line.at_work, room.line.length, room.line.memory_bytes) == (0, 0, 0)


async def test_who_waits_too_long_is_told_when_to_come_again():
    room, ends = made(), asyncio.Event()
    first = await begun(room, ends)
    with pytest.raises(Overloaded, match="more work than this machine can do now") as refused:
        async with room.room(60, patience=0.01):
            pytest.fail("there is no room")
    assert 1 <= refused.value.retry_after <= admission.LONGEST_RETRY
    assert room.line.length == 0
    ends.set()
    await first


async def test_a_full_line_is_answered_at_once():
    room, ends = made(most_waiting=1), asyncio.Event()
    tasks = [await begun(room, ends), await begun(room, ends)]
    before = admission.REFUSED.total
    with pytest.raises(Overloaded):
        await worker(room, ends, patience=60)
    assert admission.REFUSED.total == before + 1
    ends.set()
    await asyncio.gather(*tasks)


async def test_what_never_fits_is_said_so():
    with pytest.raises(Overloaded, match=r"needs 2 MB of memory; this machine gives 1 MB to work") as refused:
        async with made(MEGABYTES).room(2 * MEGABYTES):
            pytest.fail("there is no room")
    assert refused.value.retry_after == 0


async def test_who_is_cancelled_while_waiting_keeps_no_room():
    room, ends = made(), asyncio.Event()
    first, second, third = [await begun(room, ends) for _ in range(3)]
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    assert room.line.length == 1
    ends.set()
    await asyncio.gather(first, third)


async def test_who_is_cancelled_in_the_moment_of_beginning_gives_the_room_on():
    room, ends = made(), asyncio.Event()
    first, second, third = [await begun(room, ends) for _ in range(3)]
    first.cancel()
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    ends.set()
    await third
    assert (room.line.at_work, room.line.memory_bytes) == (0, 0)


async def test_room_is_given_back_after_an_error():
    room = made()
    with pytest.raises(ValueError, match="oh"):
        async with room.room(100):
            raise ValueError("oh")
    assert room.line.memory_bytes == 0


async def test_with_memory_short_work_begins_one_at_a_time_and_goes_on_when_it_is_not(monkeypatch):
    monkeypatch.setattr(admission, "LOOK_SECONDS", 0.01)
    free, ends, began = [0], asyncio.Event(), asyncio.Event()
    room = made(free=lambda: free[0])
    first = await begun(room, ends, memory_bytes=1)

    async def waits():
        async with room.room(1):
            began.set()

    second = asyncio.create_task(waits())
    await asyncio.sleep(0.03)
    assert (room.line.at_work, room.line.length) == (1, 1)
    free[0] = PLENTY
    await began.wait()
    ends.set()
    await asyncio.gather(first, second)


async def test_who_is_to_come_again_is_told_by_how_long_work_takes():
    now = [0.0]
    room = Admission(Budget(100, 1), free=lambda: PLENTY, clock=lambda: now[0])
    assert room.retry_after == 5
    for _ in range(60):
        async with room.room(1):
            now[0] += 40
    assert room.retry_after == 40
    for _ in range(100):
        async with room.room(1):
            now[0] += 10_000
    assert room.retry_after == admission.LONGEST_RETRY


def test_the_budget_is_what_the_control_group_allows(tmp_path):
    group = tmp_path / "sys/fs/cgroup/box"
    group.mkdir(parents=True)
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/cgroup").write_text("0::/box\n")
    (group / "memory.max").write_text("100000000\n")
    (group / "cpu.max").write_text("50000 100000\n")
    budget = machine_budget(tmp_path)
    assert budget.memory_bytes == 80_000_000
    assert budget.cpus == 1.0


TAKES = """
held = bytearray(30_000_000)
held[::4096] = b'x' * len(held[::4096])
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
"""Says how many kilobytes it held at most."""


async def test_builders_within_a_small_budget_and_none_is_killed():
    """Twelve processes that take 30 MB each, in room for three: what they really take together is within the budget."""
    each = 45 * MEGABYTES
    room = Admission(Budget(3 * each, cpus=16.0, per_tenant=2))
    ends, most_at_once = [], 0

    async def build(tenant):
        nonlocal most_at_once
        async with room.room(each, 1.0, tenant=tenant, patience=120):
            most_at_once = max(most_at_once, room.line.at_work)
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-S", "-c", TAKES, stdout=asyncio.subprocess.PIPE
            )
            said, _ = await process.communicate()
            ends.append((process.returncode, int(said) * 1024))

    await asyncio.gather(*(build(f"t{number % 3}") for number in range(12)))
    assert [status for status, _ in ends] == [0] * 12
    assert most_at_once == 3
    assert most_at_once * max(held for _, held in ends) <= room.line.budget.memory_bytes
