"""Writing down the commands that are sent, in a form the server can explain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

_EXPLAINED = {"find", "aggregate", "count", "distinct", "findAndModify", "update", "delete"}
_ENVELOPE = {
    *("lsid", "txnNumber", "$db", "$clusterTime", "$readPreference", "readConcern", "writeConcern", "autocommit"),
    *("startTransaction", "maxTimeMS", "apiVersion"),
}
"""How a command travels: an explanation is asked for outside its session and transaction."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A command that looks for documents."""

    database: str
    command: Mapping[str, Any]
    """The first key names it, its value the collection."""

    @property
    def name(self) -> str:
        """Such as ``find products``."""
        kind, collection = next(iter(self.command.items()))
        return f"{kind} {collection}"


class Recorder(CommandListener):
    """A listener for ``open_cluster`` that keeps the commands sent since the last ``taken``."""

    def __init__(self) -> None:
        self._asked: list[Asked] = []

    def taken(self) -> list[Asked]:
        """What was recorded; recording starts anew."""
        asked, self._asked = self._asked, []
        return asked

    def started(self, event: CommandStartedEvent) -> None:
        """Called by the driver for each command."""
        if event.command_name in _EXPLAINED:
            command = {key: value for key, value in event.command.items() if key not in _ENVELOPE}
            self._asked += [Asked(event.database_name, one) for one in _single(command)]

    def succeeded(self, event: CommandSucceededEvent) -> None:
        """Of no interest."""

    def failed(self, event: CommandFailedEvent) -> None:
        """Of no interest."""


def _single(command: dict[str, Any]) -> list[dict[str, Any]]:
    """The server explains one change at a time."""
    several = next((key for key in ("updates", "deletes") if key in command), None)
    return [{**command, several: [one]} for one in command[several]] if several else [command]
