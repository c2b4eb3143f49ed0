"""What the control database knows of each tenant: in which state and in which cell it is, and what is half done.

Nothing personal stands here: a tenant's people are in its own database, sealed with its own key.
"""

from typing import Annotated, Literal

from pydantic import Field

from shopwright.database.document import Document, DocumentType, Moment, Part, Query

State = Literal["creating", "active", "suspended", "deleting", "deleted"]
"""``creating`` and ``deleting`` are unfinished: the same command again finishes them. A ``deleted`` one keeps its
handle for good, so that nobody else's data ever answers to it."""

Operation = Literal["create", "import", "delete", "move"]
"""An ``import`` is a creation that goes on until the contents of an archive are in."""

Handle = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,47}$")]
"""What a tenant is called in tokens, commands and the name of its database. Never changed."""

Title = Annotated[str, Field(min_length=1, max_length=200)]
Word = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{0,62}$")]
"""The name of a cell, a plan, a step."""

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

MOST_STEPS = 32


class Step(Part):
    """A step of an operation that was done, and when."""

    name: Word
    at: Moment


class Journal(Part):
    """An operation that is at work, or was killed: its steps so far.

    ``id`` tells it from any other: whoever goes on with it after a kill goes on with this one. A move goes from the
    cell ``origin`` ``to`` another; ``source`` is the SHA-256 of the archive's manifest that an import reads.
    """

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    operation: Operation
    begun: Moment
    done: Annotated[tuple[Step, ...], Field(max_length=MOST_STEPS)] = ()
    origin: Word | None = None
    to: Word | None = None
    source: Digest | None = None
    frozen: bool = False
    """While a move takes over the last writes, nothing may be changed: for seconds."""

    @property
    def names(self) -> frozenset[str]:
        """The steps that are done."""
        return frozenset(step.name for step in self.done)


class TenantDocument(Document):
    """A tenant. ``changed`` is when anything of this document was changed last.

    ``proof`` is the SHA-256 of the signed report of its deletion.
    """

    id: Handle
    title: Title
    state: State
    cell: Word
    plan: Word
    created: Moment
    changed: Moment
    journal: Journal | None = None
    proof: Digest | None = None


IN_ORDER = Query("in_order", sort=("id",))
IN_STATE = Query("in_state", equality=("state",), sort=("id",))
IN_CELL = Query("in_cell", equality=("cell",), sort=("id",))

TENANTS = DocumentType("tenants", TenantDocument, queries=(IN_ORDER, IN_STATE, IN_CELL))
"""In the control database only."""
