"""Bytes kept for a while, within a bound: the longest unused go first."""

import threading
from collections import OrderedDict
from collections.abc import Callable


class ByteMemory:
    """Remembers at most ``most`` bytes in all. Safe to use from threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str, made: Callable[[], bytes]) -> bytes:
        """The bytes of ``key``, made if they are not known. Two threads may make the same at once."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        data = made()
        with self._lock:
            if key not in self._kept and len(data) <= self._most // 4:
                self._kept[key] = data
                self._size += len(data)
            while self._size > self._most:
                self._size -= len(self._kept.popitem(last=False)[1])
        return data
