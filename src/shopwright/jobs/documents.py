"""What is kept of a job: the generation of a store that somebody asked for once and some process does.

Nothing personal stands here, so nothing is sealed: who asked is an id, what is asked for are settings of a build.
"""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from shopwright.database.document import Document, DocumentType, Moment, Part, Query, Reference

MOST_REPORT = 65_536
"""Characters of JSON that say what came of a job."""

MOST_EVENTS = 64
"""Of a job that are kept: the newest."""

BLOCKED = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
"""Due of a job that waits for another one of its store to end."""

State = Literal["queued", "running", "audited", "published", "failed", "cancelled"]
"""Where a job is; ``jobs/transitions.py`` says which follows which."""

Cause = Literal["request", "change", "schedule"]
"""Somebody asked for it, the catalogue changed, or its time came."""

StoreHandle = Annotated[str, Field(min_length=1, max_length=150)]
JobId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Count = Annotated[int, Field(ge=0, lt=2**53)]
Line = Annotated[str, Field(max_length=2_000)]
Word = Annotated[str, Field(max_length=100)]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class Order(Part):
    """What is asked for: a store built and published.

    ``revision`` of its catalogue, null for the newest when the build begins; ``site_url`` the address it will have,
    empty for that of its ``store.yaml``; ``date`` the day whose prices hold, null for the day of the build;
    ``pictures`` and ``complete`` as options of ``shopwright build``.
    """

    store: StoreHandle
    revision: Count | None = None
    site_url: Annotated[str, Field(max_length=2_000)] = ""
    date: Day | None = None
    pictures: Literal["fetch", "link", "skip"] = "fetch"
    complete: bool = False


class Reason(Part):
    """Why a job failed, was put off or cancelled, as an error says it; ``error`` is the error's name."""

    error: Word
    what: Line
    where: Line = ""
    remedy: Line = ""


class JobEvent(Part):
    """Something that happened to a job, by its number: a new state, or ``done`` pieces of a ``stage`` of its build."""

    number: Count
    at: Moment
    state: State
    stage: Word = ""
    done: Count = 0
    note: Line = ""


class JobDocument(Document):
    """A job.

    ``due`` is when somebody may take it: while it is queued the time it was put off to, while it runs the end of its
    worker's lease. ``slot`` is ``queued`` or ``running`` while it is that, then its id: no two of a store share one.
    ``attempts`` counts the attempts that were used up; ``taken`` how often a worker took it, which never goes down:
    with ``last``, the number of its newest event, it proves whose the job is. ``revision`` is that of the catalogue its
    build read; ``report`` is JSON (``Built.as_json``, its faults counted); ``release`` the id of the release document
    it made, ``ledger`` the SHA-256 of the ledger it left; ``begun`` when the last attempt read the catalogue. ``trace``
    is the ``traceparent`` of the request that asked for it, empty where nobody traces.
    """

    id: JobId
    store: StoreHandle
    order: Order
    cause: Cause
    by: Annotated[str, Field(max_length=200)]
    state: State
    slot: Annotated[str, Field(max_length=32)]
    open: bool
    due: Moment
    attempts: Count
    taken: Count
    most_attempts: Annotated[int, Field(ge=1, le=100)]
    worker: Annotated[str, Field(max_length=200)]
    cancelling: bool
    last: Count
    events: Annotated[tuple[JobEvent, ...], Field(max_length=MOST_EVENTS)]
    reason: Reason | None
    revision: Count | None
    report: Annotated[str, Field(max_length=MOST_REPORT)]
    release: Annotated[str, Field(max_length=200)] | None
    ledger: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    trace: Annotated[str, Field(pattern=r"^(00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2})?$")] = ""
    asked: Moment
    begun: Moment | None
    ended: Moment | None


DUE = Query("due", equality=("open",), sort=("due",), across_stores=True)
NEWEST = Query("newest", sort=("-asked", "-id"), across_stores=True)
IN_SLOT = Query("in_slot", equality=("store", "slot"), unique=True)
IN_STATE = Query("in_state", equality=("store", "state"), sort=("-asked", "-id"))
OF_RELEASE = Query("of_release", equality=("store", "release"))

JOBS = DocumentType(
    "jobs",
    JobDocument,
    queries=(DUE, NEWEST, IN_SLOT, IN_STATE, OF_RELEASE),
    references=(Reference("store", "stores", "cascade"), Reference("release", "releases", "detach", within=("store",))),
)
