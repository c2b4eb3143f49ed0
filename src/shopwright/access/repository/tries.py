"""Tries, counted before their proof is looked at: of any number at once, no more are let through than one by one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from shopwright.access.documents import TRIES, TriesDocument
from shopwright.access.lockout import Rule, Tries, next_try, seconds_left, taken_back
from shopwright.access.token import digest
from shopwright.database.documents import Documents
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DuplicateDocument, SignInRefused
from shopwright.performance.access_metrics import SIGN_INS


@dataclass(frozen=True, slots=True)
class Place:
    """Where tries are counted: a rule, and what they are made on (an account, a network, both)."""

    rule: Rule
    on: Sequence[str]

    @property
    def id(self) -> str:
        """The document's: nobody reads out of it whom it concerns without guessing."""
        return f"{self.rule.name}:{digest(chr(0).join(self.on))}"


@dataclass(frozen=True, slots=True)
class TryRepository:
    """The tries that a tenant's database, or the control database, counts."""

    database: TenantDatabase

    async def admit(self, place: Place, now: dt.datetime) -> None:
        """Count a try. Raises ``SignInRefused`` with ``retry_after`` while it is too early for one."""
        while True:
            found = await self._tries.get(place.id)
            before = _tries(found)
            after = next_try(place.rule, before, now)
            if after is None:
                assert before is not None  # noqa: S101 - only who was here before has to wait
                SIGN_INS.add("slowed")
                raise _too_early(seconds_left(before, now))
            if await self._kept(place, found, after):
                return

    async def take_back(self, place: Place, now: dt.datetime) -> None:
        """Count one less: it was the right proof."""
        found = await self._tries.get(place.id)
        if found:
            await self._kept(place, found, taken_back(place.rule, Tries(found.count, found.opens, found.ends), now))

    async def forget(self, place: Place) -> None:
        """Count from the beginning: it was the right proof, and nobody else makes tries on this."""
        await self._tries.delete(place.id)

    async def _kept(self, place: Place, found: TriesDocument | None, tries: Tries) -> bool:
        """Whether nobody else counted since ``found`` was read."""
        document = TriesDocument(id=place.id, count=tries.count, opens=tries.opens, ends=tries.ends)
        if found:
            return await self._tries.replace(document, expected={"count": found.count, "opens": found.opens})
        try:
            await self._tries.insert(document)
        except DuplicateDocument:
            return False
        return True

    @property
    def _tries(self) -> Documents[TriesDocument]:
        return self.database.documents(TRIES)


def _tries(found: TriesDocument | None) -> Tries | None:
    return Tries(found.count, found.opens, found.ends) if found else None


def _too_early(seconds: int) -> SignInRefused:
    refused = SignInRefused("Too many tries", remedy=f"Try again in {seconds:,} seconds.")
    refused.retry_after = seconds
    return refused
