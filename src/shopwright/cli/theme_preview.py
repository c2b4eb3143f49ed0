"""``shopwright theme preview``: a theme as shoppers will see it, built again with every change."""

import datetime as dt
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from shopwright.cli.recording import open_record_sink
from shopwright.errors import SettingsError
from shopwright.generation.preview.preview import Preview, PreviewOrder, serve_preview
from shopwright.settings import current_settings


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--source", type=click.Path(path_type=Path), help="A catalogue to show instead of the sample store.")
@click.option("--port", default=8000, type=click.IntRange(0, 65_535), help="Port, or the next free one (0: any).")
def preview(folder: Path, source: Path | None, port: int) -> None:
    """Show the theme in DIR with a sample store, on this machine only, and follow its changes.

    When a file of the theme, of a theme it extends or of the catalogue changes, the store is built again and open pages
    reload; what is wrong with a template is told in the page, with the line.
    """
    if not folder.is_dir():
        raise SettingsError(
            "there is no such folder.", where=str(folder), remedy="Begin one with shopwright theme new."
        )
    settings = current_settings()
    with tempfile.TemporaryDirectory(prefix="shopwright-preview-") as work:
        order = PreviewOrder(
            folder.resolve(),
            Path(work),
            settings.cache,
            settings.workers,
            source=source,
            port=port,
            allow_private=settings.allow_private_addresses,
            record=open_record_sink(),
            **({"date": _today()} if source else {}),
        )
        shown = Preview(order, click.echo)
        with serve_preview(shown) as address, _interruptible() as pause:
            click.echo(f"The theme is shown. Open this address: {address}")
            click.echo("Press Ctrl-C to stop.")
            try:
                shown.follow(pause)
            except KeyboardInterrupt:
                click.echo("Stopped.")


@contextmanager
def _interruptible() -> Iterator[Callable[[float], None]]:
    """A pause that ends by Ctrl-C, also by an earlier one: Python drops a ``KeyboardInterrupt`` that meets a finaliser.

    A process that was started to ignore Ctrl-C, in the background, goes on ignoring it.
    """
    came: list[int] = []

    def interrupt(number: int, frame: FrameType | None) -> None:
        came.append(number)
        signal.default_int_handler(number, frame)

    def pause(seconds: float) -> None:
        if came:
            raise KeyboardInterrupt
        time.sleep(seconds)

    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield pause
        return
    signal.signal(signal.SIGINT, interrupt)
    try:
        yield pause
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _today() -> dt.datetime:
    return dt.datetime.combine(dt.datetime.now(dt.UTC).date(), dt.time(), dt.UTC)
