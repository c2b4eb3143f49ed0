"""A small file at an address that somebody else named: by the guarded network, without redirects, within bounds."""

from http import HTTPStatus

import httpcore

from shopwright.asset_pipeline.network import Deadline, GuardedNetwork
from shopwright.errors import PictureError

SECONDS = 5.0
_TROUBLES = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)


def fetch_small(address: str, most: int, *, allow_private: bool = False) -> bytes:
    """The first ``most`` bytes of what an http address answers with status 200; nothing where it does not.

    Addresses of private networks are not asked unless ``allow_private``.
    """
    deadline = Deadline()
    deadline.start(SECONDS)
    network = GuardedNetwork(deadline, allow_private=allow_private)
    wait = {"timeout": dict.fromkeys(("connect", "read", "write"), SECONDS)}
    try:
        with (
            httpcore.ConnectionPool(network_backend=network) as pool,
            pool.stream("GET", address, headers=[("Connection", "close")], extensions=wait) as answer,
        ):
            return _beginning(answer, most) if answer.status == HTTPStatus.OK else b""
    except (PictureError, OSError, ValueError, *_TROUBLES):
        return b""


def _beginning(answer: httpcore.Response, most: int) -> bytes:
    found = b""
    for chunk in answer.iter_stream():
        found += chunk[: most - len(found)]
        if len(found) >= most:
            break
    return found
