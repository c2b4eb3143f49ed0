"""What is kept of a password: argon2id (RFC 9106), in a thread, a few at once.

Each hash takes its memory for a tenth of a second, so their number is bounded: whoever comes when all places in the
queue are taken is told to try again. A password of nobody is hashed like any other, so that the time an answer takes
does not tell whether there is such an account.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

import argon2
from argon2.exceptions import Argon2Error, InvalidHashError

from shopwright.access.password_policy import MOST, normalized
from shopwright.errors import SignInRefused

AT_ONCE = 2
MOST_WAITING = 64

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Cost:
    """Parameters of argon2id: memory in KiB, passes over it, lanes. As given: RFC 9106, 4, second recommended set."""

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(slots=True)
class PasswordHashes:
    """Makes and verifies hashes; one for a process, used by one event loop at a time."""

    cost: Cost = field(default_factory=Cost)
    _hasher: argon2.PasswordHasher = field(init=False, repr=False)
    _of_nobody: str = field(init=False, repr=False)
    _threads: ThreadPoolExecutor = field(init=False, repr=False)
    _asked: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._hasher = argon2.PasswordHasher(self.cost.passes, self.cost.memory, self.cost.lanes)
        self._of_nobody = self._hasher.hash("the password of nobody")
        self._threads = ThreadPoolExecutor(AT_ONCE, "argon2")

    async def hash(self, password: str) -> str:
        """What is kept of a password, parameters and salt included. Raises ``SignInRefused`` when the queue is full."""
        return await self._run(lambda: self._hasher.hash(_bytes(password)))

    async def verify(self, kept: str | None, password: str) -> bool:
        """Whether it is the password this was kept of; None: there is none, which takes as long. Raises as above."""
        right = await self._run(lambda: self._verified(kept or self._of_nobody, password[: 4 * MOST]))
        return right and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether it was made with other parameters than are asked for now."""
        return self._hasher.check_needs_rehash(kept)

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _verified(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, _bytes(password))
        except (Argon2Error, InvalidHashError):
            return False

    async def _run(self, work: Callable[[], R]) -> R:
        if self._asked >= MOST_WAITING + AT_ONCE:
            refused = SignInRefused("Too many sign in at this moment", remedy="Try again in a few seconds.")
            refused.retry_after = 5
            raise refused
        self._asked += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._asked -= 1


def _bytes(password: str) -> bytes:
    """A keyboard cannot make half a character, an attacker can: it is a wrong password like any other."""
    return normalized(password).encode("utf-8", "surrogatepass")
