"""Every kind of document a tenant's database holds, and every change made to those that were stored before."""

from typing import Any

from shopwright.access.documents import PEOPLE
from shopwright.audit.documents import AUDIT
from shopwright.catalog.documents import COLLECTIONS, PICTURES, PRODUCTS, REVISIONS, SETTINGS, STORES
from shopwright.catalog.review_documents import REVIEWS
from shopwright.database.document import DocumentType
from shopwright.database.fence import FENCES
from shopwright.database.holders import HOLDERS
from shopwright.database.idempotency import OPERATIONS
from shopwright.database.lease_queue import LEASES
from shopwright.database.migrations.migration import Migration
from shopwright.database.references.graph import ReferenceGraph
from shopwright.database.references.locks import LOCKS
from shopwright.database.windows import WINDOWS
from shopwright.generation.documents import LIVE, RELEASES
from shopwright.jobs.documents import JOBS
from shopwright.ml_integration.documents import EXPERIMENTS
from shopwright.multi_tenant.customisation.documents import FILES, LOOKS

DOCUMENT_TYPES: tuple[DocumentType[Any], ...] = (
    *(STORES, SETTINGS, COLLECTIONS, PICTURES, PRODUCTS, REVISIONS, REVIEWS),
    *(RELEASES, LIVE, JOBS, EXPERIMENTS),
    *(LEASES, FENCES, OPERATIONS, LOCKS, WINDOWS, HOLDERS),
    *(LOOKS, FILES),
    *PEOPLE,
    AUDIT,
)
"""A room that declares another adds it here; ``docs/reference/database.md`` lists them."""

GRAPH = ReferenceGraph(DOCUMENT_TYPES)
"""What names what (``docs/reference/references.md``)."""


MIGRATIONS: tuple[Migration, ...] = ()
"""In the order of their numbers; a released one is never edited."""
