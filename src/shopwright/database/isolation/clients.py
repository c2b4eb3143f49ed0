"""Connections of many tenants in one process: a bounded number is open, those used last.

Each tenant's connection bears that tenant's own user. Where a tenant lives, and as whom one logs in there, is its
*place*; it is looked up again every second, so that a tenant that was moved to another cell, or a new secret, is
followed without a restart.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from shopwright.database.cluster import refuse_no_tenant
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseUnavailable

MOST = 64
"""Tenants connected at once. One costs about 60 kB here and two to three connections of the server at rest."""

PATIENCE = 10.0
"""Seconds somebody waits for one of them."""

SETTLED_SECONDS = 1.0
"""So long a place is believed: who moves a tenant freezes it for longer."""

Place = Hashable
Locate = Callable[[str], Awaitable[Place]]
Connect = Callable[[str, Place], AbstractAsyncContextManager[TenantDatabase]]


@dataclass(slots=True, eq=False)
class _Held:
    """A connection of one tenant; ``users`` have it in their hands."""

    name: str
    users: int = 0
    place: Place = None
    located: float = 0.0
    is_over: bool = False
    """It is given to nobody any more, and closed when the last one gives it back."""

    is_closing: bool = False
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    opening: "asyncio.Task[TenantDatabase]" = field(init=False)

    @property
    def is_idle(self) -> bool:
        """Whether it may be closed for another."""
        return not self.users and self.opening.done()

    @property
    def is_open(self) -> bool:
        """Whether there is something to close."""
        return self.opening.done() and not self.opening.cancelled() and self.opening.exception() is None


class TenantClients:
    """At most ``most`` tenants' connections, opened when they are first asked for; the one unused longest gives way.

    ``locate`` tells a tenant's place, ``connect`` opens a connection there.
    """

    def __init__(self, locate: Locate, connect: Connect, most: int = MOST) -> None:
        self.most = most
        self._locate, self._connect = locate, connect
        self._held: dict[str, _Held] = {}
        """The one used last stands last."""

        self._ended: set[_Held] = set()
        """Given to nobody any more, not closed yet."""

        self._is_closed = False
        self._places = asyncio.Semaphore(most)
        self._waiting = 0
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """The tenants that are connected, the one used last at the end."""
        return tuple(self._held)

    @asynccontextmanager
    async def tenant(self, name: str) -> AsyncIterator[TenantDatabase]:
        """A tenant's database for as long as this lasts; many may have it at once.

        Raises ``DatabaseError`` for one that is not there, ``DatabaseUnavailable``, also when so many other tenants
        are at work that this one got no connection in time.
        """
        refuse_no_tenant(name)
        held = await self._current(name)
        held.users += 1
        try:
            yield await asyncio.shield(held.opening)
        finally:
            held.users -= 1
            if held.is_idle and (held.is_over or self._waiting):
                self._end(held)

    async def forget(self, name: str) -> None:
        """Close a tenant's connection as soon as nobody uses it; who asks from now on gets a new one."""
        if held := self._held.get(name):
            self._end(held)
        await self._closed()

    async def close(self) -> None:
        """Close all, also those in use; who asks from now on gets none."""
        self._is_closed = True
        for held in [*self._held.values(), *self._ended]:
            held.opening.cancel()
            await asyncio.wait([held.opening])
            held.users = 0
            self._end(held)
        await self._closed()

    async def _current(self, name: str) -> _Held:
        while True:
            if self._is_closed:
                raise DatabaseUnavailable("The connections of tenants are closed", where=name)
            held = self._held.get(name)
            if held is None:
                return self._begin(name)
            if await self._is_right(held) and not held.is_over:
                self._held[name] = self._held.pop(name)
                return held
            self._end(held)

    async def _is_right(self, held: _Held) -> bool:
        if not held.opening.done() or time.monotonic() - held.located < SETTLED_SECONDS:
            return True
        held.located = time.monotonic()  # whoever asks meanwhile need not ask, too
        try:
            return await self._locate(held.name) == held.place
        except BaseException:
            held.located = 0.0
            raise

    def _begin(self, name: str) -> _Held:
        held = self._held[name] = _Held(name)
        held.opening = asyncio.create_task(self._open(held))
        held.opening.add_done_callback(lambda done: done.cancelled() or done.exception())  # asked for, also by nobody
        return held

    async def _open(self, held: _Held) -> TenantDatabase:
        try:
            held.place = await self._locate(held.name)
            held.located = time.monotonic()
            await self._room()
        except BaseException:
            self._leave(held)
            raise
        try:
            return await held.stack.enter_async_context(self._connect(held.name, held.place))
        except BaseException:
            self._leave(held)
            self._places.release()
            raise

    async def _room(self) -> None:
        """One of the places, if need be that of an idle connection."""
        idle = next((held for held in self._held.values() if held.is_idle), None)
        if self._places.locked() and idle:
            self._end(idle)
        self._waiting += 1
        try:
            async with asyncio.timeout(PATIENCE):
                await self._places.acquire()
        except TimeoutError:
            raise DatabaseUnavailable(
                f"{self.most} other tenants are at work", where="the connections of tenants", remedy="Try again."
            ) from None
        finally:
            self._waiting -= 1

    def _leave(self, held: _Held) -> None:
        held.is_over = True
        self._ended.discard(held)
        if self._held.get(held.name) is held:
            del self._held[held.name]

    def _end(self, held: _Held) -> None:
        """Give it to nobody any more; close it if nobody has it."""
        self._leave(held)
        if held.is_closing or (held.opening.done() and not held.is_open):
            return
        self._ended.add(held)
        if held.is_idle:
            held.is_closing = True
            closing = asyncio.create_task(self._close(held))
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    async def _close(self, held: _Held) -> None:
        try:
            await held.stack.aclose()
        finally:
            self._ended.discard(held)
            self._places.release()

    async def _closed(self) -> None:
        if self._closing:
            await asyncio.wait(self._closing)
