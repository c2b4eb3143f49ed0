"""The caller's side of a worker's socket, in an event loop: one question at a time."""

import asyncio

from shopwright.template_engine.confinement.messages import AnswerRefused, take_answer
from shopwright.template_engine.confinement.spawn import Worker


class Line(asyncio.Protocol):
    """Frames to and from one worker."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._answer: asyncio.Future[bytes] | None = None

    @classmethod
    async def to(cls, worker: Worker) -> "Line":
        """The line to a worker."""
        _, line = await asyncio.get_running_loop().create_connection(cls, sock=worker.socket)
        return line

    def ask(self, data: bytes) -> None:
        """Send a frame. Raises ``EOFError`` when the worker is gone."""
        if self._transport is None:
            raise EOFError
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(data)

    async def answer(self, seconds: float) -> bytes | None:
        """The answer, or None when there is none in time; one that has come is taken even if it is late.

        Raises ``EOFError`` when the worker is gone, ``AnswerRefused`` when it sends too much.
        """
        assert self._answer is not None  # noqa: S101 - it was asked
        done, _ = await asyncio.wait({self._answer}, timeout=seconds)
        return self._answer.result() if done else None

    def close(self) -> None:
        """Hang up; nobody waits for an answer any more."""
        if self._answer is not None:
            self._answer.cancel()
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - a stream socket has one of these
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        self._received += data
        try:
            if self._answer is None or self._answer.done():
                raise AnswerRefused("an answer nobody asked for")  # noqa: TRY301 - both ends are told below
            whole = take_answer(self._received)
        except AnswerRefused as error:
            self._fail(error)
            self.close()
        else:
            if whole is not None:
                self._answer.set_result(whole)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's own signature
        """Called by the loop."""
        self._transport = None
        self._fail(EOFError())

    def _fail(self, error: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)
