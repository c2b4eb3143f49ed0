"""Who may decode now: pictures that need much memory wait for each other, so that a build's workers stay bounded."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Admission:
    """Shares ``most`` bytes between threads. One that needs more than that gets in when it is alone."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken = 0
        self._changed = threading.Condition()

    @contextmanager
    def hold(self, needed: int) -> Iterator[None]:
        """Wait until ``needed`` bytes are free, and hold them for the block."""
        with self._changed:
            self._changed.wait_for(lambda: self._taken == 0 or self._taken + needed <= self._most)
            self._taken += needed
        try:
            yield
        finally:
            with self._changed:
                self._taken -= needed
                self._changed.notify_all()
