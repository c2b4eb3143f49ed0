"""What the control database knows of domains: who says that one is theirs, and who has proved it."""

from typing import Annotated

from pydantic import Field

from shopwright.database.document import Document, DocumentType, Moment, Query
from shopwright.multi_tenant.documents import Handle

DomainName = Annotated[str, Field(min_length=4, max_length=253, pattern=r"^[a-z0-9.-]+$")]
StoreHandle = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=150)]
ProofText = Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")]


class ClaimDocument(Document):
    """A tenant says that a domain is theirs; the id is both, so that nobody's claim is in another's way.

    ``serves`` is the store that stands there, ``token`` what is to be found at the domain; it is no secret.
    """

    id: Annotated[str, Field(max_length=310)]
    tenant: Handle
    domain: DomainName
    serves: StoreHandle
    token: ProofText
    claimed: Moment


class DomainDocument(Document):
    """A domain, the id, that was proved by one tenant, last at ``proved``: so there is one tenant of it."""

    id: DomainName
    tenant: Handle
    serves: StoreHandle
    token: ProofText
    proved: Moment


CLAIMS_OF = Query("of_tenant", ("tenant",), sort=("domain",))
DOMAINS_OF = Query("of_tenant", ("tenant",), sort=("id",))
IN_ORDER = Query("in_order", sort=("id",))

CLAIMS = DocumentType("domain_claims", ClaimDocument, (CLAIMS_OF,))
DOMAINS = DocumentType("domains", DomainDocument, (DOMAINS_OF, IN_ORDER))
"""In the control database only."""
