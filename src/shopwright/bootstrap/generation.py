"""A build from the database: the store laid out in a folder, and counted as one of its tenant's while it goes on.

The build itself knows nothing of a database and keeps the thread it was begun in. What holds its place among the
tenant's jobs has a thread of its own meanwhile; a tenant without limits needs none, and the database is closed before
the build begins.
"""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from shopwright.bootstrap.catalog import catalog_of
from shopwright.bootstrap.dressing import dress
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.quotas import generating, platform_meter
from shopwright.bootstrap.tenant import tenant_of
from shopwright.settings import DatabaseSettings


@dataclass(frozen=True, slots=True)
class KeptSource:
    """A store of a tenant at a revision, None for the newest.

    ``state`` is the folder with its pictures, ``cache`` that of what can be made again.
    """

    settings: DatabaseSettings
    state: Path
    cache: Path
    tenant: str
    store: str
    revision: int | None = None

    @contextmanager
    def laid_out(self, folder: Path) -> Iterator[str | None]:
        """Write the store into a folder with its tenant's look, and hold a place for its build while this lasts.

        Gives the folder of its theme if that is one of the tenant's own.

        Raises ``QuotaExceeded`` before anything is written, ``ChangeRefused`` for what is not there, ``StorageError``,
        ``DatabaseError``.
        """
        place = _Place(self, folder)
        thread = threading.Thread(target=place.hold, name="generation")
        thread.start()
        try:
            yield place.taken.result()
        finally:
            place.leave()
            thread.join()


class _Taken(Future[str | None]):
    """Done when the place is taken and the store written, or when that failed."""


@dataclass(slots=True)
class _Place:
    """What the other thread does."""

    source: KeptSource
    folder: Path
    taken: _Taken = field(default_factory=_Taken)
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _loop: "Future[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]]" = field(default_factory=Future)

    def hold(self) -> None:
        """Take the place, write the store, and stay until ``leave``."""
        try:
            asyncio.run(self._run())
        except BaseException as error:  # noqa: BLE001 - it is raised in the thread that waits
            if not self.taken.done():
                self.taken.set_exception(error)

    def leave(self) -> None:
        """Let the other thread come to its end, wherever it is."""
        loop, task = self._loop.result()
        with suppress(RuntimeError):  # it has closed already
            loop.call_soon_threadsafe(self._over.set if self.taken.done() else task.cancel)

    async def _run(self) -> None:
        task = asyncio.current_task()
        assert task  # noqa: S101 - asyncio.run makes one
        self._loop.set_result((asyncio.get_running_loop(), task))
        source = self.source
        async with open_platform(source.settings) as platform, tenant_of(platform, source.tenant) as database:
            meter = platform_meter(platform.control, source.settings.plans)
            async with generating(meter, database) as is_limited:
                catalog = catalog_of(platform, database, source.state, source.store)
                await catalog.write_folder(self.folder, source.revision, with_reviews=True)
                theme = await dress(database, self.folder, source.cache)
                if is_limited:
                    self.taken.set_result(theme)
                    await self._over.wait()
        if not self.taken.done():
            self.taken.set_result(theme)
