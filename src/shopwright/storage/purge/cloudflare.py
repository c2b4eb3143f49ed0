"""Cache purges of Cloudflare (API v4, ``POST /zones/{id}/purge_cache``)."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import orjson

from shopwright.errors import StorageError
from shopwright.settings import Secret
from shopwright.storage.purge.api import ApiRequest, send
from shopwright.storage.purge.changes import Changes

API = "https://api.cloudflare.com/client/v4"
MOST_FILES = 100
"""Addresses of one request."""


@dataclass(frozen=True, slots=True)
class Cloudflare:
    """A zone, by its id, and the address of the store in it (``https://shop.example``)."""

    zone: str
    token: Secret
    site_url: str
    api: str = API

    def purge(self, changes: Changes) -> int:
        """Purge what changed; returns how many requests that took. Raises ``StorageError``.

        When a rule for many addresses changed, everything below the store's host and path is purged, not the zone.
        """
        parts = urlsplit(self.site_url)
        if changes.everything:
            self._send({"prefixes": [f"{parts.netloc}{parts.path}".rstrip("/")]})
            return 1
        files = [f"{parts.scheme}://{parts.netloc}{address}" for address in changes.addresses]
        batches = [files[start : start + MOST_FILES] for start in range(0, len(files), MOST_FILES)]
        for batch in batches:
            self._send({"files": batch})
        return len(batches)

    def _send(self, asked: dict[str, Any]) -> None:
        headers = {"Authorization": f"Bearer {self.token.text}", "Content-Type": "application/json"}
        url = f"{self.api}/zones/{quote(self.zone, safe='')}/purge_cache"
        answer = send(ApiRequest(url, orjson.dumps(asked), lambda: headers))
        if b'"success":true' not in answer.replace(b" ", b"").replace(b"\n", b""):
            raise StorageError("the CDN did not accept the purge.", where=self.api, remedy="Look at the zone's id.")
