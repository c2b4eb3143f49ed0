"""The caller's side of a worker's socket, for code without an event loop: send ahead, wait with an end."""

import select
import socket
import time

from shopwright.template_engine.confinement.messages import take_answer

_PIECE = 1 << 18


class Channel:
    """Frames to and from one worker.

    What cannot be sent at once is sent while an answer is waited for, so that neither side ever waits for the other to
    read.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._connection.setblocking(False)
        self._unsent = bytearray()
        self._received = bytearray()

    def send(self, data: bytes) -> None:
        """Send, or keep what does not fit. Raises ``OSError`` when the worker is gone."""
        self._unsent += data
        self._push()

    def receive(self, until: float) -> bytes | None:
        """The next answer, or None past ``until`` (``time.monotonic``).

        An answer that has arrived is taken even if it is late. Raises ``EOFError`` or ``OSError`` when the worker is
        gone, ``AnswerRefused`` when it sends too much.
        """
        while (answer := take_answer(self._received)) is None:
            self._push()
            if self._pull():
                continue
            left = until - time.monotonic()
            if left <= 0:
                return None
            self._wait(left)
        return answer

    def _wait(self, seconds: float) -> None:
        poll = select.poll()
        poll.register(self._connection, select.POLLIN | (select.POLLOUT if self._unsent else 0))
        poll.poll(seconds * 1e3)

    def _push(self) -> None:
        while self._unsent:
            try:
                sent = self._connection.send(self._unsent)
            except BlockingIOError:
                return
            del self._unsent[:sent]

    def _pull(self) -> bool:
        try:
            data = self._connection.recv(_PIECE)
        except BlockingIOError:
            return False
        if not data:
            raise EOFError
        self._received += data
        return True
