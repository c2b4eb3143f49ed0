"""What is kept of a job: work on a store that somebody asked for once and some process does."""

from typing import Annotated, Literal

from pydantic import Field

from shopwright.database.document import Document, DocumentType, Moment, Query, Reference

MOST_TEXT = 65_536
"""Characters of JSON that say what a job is to do, or what came of it."""

State = Literal["queued", "running", "done", "failed"]
"""Where a job is: ``queued`` until somebody works on it, ``running`` while somebody does, then over."""

StoreHandle = Annotated[str, Field(min_length=1, max_length=150)]
JobId = Annotated[str, Field(min_length=3, max_length=300)]
"""Store and key: ``luna/publish-2026-11-23``."""
Word = Annotated[str, Field(min_length=1, max_length=100)]
Count = Annotated[int, Field(ge=0, lt=2**53)]
Json = Annotated[str, Field(max_length=MOST_TEXT)]
Line = Annotated[str, Field(max_length=2_000)]


class JobDocument(Document):
    """A job. Its id holds the key under which it was asked for: asking again is the same job.

    ``due`` is when somebody may take it: while it is queued the time it was put off to, while it runs the end of its
    worker's lease. ``attempts`` counts how often it was taken and is the fencing token of who took it last; ``open``
    says that it is not over. ``work`` and ``result`` are JSON.
    """

    id: JobId
    store: StoreHandle
    kind: Word
    work: Json
    state: State
    open: bool
    due: Moment
    attempts: Count
    most_attempts: Annotated[int, Field(ge=1, le=1_000)]
    worker: Line
    done: Count
    of: Count
    note: Line
    result: Json
    error: Line
    release: Annotated[str, Field(max_length=200)] | None
    asked: Moment
    ended: Moment | None


DUE = Query("due", equality=("store", "open"), sort=("due",))
NEWEST = Query("newest", equality=("store",), sort=("-asked", "-id"))
OF_RELEASE = Query("of_release", equality=("store", "release"))

JOBS = DocumentType(
    "jobs",
    JobDocument,
    queries=(DUE, NEWEST, OF_RELEASE),
    references=(Reference("store", "stores", "cascade"), Reference("release", "releases", "detach", within=("store",))),
)
