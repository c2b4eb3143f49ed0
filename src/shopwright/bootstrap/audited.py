"""What is done to a store's catalogue, releases, jobs, told to its tenant's trail in the transaction that does it."""

import datetime as dt
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from shopwright.audit.event import TARGET, AuditEvent, actor_named
from shopwright.audit.forms import Scalar, has_form
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.audit_failures import failures_told
from shopwright.catalog.versions.revision import Act, Pruned, Revision
from shopwright.database.documents import Session
from shopwright.database.tenant_database import TenantDatabase
from shopwright.generation.repository import Change, Step
from shopwright.jobs.documents import JobDocument
from shopwright.jobs.repository.asking import Asking


@dataclass(frozen=True, slots=True)
class CatalogEvents:
    """The changes of one store's catalogue as events. Methods raise ``AuditLogError``, and then nothing is changed."""

    database: TenantDatabase
    store: str

    async def tell(self, done: Revision | Pruned, session: Session) -> None:
        """Record a revision, or a prune."""
        event = _of_revision(done, self.store) if isinstance(done, Revision) else _of_prune(done, self.store)
        await AuditTrail(self.database).record(event, session=session)

    def attempt(self, act: str, by: str) -> AbstractAsyncContextManager[None]:
        """Record an act (``import``) as failed if what is done meanwhile raises; what succeeds is told by ``tell``."""
        target = f"store/{self.store}"
        event = AuditEvent(f"catalog.{act}", actor=actor_named(by), target=target if has_form(target, TARGET) else "")
        return failures_told(AuditTrail(self.database).record, event)


def release_event(database: TenantDatabase, action: str, store: str, change: Change, release: str) -> Step:
    """What records, in the transaction of a switch, that a release became live."""
    event = AuditEvent(
        action=action,
        actor=actor_named(change.by),
        target=f"store/{store}",
        details={"release.id": release},
        at=change.at,
    )

    async def record(session: Session) -> None:
        await AuditTrail(database).record(event, session=session)

    return record


def job_steps(database: TenantDatabase) -> Callable[[str, JobDocument, Asking, Session], Awaitable[None]]:
    """What records what is done to jobs. It raises ``AuditLogError``, and then nothing is done."""

    async def tell(act: str, job: JobDocument, asking: Asking, session: Session) -> None:
        event = AuditEvent(
            act, actor=actor_named(asking.by), target=f"store/{job.store}", details=_of(job), at=asking.at
        )
        await AuditTrail(database).record(event, session=session)

    return tell


def job_failed(job: JobDocument, at: dt.datetime) -> AuditEvent:
    """The end of a job that failed."""
    return AuditEvent("job.end", "failure", actor_named(job.by), f"store/{job.store}", _of(job), at)


def _of(job: JobDocument) -> dict[str, Scalar]:
    return {"job.id": job.id, "job.kind": job.cause}


def _of_revision(revision: Revision, store: str) -> AuditEvent:
    details: dict[str, Scalar] = {
        "catalog.revision": revision.number,
        "catalog.added": revision.counts.added,
        "catalog.changed": revision.counts.changed,
        "catalog.deleted": revision.counts.deleted,
        "catalog.products": revision.products,
    }
    if revision.act is Act.UNDO and revision.undone is not None:
        details["catalog.undone"] = revision.undone
    if revision.digest:
        details["catalog.hash.sha256"] = revision.digest
    return AuditEvent(
        action=f"catalog.{revision.act.value}",
        actor=actor_named(revision.by),
        target=f"store/{store}",
        details=details,
        at=revision.at,
    )


def _of_prune(pruned: Pruned, store: str) -> AuditEvent:
    details: dict[str, Scalar] = {"catalog.oldest": pruned.oldest}
    return AuditEvent(
        action="catalog.prune", actor=actor_named(pruned.by), target=f"store/{store}", details=details, at=pruned.at
    )
