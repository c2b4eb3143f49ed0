"""Invalidations of Amazon CloudFront (API of 2020-05-31, CreateInvalidation)."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import quote
from xml.sax.saxutils import escape

from shopwright.settings import Aws
from shopwright.storage.purge.api import ApiRequest, send
from shopwright.storage.purge.changes import Changes
from shopwright.storage.purge.signature import signed_headers

MOST_PATHS = 3_000
"""Of one invalidation: as many as may be in progress at once. More wait for the ones before."""

_BUSY = b"TooManyInvalidationsInProgress"
_NAMESPACE = "http://cloudfront.amazonaws.com/doc/2020-05-31/"
_SCOPE = ("us-east-1", "cloudfront")


@dataclass(frozen=True, slots=True)
class CloudFront:
    """A distribution, by its id."""

    distribution: str
    aws: Aws

    def purge(self, changes: Changes) -> int:
        """Invalidate what changed; returns how many requests that took. Raises ``StorageError``."""
        paths = ("/*",) if changes.everything else changes.addresses
        batches = [paths[start : start + MOST_PATHS] for start in range(0, len(paths), MOST_PATHS)]
        for number, batch in enumerate(batches):
            self._invalidate(batch, f"{changes.label}-{number}")
        return len(batches)

    def _invalidate(self, paths: tuple[str, ...], reference: str) -> None:
        """One invalidation; the reference makes a second try of the same one harmless."""
        items = "".join(f"<Path>{escape(path)}</Path>" for path in paths)
        body = (
            f'<InvalidationBatch xmlns="{_NAMESPACE}"><CallerReference>{escape(reference)}</CallerReference>'
            f"<Paths><Items>{items}</Items><Quantity>{len(paths)}</Quantity></Paths></InvalidationBatch>"
        ).encode()
        url = f"{self.aws.cloudfront_endpoint}/2020-05-31/distribution/{quote(self.distribution, safe='')}/invalidation"

        def headers() -> dict[str, str]:
            return signed_headers(url, body, self.aws, dt.datetime.now(dt.UTC), _SCOPE)

        send(ApiRequest(url, body, headers), again=_BUSY)
