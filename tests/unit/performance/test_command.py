import signal
import sys

import pytest

from shopwright.performance.command import measure_command


def test_a_command_is_measured_whole(tmp_path):
    program = "import os, sys; print(os.getcwd()); print('told', file=sys.stderr); sum(range(3_000_000)); sys.exit(3)"
    measured = measure_command([sys.executable, "-c", program], folder=tmp_path)
    assert measured.status == 3
    assert measured.output == f"{tmp_path}\n"
    assert measured.errors == "told\n"
    assert measured.cpu_seconds > 0
    assert measured.seconds > 0
    assert 1_000_000 < measured.peak_bytes < 200_000_000


def test_a_signal_is_told():
    program = f"import os; os.kill(os.getpid(), {signal.SIGKILL.value})"
    assert measure_command([sys.executable, "-c", program]).status == -signal.SIGKILL


def test_its_children_count():
    inner = "held = bytearray(50_000_000); held[::4096] = b'x' * len(held[::4096]); import time; time.sleep(1)"
    measured = measure_command(
        [sys.executable, "-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"]
    )
    assert measured.status == 0
    assert measured.peak_bytes > 50_000_000


def test_standard_input_is_empty():
    assert (
        measure_command([sys.executable, "-c", "print(repr(input.__name__), __import__('sys').stdin.read())"]).status
        == 0
    )


def test_what_is_not_text_is_shown_all_the_same():
    measured = measure_command([sys.executable, "-c", "import sys; sys.stdout.buffer.write(bytes([255]))"])
    assert measured.output == "\ufffd"


def test_a_program_that_is_not_there():
    with pytest.raises(FileNotFoundError):
        measure_command(["no-such-program-anywhere"])
