"""The collection of data keys: what seals each tenant's fields, itself wrapped by a master key kept elsewhere.

It belongs to the control database. Its shape is the driver's (MongoDB's specification of client-side encryption, "key
vault collection"); the driver reads and writes it.
"""

from typing import Annotated

from pydantic import Field

from shopwright.database.document import Document, DocumentType, Moment, Query


class DataKey(Document):
    """One data key. ``names`` are the tenants it belongs to: one, or more where one was restored from another."""

    id: bytes
    names: Annotated[tuple[str, ...], Field(alias="keyAltNames", min_length=1)]
    material: Annotated[bytes, Field(alias="keyMaterial")]
    """Wrapped."""

    made: Annotated[Moment, Field(alias="creationDate")]
    wrapped: Annotated[Moment, Field(alias="updateDate")]
    status: int
    master: Annotated[dict[str, str | bool], Field(alias="masterKey")]
    """Who wrapped it: ``provider``, and which of the provider's keys."""


OF_TENANT = Query("of_tenant", ("names",), unique=True)

DATA_KEYS = DocumentType("data_keys", DataKey, (OF_TENANT,))
