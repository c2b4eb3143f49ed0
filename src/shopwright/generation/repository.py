"""What a tenant's database knows of releases: recorded, made live, rolled back, forgotten; each whole or not at all.

Every change is one transaction under the lease of its store, with a key of its own: asked for again under the same key,
it answers what it answered first.
"""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from shopwright.database.documents import Session
from shopwright.database.idempotency import Operation, transaction_once
from shopwright.database.lease import Lease
from shopwright.database.references.deletion import Deletion
from shopwright.database.references.graph import ReferenceGraph
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseError, DuplicateDocument
from shopwright.generation.documents import HISTORY, LIVE, NEWEST, RELEASES, LiveDocument, ReleaseDocument

MOST_LISTED = 500

Step = Callable[[Session], Awaitable[None]]
"""More that belongs to the same transaction, such as the end of a job."""


@dataclass(frozen=True, slots=True)
class Live:
    """The release that is live and those that were before it, the newest first; ``sequence`` grows with each switch."""

    release: str
    before: tuple[str, ...]
    sequence: int


@dataclass(frozen=True, slots=True)
class NewRelease:
    """A release that was uploaded: see ``ReleaseDocument`` for the fields."""

    release: str
    manifest: str
    files: int
    bytes: int
    revision: int | None = None
    job: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Who changes what is live and when (an aware time), under which key."""

    key: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class ReleaseRepository:
    """The releases of a tenant's stores; ``graph`` says what names them."""

    database: TenantDatabase
    graph: ReferenceGraph

    async def live(self, store: str) -> Live | None:
        """What is live; None before the first release."""
        found = await self.database.documents(LIVE).get(store)
        return _live(found) if found else None

    async def newest(self, store: str, limit: int = MOST_LISTED) -> list[ReleaseDocument]:
        """Releases of a store, the newest first."""
        return await self.database.documents(RELEASES).find(NEWEST, {"store": store}, limit=min(limit, MOST_LISTED))

    async def publish(
        self,
        lease: Lease,
        release: NewRelease,
        change: Change,
        *,
        expected: str | None = None,
        also: Step | None = None,
    ) -> Live:
        """Record a release and make it live, if what is live is ``expected`` (None: whatever it is).

        Raises ``DatabaseError`` when something else is live, ``LeaseLost``, ``ReferenceRefused``.
        """
        document = ReleaseDocument(
            id=release_key(lease.store, release.release),
            store=lease.store,
            revision=release.revision,
            manifest=release.manifest,
            files=release.files,
            bytes=release.bytes,
            created=change.at,
            job=release.job,
        )

        async def work(session: Session) -> Mapping[str, Any]:
            await lease.fence(session)
            releases = self.database.documents(RELEASES)
            if await releases.get(document.id, session=session) is None:
                await releases.insert(document, session=session)
            live = await self._switch(lease.store, document.id, expected, change, session)
            if also:
                await also(session)
            return live

        asked = {"publish": asdict(release), "expected": expected}
        return await self._once(lease.store, change, asked, work)

    async def roll_back(
        self, lease: Lease, change: Change, release: str = "", *, expected: str | None = None, also: Step | None = None
    ) -> Live:
        """Make a recorded release live, by default the one that was before. Raises as ``publish``."""

        async def work(session: Session) -> Mapping[str, Any]:
            await lease.fence(session)
            wanted = release_key(lease.store, release) if release else await self._before(lease.store, session)
            live = await self._switch(lease.store, wanted, expected, change, session)
            if also:
                await also(session)
            return live

        return await self._once(lease.store, change, {"release": release, "expected": expected}, work)

    async def mend(self, lease: Lease, change: Change) -> Live | None:
        """Where what is live is not recorded (any more), let what was live before be live; None if nothing was.

        What is not recorded is no longer remembered either.
        """

        async def work(session: Session) -> Live | None:
            await lease.fence(session)
            documents, releases = self.database.documents(LIVE), self.database.documents(RELEASES)
            found = await documents.get(lease.store, session=session)
            order = (found.release, *found.before) if found else ()
            kept = [each for each in order if await releases.get(each, session=session)]
            if found is None or not kept:
                await documents.delete(lease.store, session=session)
                return None
            mended = found.model_copy(
                update={"release": kept[0], "before": tuple(kept[1:]), "switched": change.at, "by": change.by}
            )
            await documents.put(mended, session=session)
            return _live(mended)

        return await self.database.transaction(work)

    async def forget(self, lease: Lease, release: str) -> bool:
        """Remove the record of a release; whether there was one. Raises ``ReferenceRefused`` while it is live."""

        async def work(session: Session) -> bool:
            await lease.fence(session)
            deletion = Deletion(self.database.raw, session.client_session, self.graph)
            return await deletion.delete(RELEASES, release_key(lease.store, release))

        return await self.database.transaction(work)

    async def _once(
        self,
        store: str,
        change: Change,
        asked: Mapping[str, Any],
        work: Callable[[Session], Awaitable[Mapping[str, Any]]],
    ) -> Live:
        operation = Operation(f"release/{store}/{change.key}", asked)
        return _answer(await transaction_once(self.database, operation, work))

    async def _before(self, store: str, session: Session) -> str:
        found = await self.database.documents(LIVE).get(store, session=session)
        if found is None or not found.before:
            raise DatabaseError("No release was live before this one", where=store, remedy="Publish another site.")
        return found.before[0]

    async def _switch(
        self, store: str, release: str, expected: str | None, change: Change, session: Session
    ) -> Mapping[str, Any]:
        documents = self.database.documents(LIVE)
        found = await documents.get(store, session=session)
        live = found.release if found else ""
        if expected is not None and live != (release_key(store, expected) if expected else ""):
            raise DuplicateDocument(
                "Somebody else switched the live release meanwhile", where=store, remedy="Look which it should be."
            )
        if live != release:
            found = _switched(found, store, release, change)
            await documents.put(found, session=session)
        assert found is not None  # noqa: S101 - what is live has a document
        return asdict(_live(found))


def release_key(store: str, release: str) -> str:
    """The id of a release's document."""
    return f"{store}/{release}"


def _switched(now: LiveDocument | None, store: str, release: str, change: Change) -> LiveDocument:
    order = (now.release, *now.before) if now else ()
    return LiveDocument(
        id=store,
        release=release,
        before=tuple(each for each in order if each != release)[:HISTORY],
        sequence=now.sequence + 1 if now else 1,
        switched=change.at,
        by=change.by,
    )


def _live(found: LiveDocument) -> Live:
    return Live(_name(found.release), tuple(map(_name, found.before)), found.sequence)


def _answer(result: Mapping[str, Any]) -> Live:
    return Live(result["release"], tuple(result["before"]), result["sequence"])


def _name(key: str) -> str:
    return key.rpartition("/")[2]
