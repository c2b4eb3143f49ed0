"""The live preview: build, show, wait for a change, and again."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from shopwright.audit.record import RecordSink
from shopwright.errors import ShopwrightError, ThemeError
from shopwright.generation.pipeline import Order, build_store
from shopwright.generation.preview.live_site import LiveSite
from shopwright.generation.preview.problem import problem_of
from shopwright.generation.preview.watch import changed, snapshot
from shopwright.generation.showcase.stores import DATE, sample_store, write_store_folder
from shopwright.storage.serving.hosts import Hosts
from shopwright.storage.serving.server import open_server
from shopwright.template_engine.theme import theme_folders

NAMES = ("127.0.0.1", "localhost", "[::1]")
"""Host names that are answered: a page of another site that was given this address by its DNS learns nothing."""

FORMATS = ("webp", "jpeg")
"""Pictures are made into these: soon there, and kept for the next time."""


@dataclass(frozen=True, slots=True)
class PreviewOrder:
    """What to preview. ``source`` is a catalogue, none for the sample store; ``work`` a folder for what is made."""

    theme: Path
    work: Path
    cache: Path
    workers: int
    source: Path | None = None
    port: int = 8000
    date: dt.datetime = DATE
    allow_private: bool = False
    record: RecordSink | None = None


class Preview:
    """What is shown as ``site``. ``tell`` is given a sentence for each thing that happens."""

    def __init__(self, order: PreviewOrder, tell: Callable[[str], None]) -> None:
        self.order = order
        self.site = LiveSite(order.work / "site", time.time_ns())
        self._tell = tell
        self._folders: tuple[Path, ...] = (order.theme,)

    def build(self) -> None:
        """Build the store with the theme as it is, and show it, or what keeps it from being built."""
        started = time.perf_counter()
        try:
            built = build_store(self._build_order(), lambda _stage, _done: None)
        except ShopwrightError as error:
            self.site.show(problem_of(error, self._folders))
            self._tell(f"Not shown: {error}")
        else:
            self.site.show(None)
            self._tell(f"{built.pages} pages in {time.perf_counter() - started:.1f} s, {built.written} files written.")

    def _build_order(self) -> Order:
        order = self.order
        return Order(
            source=order.source or self._sample(),
            out=order.work / "site",
            date=order.date,
            cache=order.cache,
            workers=order.workers,
            theme=str(order.theme),
            allow_private=order.allow_private,
            formats=FORMATS,
            record=order.record,
        )

    def _sample(self) -> Path:
        folder = self.order.work / "sample"
        return folder if folder.is_dir() else write_store_folder(folder, sample_store())

    def follow(self, pause: Callable[[float], None] = time.sleep) -> None:
        """Build, wait for a change, and again, until it is interrupted."""
        while True:
            self._find_folders()
            seen = snapshot(self._watched())
            self.build()
            changed(seen, self._watched(), pause)
            self._tell("Changed: building again.")

    def _find_folders(self) -> None:
        """The folders of the theme as it is now; those it had before where that cannot be told."""
        with suppress(ThemeError):
            self._folders = theme_folders(str(self.order.theme))

    def _watched(self) -> tuple[Path, ...]:
        return (*self._folders, *((self.order.source,) if self.order.source else ()))


@contextmanager
def serve_preview(preview: Preview) -> Iterator[str]:
    """Serve the preview on this machine only; gives its address. Raises ``SettingsError`` where no port is free."""
    hosts = Hosts(sites=dict.fromkeys(NAMES, preview.site))
    with open_server(hosts, preview.order.port) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()
