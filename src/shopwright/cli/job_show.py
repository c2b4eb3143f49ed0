"""``shopwright job show``: what became of a job."""

import click

from shopwright.cli.job_work import job_argument, show_job, tenant_option, with_jobs
from shopwright.cli.target import json_option


@click.command()
@job_argument
@tenant_option
@json_option
def show(job: str, tenant: str, as_json: bool) -> None:
    """Show a job with its newest events, its reason and its report."""
    show_job(with_jobs(tenant, lambda jobs, inside: jobs.get(inside, job)), as_json=as_json)
