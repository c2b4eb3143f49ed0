"""``shopwright job retry``: ask again for a job."""

import click

from shopwright.cli.job_work import job_argument, show_job, tenant_option, with_jobs
from shopwright.cli.target import json_option


@click.command()
@job_argument
@tenant_option
@json_option
def retry(job: str, tenant: str, as_json: bool) -> None:
    """Ask again for a job that failed or was cancelled."""
    show_job(with_jobs(tenant, lambda jobs, inside: jobs.retry(inside, job)), as_json=as_json)
