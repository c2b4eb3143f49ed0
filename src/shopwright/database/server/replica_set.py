"""Making a started server the one member of its replica set, with one user."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pymongo import MongoClient
from pymongo.errors import ConnectionFailure, NotPrimaryError, OperationFailure

from shopwright.database.server.folder import HOST, REPLICA_SET, USER, Access
from shopwright.errors import DatabaseUnavailable

_UNAUTHORIZED = 13
_NOT_YET = 94  # NotYetInitialized
_PAUSE = 0.02

Client = MongoClient[dict[str, Any]]


def become_primary(access: Access, seconds: float, is_alive: Callable[[], bool]) -> None:
    """Bring the server at ``access.port`` to where it takes writes from our user.

    Every step may have been done by an earlier start that was cut short; none is repeated.
    Raises ``DatabaseUnavailable`` when it takes longer than ``seconds`` or the server ends.
    """
    deadline = time.monotonic() + seconds
    with _client(access.port) as stranger:
        _until(lambda: _answers(stranger), deadline, is_alive)
        if not _initiated(stranger, access.port):
            _until(lambda: _has_address(access), deadline, is_alive)
        _until(lambda: _is_primary(stranger), deadline, is_alive)
        with suppress(OperationFailure):  # refused when there is a user already: then only that user may make others
            stranger.admin.command("createUser", USER, pwd=access.password, roles=["root"], mechanisms=_MECHANISMS)
    with _client(access.port, access.password) as client:
        client.admin.command("ping")


_MECHANISMS = ["SCRAM-SHA-256"]


def _client(port: int, password: str | None = None) -> Client:
    user = USER if password else None
    return MongoClient(
        HOST, port, directConnection=True, serverSelectionTimeoutMS=500, username=user, password=password
    )


def _answers(client: Client) -> bool:
    try:
        return bool(client.admin.command("ping"))
    except ConnectionFailure:
        return False


def _is_primary(client: Client) -> bool:
    try:
        return bool(client.admin.command("hello")["isWritablePrimary"])
    except (ConnectionFailure, NotPrimaryError):
        return False


def _initiated(client: Client, port: int) -> bool:
    """Begin the replica set; false if it has a user, so that strangers are refused (MongoDB's localhost exception)."""
    try:
        client.admin.command("replSetInitiate", _members(port))
    except OperationFailure as error:
        return error.code != _UNAUTHORIZED
    return True


def _has_address(access: Access) -> bool:
    """Tell the replica set its only member's port, where it is another than last time; false: it is not up to that yet.

    It first looks for itself at the old port, and whoever has that now may keep it waiting.
    """
    with _client(access.port, access.password) as client:
        try:
            config = client.admin.command("replSetGetConfig")["config"]
            if config["members"][0]["host"] != f"{HOST}:{access.port}":
                config["members"][0]["host"] = f"{HOST}:{access.port}"
                client.admin.command("replSetReconfig", config | {"version": config["version"] + 1}, force=True)
        except OperationFailure as error:
            if error.code != _NOT_YET:
                raise
            return False
    return True


def _members(port: int) -> dict[str, Any]:
    return {"_id": REPLICA_SET, "members": [{"_id": 0, "host": f"{HOST}:{port}"}]}


def _until(done: Callable[[], bool], deadline: float, is_alive: Callable[[], bool]) -> None:
    while not done():
        if not is_alive():
            raise DatabaseUnavailable("The private MongoDB server ended while it was starting")
        if time.monotonic() > deadline:
            raise DatabaseUnavailable("The private MongoDB server was not ready in time")
        time.sleep(_PAUSE)
