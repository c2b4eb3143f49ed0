"""What the commands on jobs share: how a tenant's jobs are opened, and how a job is told of."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import click
import orjson

from shopwright.bootstrap.broker import open_broker
from shopwright.bootstrap.jobs import Job, Jobs, Unguarded
from shopwright.bootstrap.platform import open_platform
from shopwright.cli.recording import user_name
from shopwright.cli.target import show
from shopwright.job_settings import current_job_settings
from shopwright.jobs.documents import JobEvent
from shopwright.settings import current_database_settings

R = TypeVar("R")

job_argument = click.argument("job")
tenant_option = click.option("--tenant", required=True, help="The tenant whose job it is.")


def with_jobs(tenant: str, work: Callable[[Jobs, Unguarded], Awaitable[R]]) -> R:
    """The result of what is done with a tenant's jobs. Raises what that raises, and ``DatabaseError``."""

    async def run() -> R:
        async with (
            open_platform(current_database_settings()) as platform,
            open_broker(current_job_settings()) as broker,
            platform.tenants.tenant(tenant) as database,
        ):
            jobs = Jobs(platform, broker.offer) if broker else Jobs(platform)
            return await work(jobs, Unguarded(database, user_name()))

    return asyncio.run(run())


def show_job(job: Job, *, as_json: bool) -> None:
    """Print a job, its events and its reason."""
    lines = [told(job), *(f"  {told_event(event)}" for event in job.events)]
    if job.reason:
        lines.append(f"  {job.reason.where or job.store}: {job.reason.what} {job.reason.remedy}".rstrip())
    show(as_json_object(job), "\n".join(lines), as_json=as_json)


def as_json_object(job: Job) -> dict[str, Any]:
    """The object ``--json`` prints."""
    return {**job.model_dump(mode="json"), "report": orjson.loads(job.report) if job.report else None}


def told(job: Job) -> str:
    """A job in one line."""
    state = "to be cancelled" if job.cancelling and job.ended is None else job.state
    return f"{job.id}  {state}  {job.store}  by {job.cause}  asked {_time(job.asked)}"


def told_event(event: JobEvent) -> str:
    """What happened, in one line."""
    how = f"{event.stage} {event.done:,}" if event.stage else event.state
    return f"{_time(event.at)}  {how}  {event.note}".rstrip()


def _time(at: dt.datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
