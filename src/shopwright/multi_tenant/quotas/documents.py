"""What the control database knows of a tenant's quotas besides the plan: limits of its own."""

from typing import Annotated

from pydantic import Field

from shopwright.database.document import Document, DocumentType, Part
from shopwright.multi_tenant.documents import Handle
from shopwright.multi_tenant.quotas.quota import Quota


class LimitPart(Part):
    """A limit that is not the plan's."""

    quota: Annotated[str, Field(pattern=r"^[a-z]{1,40}$")]
    most: Annotated[int, Field(ge=0, lt=2**53)]


class AllowanceDocument(Document):
    """A tenant's own limits, by its handle."""

    id: Handle
    limits: Annotated[tuple[LimitPart, ...], Field(max_length=len(Quota))]


ALLOWANCES = DocumentType("allowances", AllowanceDocument)
"""In the control database only: no tenant's connection can raise its own limits."""
