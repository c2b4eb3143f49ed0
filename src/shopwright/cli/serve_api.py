"""``shopwright serve-api``: the HTTP API of all tenants."""

import asyncio
from os import getpid
from pathlib import Path
from socket import gethostname
from urllib.parse import urlsplit

import click

from shopwright.access.passkeys import RelyingParty
from shopwright.api.application import application
from shopwright.api.published import PublishedStores
from shopwright.api.server import END_SECONDS, ApiServer, Listening, run
from shopwright.api.shell import MOST_OPEN, spend
from shopwright.bootstrap.broker import OpenBroker, open_broker
from shopwright.bootstrap.job_place import JobPlace
from shopwright.bootstrap.monitoring import Watching, monitored
from shopwright.bootstrap.parts import Machine, Parts, open_parts
from shopwright.bootstrap.probes import probes
from shopwright.bootstrap.worker import worker_of
from shopwright.cli.tenant_audit import place_of_heads
from shopwright.errors import SettingsError
from shopwright.job_settings import current_job_settings
from shopwright.monitoring_settings import current_monitoring_settings
from shopwright.performance.logs import Form, start_logging
from shopwright.settings import current_aws, current_database_settings, current_settings

PORT = 8080


@click.command("serve-api")
@click.option("--host", default="127.0.0.1", help="Address to listen at (default: this machine only).")
@click.option("--port", default=PORT, type=click.IntRange(0, 65_535), help=f"Port (default: {PORT}; 0: any).")
@click.option("--origin", default="", help="Where browsers reach the service (default: http://localhost:PORT).")
@click.option("--proxy", "proxies", multiple=True, help="Address or network of a proxy that is believed; repeatable.")
@click.option("--certificate", type=click.Path(path_type=Path), help="A certificate chain (PEM), to speak TLS itself.")
@click.option("--key", type=click.Path(path_type=Path), help="The certificate's private key (PEM).")
@click.option(
    "--at-once",
    default=MOST_OPEN,
    type=click.IntRange(1, 10_000),
    help=f"Requests that are answered at once (default: {MOST_OPEN}).",
)
@click.option("--jobs/--no-jobs", default=True, help="Do jobs in this process too, or leave them to workers.")
@click.option("--log", "form", type=click.Choice(["json", "text"]), default="json", help="How events are written.")
def serve_api(
    host: str,
    port: int,
    origin: str,
    proxies: tuple[str, ...],
    certificate: Path | None,
    key: Path | None,
    at_once: int,
    jobs: bool,
    form: Form,
) -> None:
    """Serve the HTTP API until it is stopped (Ctrl-C, SIGTERM); what it is asked until then is answered.

    Events are written to standard error. Its description is at /v1/openapi.json.
    """
    where = Listening(host, port, proxies, certificate, key, at_once)
    machine = _machine(origin or f"http://localhost:{port or PORT}")
    start_logging(form, current_monitoring_settings().log_level)
    run(_serve(machine, where, does_jobs=jobs))
    click.echo("Stopped.")


async def _serve(machine: Machine, where: Listening, *, does_jobs: bool) -> None:
    def told(port: int) -> None:
        click.echo(f"The API is served. Its description: http://{where.host}:{port}/v1/openapi.json")

    place = JobPlace(machine.settings, current_job_settings(), current_aws(), f"{gethostname()}-{getpid()}")
    async with (
        open_parts(machine, spend) as parts,
        open_broker(place.jobs) as broker,
        monitored(_watching(parts, broker)) as room,
    ):
        worker, stop = worker_of(parts.platform, place, room, broker), asyncio.Event()
        published = PublishedStores(machine.settings, place.jobs.releases, place.aws)
        app = application(parts, worker.jobs, published)
        async with asyncio.TaskGroup() as group:
            work = group.create_task(worker.run_until(stop)) if does_jobs else None
            try:
                await ApiServer(app, where, told).serve()
            finally:
                stop.set()
                if work:
                    asyncio.get_running_loop().call_later(END_SECONDS, work.cancel)


def _watching(parts: Parts, broker: OpenBroker | None) -> Watching:
    settings = parts.machine.settings
    looks = probes(parts.platform, settings.state, broker)
    return Watching(current_monitoring_settings(), "api", looks, settings.allow_private_addresses)


def _machine(origin: str) -> Machine:
    """This machine, reached under an origin. Raises ``SettingsError``."""
    asked = urlsplit(origin)
    is_allowed = asked.scheme == "https" or (asked.scheme == "http" and asked.hostname == "localhost")
    if not (asked.hostname and is_allowed) or asked.path or asked.query:
        remedy = "Give https://HOST as browsers reach it; http:// is for localhost alone."
        raise SettingsError(f"{origin[:80]!r} is no origin.", where="--origin", remedy=remedy)
    party = RelyingParty(asked.hostname, origin)
    return Machine(current_settings(), current_database_settings(), place_of_heads(), party)
