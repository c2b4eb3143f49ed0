"""Generations of stores: asked for, followed while they go on, cancelled, asked for again."""

import asyncio
import datetime as dt
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Annotated

import orjson
from fastapi import Depends, Header, Path, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from shopwright.access.actions import Action
from shopwright.api.bounds import Bounds, bounded
from shopwright.api.cursors import Cursor, Limit, read_cursor, write_cursor
from shopwright.api.entering import Enter
from shopwright.api.given import GivenJobs
from shopwright.api.route import router
from shopwright.api.wire import Listing, Wire, example
from shopwright.bootstrap.inside import Inside
from shopwright.bootstrap.jobs import Job, Jobs
from shopwright.ending import end_task
from shopwright.errors import ShopwrightError
from shopwright.jobs.documents import Cause, JobEvent, Order, Reason, State

routes = router("jobs")
EVENT_STREAM = "text/event-stream"
STREAM_SECONDS = 300.0
"""Of a stream of events; a browser asks again by itself, with the number of the last one, and is judged anew."""

BEAT_SECONDS = 15.0
"""After which a stream says that it is still there."""

_ID = re.compile(r"[0-9a-f]{32}")

Reads = Annotated[Inside, Depends(Enter(Action.JOB_READ), scope="function")]
Follows = Annotated[Inside, Depends(Enter(Action.JOB_READ), scope="request")]
Starts = Annotated[Inside, Depends(Enter(Action.JOB_START), scope="function")]
Id = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="Id of the job.", examples=["0" * 32])]
LastEvent = Annotated[str | None, Header(alias="Last-Event-ID", pattern=r"^[0-9]{1,15}$")]


class ShownJob(Wire):
    """A generation of a store. ``release`` is what it published, ``report`` what came of it, once it is over."""

    model_config = Wire.model_config | example(
        id="0" * 32,
        store="shop",
        order={"store": "shop"},
        cause="request",
        by="5f1c",
        state="queued",
        cancelling=False,
        attempts=0,
        asked="2026-11-23T12:00:00Z",
        ended=None,
        revision=None,
        release=None,
        reason=None,
        events=[],
        report=None,
    )

    id: str
    store: str
    order: Order
    cause: Cause
    by: str
    state: State
    cancelling: bool
    attempts: int
    asked: dt.datetime
    ended: dt.datetime | None
    revision: int | None
    release: str | None
    reason: Reason | None
    events: list[JobEvent]
    report: dict[str, object] | None


class Wanted(Order):
    """A generation that is asked for."""

    model_config = Order.model_config | example(store="shop", site_url="https://shop.example.org")

    store: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=150)]


@routes.post("/tenants/{tenant}/jobs", status_code=202)
async def start_job(given: Wanted, inside: Starts, jobs: GivenJobs, response: Response) -> ShownJob:
    """Ask for a store to be built and published. What is asked for while one waits is folded into that one."""
    job = await jobs.submit(inside, Order(**given.model_dump()))
    response.headers["Location"] = f"/v1/tenants/{inside.tenant}/jobs/{job.id}"
    return shown(job)


@routes.get("/tenants/{tenant}/jobs")
async def list_jobs(inside: Reads, jobs: GivenJobs, limit: Limit = 50, after: Cursor = "") -> Listing[ShownJob]:
    """Jobs of all stores, the newest first."""
    found = await jobs.list(inside, read_cursor("jobs", after, _ID), limit + 1)
    more = write_cursor("jobs", found[limit - 1].id) if len(found) > limit else None
    return Listing(items=[shown(job) for job in found[:limit]], next=more)


@routes.get("/tenants/{tenant}/jobs/{job}")
async def get_job(job: Id, inside: Reads, jobs: GivenJobs) -> ShownJob:
    """A job, with its events and its report."""
    return shown(await jobs.get(inside, job))


@routes.post("/tenants/{tenant}/jobs/{job}/cancellation", status_code=202)
async def cancel_job(job: Id, inside: Starts, jobs: GivenJobs) -> ShownJob:
    """Let a job not be done: one that waits at once, one at work within seconds."""
    return shown(await jobs.cancel(inside, job))


@routes.post("/tenants/{tenant}/jobs/{job}/retry", status_code=202)
async def retry_job(job: Id, inside: Starts, jobs: GivenJobs) -> ShownJob:
    """Ask again for a job that failed or was cancelled."""
    return shown(await jobs.retry(inside, job))


@routes.get(
    "/tenants/{tenant}/jobs/{job}/events",
    response_class=StreamingResponse,
    responses={200: {"content": {EVENT_STREAM: {"schema": {"type": "string"}}}}},
)
@bounded(Bounds(gives=(EVENT_STREAM,)))
async def follow_job(request: Request, job: Id, inside: Follows, jobs: GivenJobs, last: LastEvent = None) -> Response:
    """What happens to a job, as server-sent events until it is over; after a break it goes on where it was."""
    await jobs.get(inside, job)
    stream = _stream(request, jobs, inside, job, int(last or 0))
    return StreamingResponse(stream, media_type=EVENT_STREAM, headers={"X-Accel-Buffering": "no"})


def shown(job: Job) -> ShownJob:
    """A job as answers show it."""
    told = {name: getattr(job, name) for name in ShownJob.model_fields if name not in ("report", "events")}
    return ShownJob(**told, events=list(job.events), report=orjson.loads(job.report) if job.report else None)


async def _stream(request: Request, jobs: Jobs, inside: Inside, job: str, after: int) -> AsyncIterator[bytes]:
    """Events as they come, and a sign of life between them: who went away is not written to any longer."""
    ends = asyncio.get_running_loop().time() + STREAM_SECONDS
    async with aclosing(_events(jobs, inside, job, after)) as events:
        coming = asyncio.ensure_future(anext(events, b""))
        try:
            while asyncio.get_running_loop().time() < ends and not await request.is_disconnected():
                await asyncio.wait({coming}, timeout=BEAT_SECONDS)
                if not coming.done():
                    yield b": still there\n\n"
                    continue
                piece = coming.result()
                if not piece:
                    return
                yield piece
                coming = asyncio.ensure_future(anext(events, b""))
        finally:
            await end_task(coming)


async def _events(jobs: Jobs, inside: Inside, job: str, after: int) -> AsyncGenerator[bytes, None]:
    try:
        async for event in jobs.events(inside, job, after):
            yield _framed(event)
    except ShopwrightError:
        return  # the answer has begun: who asks again is told why


def _framed(event: JobEvent) -> bytes:
    """An event as the stream carries it (HTML, 9.2.5)."""
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (
        event.number,
        event.state.encode(),
        event.model_dump_json().encode(),
    )
