"""What of a tenant goes into its archive, and what comes back out of one: said for every kind of document.

A kind that stands nowhere here fails a test, so nothing that is added later is forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shopwright.access.documents import CEREMONIES, LINKS, SERVICE_KEYS, SESSIONS, TRIES, USERS
from shopwright.audit.documents import AUDIT
from shopwright.catalog.documents import COLLECTIONS, PICTURES, PRODUCTS, REVISIONS, SETTINGS, STORES
from shopwright.catalog.review_documents import REVIEWS
from shopwright.database.document import DocumentType
from shopwright.database.fence import FENCES
from shopwright.database.holders import HOLDERS
from shopwright.database.idempotency import OPERATIONS
from shopwright.database.lease_queue import LEASES
from shopwright.database.references.locks import LOCKS
from shopwright.database.windows import WINDOWS
from shopwright.generation.documents import LIVE, RELEASES
from shopwright.jobs.documents import JOBS
from shopwright.ml_integration.documents import EXPERIMENTS
from shopwright.multi_tenant.customisation.documents import FILES, LOOKS


@dataclass(frozen=True, slots=True)
class Lines:
    """A kind that is exported as lines of JSON, with some fields only or (empty) with all.

    ``returns``: an import brings them back; else they are a record of what was, which belongs to the old tenant.
    """

    kind: DocumentType[Any]
    fields: tuple[str, ...] = ()
    returns: bool = False

    @property
    def file(self) -> str:
        """Its name in the archive."""
        return f"documents/{self.kind.name}.jsonl"


LINES: tuple[Lines, ...] = (
    Lines(REVIEWS, returns=True),
    Lines(EXPERIMENTS, returns=True),
    Lines(REVISIONS),
    Lines(RELEASES),
    Lines(LIVE),
    Lines(JOBS),
    Lines(USERS, ("id", "email", "name", "role", "status", "created")),
    Lines(SERVICE_KEYS, ("id", "name", "maker", "scopes", "created", "ends", "used")),
)
"""In the order in which they are brought back."""

USERS_FILE = f"documents/{USERS.name}.jsonl"
"""People are not brought back, but invited."""

IN_STORES: tuple[DocumentType[Any], ...] = (STORES, SETTINGS, COLLECTIONS, PICTURES, PRODUCTS)
"""Kinds whose newest state is in the store folders."""

AS_LOOK: tuple[DocumentType[Any], ...] = (LOOKS, FILES)
"""Kinds that are exported as files of the brand and folders of themes; given anew, they are checked."""

AS_TRAIL: tuple[DocumentType[Any], ...] = (AUDIT,)

LEFT_OUT: Mapping[DocumentType[Any], str] = {
    SESSIONS: "signs somebody in",
    LINKS: "lets somebody in",
    CEREMONIES: "is half a sign-in",
    TRIES: "counts failed sign-ins for minutes",
    LEASES: "says who is at work now",
    FENCES: "says who is at work now",
    OPERATIONS: "tells repeated requests of a day apart",
    LOCKS: "says who is at work now",
    HOLDERS: "says who is at work now",
    WINDOWS: "counts use of this minute and day",
}
"""What is secret, or of the moment, and why."""
