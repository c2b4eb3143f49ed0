"""``shopwright job follow``: what happens to a job, as it happens."""

import sys

import click

from shopwright.bootstrap.jobs import Job, Jobs, Unguarded
from shopwright.cli.job_work import job_argument, show_job, tenant_option, told_event, with_jobs
from shopwright.cli.progress import show_progress

FAILED = 1
"""The status of a job that failed or was cancelled."""


@click.command()
@job_argument
@tenant_option
@click.option("--after", type=click.IntRange(min=0), default=0, help="Only events with higher numbers.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object to a line for each event.")
def follow(job: str, tenant: str, after: int, as_json: bool) -> None:
    """Tell what happens to a job until it is over; how far its build is, as a bar in a terminal.

    The status is 1 if it failed or was cancelled.
    """

    async def work(jobs: Jobs, inside: Unguarded) -> Job:
        with show_progress(hidden=as_json) as tell:
            async for event in jobs.events(inside, job, after):
                if as_json:
                    click.echo(event.model_dump_json())
                elif event.stage:
                    tell(event.stage, event.done)
                else:
                    click.echo(told_event(event))
        return await jobs.get(inside, job)

    done = with_jobs(tenant, work)
    if done.state != "published":
        if not as_json:
            show_job(done, as_json=False)
        sys.exit(FAILED)
