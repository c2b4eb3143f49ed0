"""From state to state: which may follow which, and what of a job changes then. Values only; who writes them compares.

::

    queued ──> running ──> audited ──> published
      │ ^         │           │
      │ └─────────┴───────────┤        put off, or tried again after an error
      └───────> cancelled <───┤
                failed <──────┘        cancelled, failed ──> queued: somebody asks for it again
"""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from shopwright.errors import JobError, ShopwrightError
from shopwright.jobs.documents import MOST_EVENTS, JobDocument, JobEvent, Order, Reason, State

Changes = dict[str, object]

PERMITTED: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        "queued": frozenset({"running", "cancelled", "failed"}),
        "running": frozenset({"running", "audited", "queued", "cancelled", "failed"}),
        "audited": frozenset({"published", "running", "queued", "cancelled", "failed"}),
        "published": frozenset(),
        "failed": frozenset({"queued"}),
        "cancelled": frozenset({"queued"}),
    }
)
"""From a state to those that may follow. ``running`` follows itself and ``audited`` when a worker was lost."""

OVER: frozenset[State] = frozenset({"published", "failed", "cancelled"})

WORKED_ON: frozenset[State] = frozenset({"running", "audited"})

_LONGEST_PAUSE = 600.0


def moved(job: JobDocument, state: State, at: dt.datetime, note: str = "") -> Changes:
    """What changes with a new state: the state itself, its slot, and an event. Raises ``JobError``."""
    if state not in PERMITTED[job.state]:
        raise JobError(f"A job that is {job.state} cannot become {state}", where=job.id)
    changes = _told(job, JobEvent(number=job.last + 1, at=at, state=state, note=note[:2_000]))
    over = state in OVER
    slot = job.id if over else "queued" if state == "queued" else "running"
    changes |= {"state": state, "slot": slot, "open": not over, "ended": at if over else None}
    return changes


def progressed(job: JobDocument, at: dt.datetime, stage: str, done: int) -> Changes:
    """What changes when some pieces of a stage are done."""
    return _told(job, JobEvent(number=job.last + 1, at=at, state=job.state, stage=stage[:100], done=done))


def noted(job: JobDocument, at: dt.datetime, note: str) -> Changes:
    """What changes when something is said of a job that stays in its state."""
    return _told(job, JobEvent(number=job.last + 1, at=at, state=job.state, note=note[:2_000]))


def folded(waiting: Order, later: Order) -> Order:
    """One order for two of a store, of which the first has not begun: the later one's, but never an older revision."""
    if waiting.revision is None or later.revision is None:
        return later.model_copy(update={"revision": None})
    return later.model_copy(update={"revision": max(waiting.revision, later.revision)})


def reason_of(error: ShopwrightError) -> Reason:
    """An error as it is kept."""
    what, where, remedy = (text[:2_000] for text in (error.what, error.where, error.remedy))
    return Reason(error=type(error).__name__, what=what, where=where, remedy=remedy)


def pause_after(attempts: int) -> float:
    """Seconds until the next attempt: twice as long each time, ten minutes at most."""
    return min(2.0 ** (attempts - 1), _LONGEST_PAUSE)


def _told(job: JobDocument, event: JobEvent) -> Changes:
    return {"last": event.number, "events": _bounded((*job.events, event))}


def _bounded(events: tuple[JobEvent, ...]) -> tuple[JobEvent, ...]:
    """Without the oldest, of progress first: what became of a job is told longest."""
    if len(events) <= MOST_EVENTS:
        return events
    oldest = next((at for at, event in enumerate(events[:-1]) if event.stage), 0)
    return events[:oldest] + events[oldest + 1 :]
