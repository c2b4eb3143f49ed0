"""What a tenant's database holds of its audit trail: one document for each event, only ever added."""

from typing import Annotated

from pydantic import Field

from shopwright.audit.chain import MAX_LINE_BYTES
from shopwright.audit.forms import LONGEST
from shopwright.database.document import Document, DocumentType, Moment, Query

Sequence = Annotated[int, Field(ge=1, lt=2**53)]
Name = Annotated[str, Field(max_length=LONGEST)]


class AuditDocument(Document):
    """An event by its number in the chain, counted from 1.

    ``line`` is the event as it is hashed and exported (``audit/chain.py``); what else stands here says the same again,
    to be searched by.
    """

    id: Sequence
    at: Moment
    action: Name
    outcome: Name
    actor: Name
    target: Name
    line: Annotated[str, Field(max_length=MAX_LINE_BYTES)]


IN_ORDER = Query("in_order", sort=("id",))
NEWEST = Query("newest", sort=("-id",))
BEHIND = Query("behind", sort=("id",), range=("id",))
IN_TIME = Query("in_time", sort=("-at", "-id"), range=("at",))
BY_ACTOR = Query("by_actor", ("actor",), sort=("-at", "-id"), range=("at",))
BY_ACTION = Query("by_action", ("action",), sort=("-at", "-id"), range=("at",))
BY_TARGET = Query("by_target", ("target",), sort=("-at", "-id"), range=("at",))

AUDIT = DocumentType(
    "audit",
    AuditDocument,
    (IN_ORDER, NEWEST, BEHIND, IN_TIME, BY_ACTOR, BY_ACTION, BY_TARGET),
    append_only=True,
)
