"""``shopwright job cancel``: let a job not be done."""

import click

from shopwright.cli.job_work import job_argument, show_job, tenant_option, with_jobs
from shopwright.cli.target import json_option


@click.command()
@job_argument
@tenant_option
@json_option
def cancel(job: str, tenant: str, as_json: bool) -> None:
    """Cancel a job: one that waits at once, one at work within seconds.

    One that is being published is not cancelled any more.
    """
    show_job(with_jobs(tenant, lambda jobs, inside: jobs.cancel(inside, job)), as_json=as_json)
