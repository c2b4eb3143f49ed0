import asyncio
import sys
import time

import pytest
from tests.unit.bootstrap.working import ended, until

from shopwright.bootstrap.job_process import BuildProcess, Processes
from shopwright.errors import AuditFailed, BuildError, BuildLost

READ = """
import json, os, subprocess, sys, time
def read():
    length = int.from_bytes(sys.stdin.buffer.read(4), "big")
    return json.loads(sys.stdin.buffer.read(length) or "null")
def write(frame):
    data = json.dumps(frame).encode()
    sys.stdout.buffer.write(len(data).to_bytes(4, "big") + data)
    sys.stdout.buffer.flush()
asked = read()
"""


def program(text):
    return [sys.executable, "-S", "-c", READ + text]


async def built(text, tell=lambda *_: None):
    """What a process answers that does this when it is asked to build."""
    process = await BuildProcess.start(program(text))
    try:
        return await process.build({"number": 7}, tell)
    finally:
        await process.end()
        assert not process.alive


async def test_a_process_is_asked_tells_and_answers():
    told = []
    text = 'write({"progress": ["pages", 3]}); write({"built": {"twice": asked["number"] * 2}})'
    assert await built(text, lambda *done: told.append(done)) == {"twice": 14}
    assert told == [("pages", 3)]


async def test_its_errors_are_ours():
    said = '{"what": "no", "where": "a", "remedy": "b"}'
    with pytest.raises(AuditFailed, match=r"a: no\. b"):
        await built(f'write({{"error": {{"kind": "AuditFailed", **{said}}}}})')
    with pytest.raises(BuildError, match=r"a: no\. b"):
        await built(f'write({{"error": {{"kind": "SystemExit", **{said}}}}})')


async def test_one_that_dies_is_lost_although_what_it_started_holds_the_pipe(tmp_path):
    pid = tmp_path / "pid"
    other = 'other = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"])'
    with pytest.raises(BuildLost, match="ended with status -9"):
        await built(f'{other}\nopen({str(pid)!r}, "w").write(str(other.pid))\nos.kill(os.getpid(), 9)')
    await until(ended(int(pid.read_text())))


async def test_one_that_says_too_much_is_lost():
    with pytest.raises(BuildLost, match="more than 268,435,456 bytes at once"):
        await built('sys.stdout.buffer.write(b"\\xff" * 4); sys.stdout.buffer.flush(); time.sleep(600)')


async def test_one_that_is_at_work_may_clean_up_after_itself(tmp_path):
    done = tmp_path / "done"
    at_end = f'open({str(done)!r}, "w")'
    text = f'try: write({{"progress": ["pages", 1]}}); time.sleep(600)\nexcept KeyboardInterrupt: {at_end}'
    process = await BuildProcess.start(program(text))
    told = asyncio.Event()
    building = asyncio.create_task(process.build({}, lambda *_: told.set()))
    await told.wait()
    building.cancel()
    await process.end()
    assert done.exists()


async def test_a_program_that_is_not_there():
    with pytest.raises(BuildLost, match="no process can be started"):
        await BuildProcess.start(["/nowhere"])


async def test_the_next_one_is_started_ahead_and_a_dead_one_is_replaced(monkeypatch):
    monkeypatch.setenv("SHOPWRIGHT_BROKER", "secret")
    processes = Processes(program('write({"built": dict(os.environ)})'))
    processes.start_ahead()
    processes.start_ahead()
    async with processes.one() as first:
        environment = await first.build({}, lambda *_: None)
    assert {"PYTHONPATH", "LC_ALL"} <= environment.keys()
    assert [name for name in environment if name.startswith("SHOPWRIGHT")] == []
    ahead = await processes._ahead
    ahead._kill()
    until = time.monotonic() + 20
    while ahead.alive and time.monotonic() < until:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    async with processes.one() as second:
        assert second is not ahead
        assert second.alive
    await processes.end()
    await processes.end()
