"""``shopwright worker``: does jobs until it is stopped."""

import asyncio
import os
import signal
import socket
from dataclasses import replace

import click

from shopwright.bootstrap.broker import OpenBroker, open_broker
from shopwright.bootstrap.job_place import JobPlace
from shopwright.bootstrap.monitoring import Watching, monitored
from shopwright.bootstrap.platform import Platform, open_platform
from shopwright.bootstrap.probes import probes
from shopwright.bootstrap.worker import worker_of
from shopwright.errors import SettingsError
from shopwright.job_settings import JobSettings, current_job_settings
from shopwright.monitoring_settings import current_monitoring_settings
from shopwright.performance.logs import Form, start_logging
from shopwright.settings import Secret, current_aws, current_database_settings, current_settings


@click.command()
@click.option("--name", default="", help="What jobs call this worker (default: HOST-PROCESS).")
@click.option("--broker/--no-broker", default=None, help="Be woken by SHOPWRIGHT_BROKER (default: if it is set).")
@click.option("--log", "form", type=click.Choice(["json", "text"]), default="json", help="How events are written.")
def worker(name: str, form: Form, *, broker: bool | None) -> None:
    """Do jobs of all tenants, and follow their catalogues, until it is stopped (Ctrl-C, SIGTERM).

    What it is at then is handed back, and another worker goes on. Any number of workers may run, on any number of
    machines that share the database, SHOPWRIGHT_RELEASES and the pictures in SHOPWRIGHT_STATE.
    """
    start_logging(form, current_monitoring_settings().log_level)
    jobs = _job_settings(broker=broker)
    place = JobPlace(current_settings(), jobs, current_aws(), name or f"{socket.gethostname()}-{os.getpid()}")
    asyncio.run(_work(place))
    click.echo("Stopped.")


def _job_settings(*, broker: bool | None) -> JobSettings:
    """Settings of jobs, with or without the broker that they name. Raises ``SettingsError``."""
    settings = current_job_settings()
    if broker and not settings.broker:
        remedy = "Set SHOPWRIGHT_BROKER to its address."
        raise SettingsError("No broker is named.", where="--broker", remedy=remedy)
    return replace(settings, broker=Secret()) if broker is False else settings


async def _work(place: JobPlace) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with (
        open_platform(current_database_settings()) as platform,
        open_broker(place.jobs) as broker,
        monitored(_watching(platform, place, broker)) as room,
    ):
        click.echo(f"{place.worker} does jobs.")
        await worker_of(platform, place, room, broker).run_until(stop)


def _watching(platform: Platform, place: JobPlace, broker: OpenBroker | None) -> Watching:
    settings = place.settings
    looks = probes(platform, settings.state, broker)
    return Watching(current_monitoring_settings(), "worker", looks, settings.allow_private_addresses)
