"""``shopwright db serve``: the private server, for other commands to join."""

import signal
import threading

import click

from shopwright.bootstrap.deployment import own_deployment
from shopwright.settings import current_database_settings


@click.command()
def serve() -> None:
    """Run the private database server until it is stopped (Ctrl-C, SIGTERM); other commands join it.

    Without this, each command starts the server and stops it again, which takes about two seconds.
    """
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with own_deployment(current_database_settings()) as server:
        click.echo(f"The private database runs (process {server.pid}); Ctrl-C stops it.")
        while not stopped.wait(1):
            server.refuse_ended()
    end = "goes on until the last command that uses it has ended" if server.goes_on else "has stopped"
    click.echo(f"The private database {end}.")
