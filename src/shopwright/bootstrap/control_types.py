"""Every kind of document the control database holds, which belongs to no tenant, and every change made to them."""

from typing import Any

from shopwright.access.documents import PEOPLE
from shopwright.audit.documents import AUDIT
from shopwright.database.document import DocumentType
from shopwright.database.encryption.data_keys import DATA_KEYS
from shopwright.database.fence import FENCES
from shopwright.database.idempotency import OPERATIONS
from shopwright.database.lease_queue import LEASES
from shopwright.database.migrations.migration import Migration
from shopwright.multi_tenant.documents import TENANTS
from shopwright.multi_tenant.domains.documents import CLAIMS, DOMAINS
from shopwright.multi_tenant.quotas.documents import ALLOWANCES

CONTROL_TYPES: tuple[DocumentType[Any], ...] = (
    *(TENANTS, ALLOWANCES, CLAIMS, DOMAINS, DATA_KEYS, LEASES, FENCES, OPERATIONS),
    *PEOPLE,
    AUDIT,
)
"""A room that declares another adds it here; ``docs/reference/database.md`` lists them."""

CONTROL_MIGRATIONS: tuple[Migration, ...] = ()
"""In the order of their numbers; a released one is never edited."""
