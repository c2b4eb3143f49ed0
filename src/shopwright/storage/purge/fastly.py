"""Purges of Fastly by surrogate key (``POST /service/{id}/purge``)."""

from dataclasses import dataclass
from urllib.parse import quote

import orjson

from shopwright.settings import Secret
from shopwright.storage.purge.api import ApiRequest, send
from shopwright.storage.purge.changes import Changes

API = "https://api.fastly.com"
MOST_KEYS = 256
"""Surrogate keys of one request."""


@dataclass(frozen=True, slots=True)
class Fastly:
    """A service, by its id. Answers must carry ``Surrogate-Key``: Shopwright's server and edge program send it."""

    service: str
    token: Secret
    api: str = API

    def purge(self, changes: Changes) -> int:
        """Purge what changed; returns how many requests that took. Raises ``StorageError``."""
        if changes.everything:
            self._send("purge_all", b"")
            return 1
        batches = [changes.keys[start : start + MOST_KEYS] for start in range(0, len(changes.keys), MOST_KEYS)]
        for batch in batches:
            self._send("purge", orjson.dumps({"surrogate_keys": batch}))
        return len(batches)

    def _send(self, what: str, body: bytes) -> None:
        headers = {"Fastly-Key": self.token.text, "Content-Type": "application/json", "Accept": "application/json"}
        url = f"{self.api}/service/{quote(self.service, safe='')}/{what}"
        send(ApiRequest(url, body, lambda: headers))
