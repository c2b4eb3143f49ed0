"""Memory shared between threads."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.asset_pipeline.admission import Admission


def test_one_that_needs_more_than_there_is_gets_in_alone() -> None:
    admission = Admission(100)
    with admission.hold(1_000):
        waiting = threading.Event()

        def enter() -> None:
            with admission.hold(1):
                waiting.set()

        thread = threading.Thread(target=enter)
        thread.start()
        assert not waiting.wait(0.05)
    assert waiting.wait(5)
    thread.join()


def test_a_failure_gives_back_what_was_held() -> None:
    admission = Admission(100)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), admission.hold(100):
            _ = 1 / 0
    with admission.hold(100):
        pass


@given(st.lists(st.integers(1, 250), min_size=1, max_size=40), st.integers(50, 200))
@settings(max_examples=30)
def test_never_more_is_held_than_allowed_and_all_get_in(needs: list[int], most: int) -> None:
    admission, lock, held, peaks = Admission(most), threading.Lock(), [], []

    def work(needed: int) -> None:
        with admission.hold(needed):
            with lock:
                held.append(needed)
                peaks.append((sum(held), len(held)))
            with lock:
                held.remove(needed)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, needs))
    assert len(peaks) == len(needs)
    assert all(total <= most or count == 1 for total, count in peaks)
