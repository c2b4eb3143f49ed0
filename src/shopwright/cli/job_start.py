"""``shopwright job start``: ask for a store to be built and published."""

import datetime as dt
from typing import Literal

import click

from shopwright.cli.job_work import show_job, tenant_option, with_jobs
from shopwright.cli.target import json_option
from shopwright.jobs.documents import Order


@click.command()
@tenant_option
@click.option("--store", required=True, help="Its store.")
@click.option("--site-url", default="", help="Address the store will have (else that of its store.yaml).")
@click.option("--revision", type=click.IntRange(min=1), help="Of its catalogue (default: the newest).")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Prices of this day (default: the day of the build).")
@click.option(
    "--pictures",
    type=click.Choice(["fetch", "link", "skip"]),
    default="fetch",
    help="As for shopwright build (default: fetch).",
)
@click.option("--complete", is_flag=True, help="Make every picture in every form before publishing.")
@click.option("--key", default="", help="A name for this request: asked again under it, it is the same job.")
@json_option
def start(
    tenant: str,
    store: str,
    site_url: str,
    revision: int | None,
    date: dt.datetime | None,
    pictures: Literal["fetch", "link", "skip"],
    complete: bool,
    key: str,
    as_json: bool,
) -> None:
    """Ask for a store to be built and published; a worker does it.

    A store has one job at work; what is asked for meanwhile is folded into one that waits.
    """
    day = f"{date:%Y-%m-%d}" if date else None
    order = Order(store=store, revision=revision, site_url=site_url, date=day, pictures=pictures, complete=complete)
    show_job(with_jobs(tenant, lambda jobs, inside: jobs.submit(inside, order, key)), as_json=as_json)
