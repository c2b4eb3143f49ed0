"""Messages between a build and its workers: JSON, each behind its length in four bytes."""

from typing import IO, Any

import orjson

_LENGTH_BYTES = 4


def write_frame(stream: IO[bytes], message: dict[str, Any]) -> None:
    """Send ``message`` and flush."""
    data = orjson.dumps(message)
    stream.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next message, or None when the other side is gone (also in the middle of a message)."""
    head = stream.read(_LENGTH_BYTES)
    length = int.from_bytes(head, "big")
    data = stream.read(length)
    if len(head) < _LENGTH_BYTES or len(data) < length:
        return None
    message: dict[str, Any] = orjson.loads(data)
    return message
