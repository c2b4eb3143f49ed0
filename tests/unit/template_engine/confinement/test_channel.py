import socket
import threading
import time

import pytest

from shopwright.template_engine.confinement.bounds import MAX_ANSWER
from shopwright.template_engine.confinement.channel import Channel
from shopwright.template_engine.confinement.messages import AnswerRefused


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours), theirs


def soon():
    return time.monotonic() + 20


def framed(data):
    return len(data).to_bytes(4, "big") + data


def test_frames_go_and_come(ends):
    channel, worker = ends
    channel.send(b"question")
    assert worker.recv(100) == b"question"
    worker.sendall(framed(b"one") + framed(b"two")[:5])
    assert channel.receive(soon()) == b"one"
    worker.sendall(framed(b"two")[5:])
    assert channel.receive(soon()) == b"two"


def test_an_answer_that_does_not_come_in_time(ends):
    channel, _ = ends
    assert channel.receive(time.monotonic() + 0.01) is None


def test_an_answer_that_is_there_is_never_too_late(ends):
    channel, worker = ends
    worker.sendall(framed(b"answer"))
    assert channel.receive(time.monotonic() - 100) == b"answer"


def test_neither_side_waits_for_the_other_to_read(ends):
    """Both have more to say than the socket holds."""
    channel, worker = ends
    large = b"x" * (4 << 20)

    def talk():
        worker.sendall(framed(large))
        left = len(large)
        while left:
            left -= len(worker.recv(1 << 16))
        worker.sendall(framed(b"heard"))

    talking = threading.Thread(target=talk)
    talking.start()
    channel.send(large)
    assert channel.receive(soon()) == large
    assert channel.receive(soon()) == b"heard"
    talking.join()


def test_a_worker_that_is_gone(ends):
    channel, worker = ends
    worker.close()
    with pytest.raises(EOFError):
        channel.receive(soon())
    with pytest.raises(OSError, match="Broken pipe"):
        channel.send(b"x")


def test_an_answer_past_the_bound(ends):
    channel, worker = ends
    worker.sendall((MAX_ANSWER + 1).to_bytes(4, "big"))
    with pytest.raises(AnswerRefused):
        channel.receive(soon())
