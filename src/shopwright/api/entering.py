"""How a route comes into a tenant: through the door, for one action, which anybody can read off the route.

``Inside`` is given to the route's function as a dependency; the door closes behind it, whatever it raises.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

from fastapi import Request

from shopwright.access.actions import Action
from shopwright.access.caller import CONTROL, Caller
from shopwright.api.given import parts_of
from shopwright.api.repeated import claim
from shopwright.bootstrap.inside import Inside


@dataclass(frozen=True, slots=True)
class Entrance:
    """Says for which action a route enters."""

    action: Action

    @asynccontextmanager
    async def open(self, request: Request, tenant: str) -> AsyncIterator[Inside]:
        """Let the request's caller in. Raises as the door does."""
        async with parts_of(request).door.enter(caller_of(request), tenant, self.action) as inside:
            await claim(request, inside)
            yield inside


@dataclass(frozen=True, slots=True)
class Enter(Entrance):
    """Into the tenant that the address names."""

    async def __call__(self, request: Request, tenant: str) -> AsyncIterator[Inside]:
        """Inside it."""
        async with self.open(request, tenant) as inside:
            yield inside


@dataclass(frozen=True, slots=True)
class EnterHome(Entrance):
    """Into the caller's own tenant."""

    async def __call__(self, request: Request) -> AsyncIterator[Inside]:
        """Inside it."""
        async with self.open(request, caller_of(request).tenant) as inside:
            yield inside


@dataclass(frozen=True, slots=True)
class EnterControl(Entrance):
    """Into the platform's own tenant: for operators."""

    async def __call__(self, request: Request) -> AsyncIterator[Inside]:
        """Inside it."""
        async with self.open(request, CONTROL) as inside:
            yield inside


def caller_of(request: Request) -> Caller:
    """Who is calling, as was found out before anything of the request was read."""
    return cast("Caller", request.state.caller)
