import os
import subprocess
import sys
import time

import psutil
import pytest

from shopwright.performance import memory
from shopwright.performance.memory import PeakMemory

MEGABYTES = 1_000_000
HOLDS_60_MB = "held = bytearray(60_000_000); held[::4096] = b'x' * len(held[::4096]); print(flush=True); input()"


def child(program):
    """A running Python process that has said it is ready."""
    process = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"\n"
    return process


def reached(peak, held):
    """Wait until a sample has seen that much; a busy machine samples late."""
    deadline = time.monotonic() + 30
    while peak.peak_bytes < held:
        assert time.monotonic() < deadline, f"{peak.peak_bytes} of {held} bytes seen"
        time.sleep(0.02)


def test_memory_of_a_child_counts():
    with PeakMemory() as before:
        pass
    with PeakMemory() as peak:
        process = child(HOLDS_60_MB)
        reached(peak, before.peak_bytes + 55 * MEGABYTES)
        process.communicate(b"\n")


def test_memory_given_back_stays_the_peak():
    with PeakMemory() as peak:
        held = bytearray(40 * MEGABYTES)
        held[::4096] = b"x" * len(held[::4096])
        reached(peak, 40 * MEGABYTES)
        high = peak.peak_bytes
        del held
    assert peak.peak_bytes >= high


def test_another_process_is_measured_by_its_id():
    process = child(HOLDS_60_MB)
    with PeakMemory(process.pid) as peak:
        pass
    process.communicate(b"\n")
    assert 55 * MEGABYTES < peak.peak_bytes < 120 * MEGABYTES


def test_a_process_that_is_gone_holds_nothing():
    process = child("print(flush=True); input()")
    process.communicate(b"\n")
    with PeakMemory(process.pid) as peak:
        pass
    assert peak.peak_bytes == 0


def test_linux_tells_pss():
    assert PeakMemory().measure == ("PSS" if sys.platform == "linux" else "RSS")


def test_where_pss_is_not_told_rss_is_summed(monkeypatch):
    monkeypatch.setattr(memory, "_pss", lambda pid: None)
    with PeakMemory() as peak:
        pass
    assert peak.measure == "RSS"
    assert peak.peak_bytes >= psutil.Process().memory_info().rss / 2


def test_a_process_that_vanishes_while_it_is_read_counts_nothing(monkeypatch):
    gone = psutil.Process()
    monkeypatch.setattr(gone, "memory_info", lambda: (_ for _ in ()).throw(psutil.NoSuchProcess(1)))
    monkeypatch.setattr(memory, "_tree", lambda pid: [gone])
    monkeypatch.setattr(memory, "_pss", lambda pid: None)
    with PeakMemory() as peak:
        pass
    assert peak.peak_bytes == 0


def test_a_file_without_the_number_tells_nothing(monkeypatch):
    monkeypatch.setattr(memory.Path, "read_bytes", lambda file: b"")
    assert memory._pss(os.getpid()) is None


def test_an_error_passes_through():
    with pytest.raises(ZeroDivisionError), PeakMemory():
        raise ZeroDivisionError


def test_measuring_waits_longer_where_reading_is_slow(monkeypatch):
    samples = []

    def slow(pid):
        samples.append(time.perf_counter())
        end = time.thread_time() + 0.01
        while time.thread_time() < end:
            pass
        return []

    monkeypatch.setattr(memory, "_tree", slow)
    with PeakMemory() as peak:
        time.sleep(0.3)
    assert len(samples) <= 3  # at the start, after 50 ms, at the end: the next would come a second later
    assert peak.cpu_seconds >= 0.01 * len(samples)


def test_no_number_of_a_process_that_never_was():
    assert memory._pss(2**30) is None
