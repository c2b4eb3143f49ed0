"""How much larger a change makes a catalogue: what it needs room for before it may begin."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Growth:
    """Products and pictures that are added, less those that go; bytes of the versions of pictures that are added."""

    products: int = 0
    pictures: int = 0
    bytes: int = 0


Room = Callable[[Growth], AbstractAsyncContextManager[None]]
"""Has room for a change while this lasts, or raises before anything is written."""


@asynccontextmanager
async def anywhere(growth: Growth) -> AsyncIterator[None]:
    """Room for everything."""
    del growth
    yield
