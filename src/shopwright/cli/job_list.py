"""``shopwright job list``: the jobs of a tenant."""

import click

from shopwright.cli.job_work import as_json_object, tenant_option, told, with_jobs
from shopwright.cli.target import json_option, show


@click.command()
@tenant_option
@click.option("--after", default="", help="Only those behind this job.")
@click.option("--limit", type=click.IntRange(1, 500), default=50, help="How many (default: 50).")
@json_option
def list(tenant: str, after: str, limit: int, as_json: bool) -> None:
    """List jobs of all stores of a tenant, the newest first."""
    found = with_jobs(tenant, lambda jobs, inside: jobs.list(inside, after, limit))
    record = {"jobs": [as_json_object(job) for job in found]}
    show(record, "\n".join(map(told, found)) or "There are no jobs.", as_json=as_json)
