"""Which action each method of a repository is: what a caller inside a tenant may call follows from it.

A method that stands nowhere here can be called by nobody through the door, and fails a test.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from shopwright.access.actions import Action
from shopwright.audit.repository.trail import AuditTrail
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.leftovers import Leftovers
from shopwright.catalog.repository.reviews import ReviewRepository
from shopwright.generation.repository import ReleaseRepository
from shopwright.jobs.repository import JobRepository
from shopwright.ml_integration.repository import ExperimentRepository
from shopwright.multi_tenant.quotas.repository.meter import Meter
from shopwright.multi_tenant.repository.held import Held
from shopwright.multi_tenant.repository.tenants import Tenants

Operation = Callable[..., Any]
"""A method of a repository, as its class has it."""

_CATALOG: Mapping[Action, tuple[Operation, ...]] = {
    Action.CATALOG_READ: (
        *(CatalogRepository.line, CatalogRepository.page, CatalogRepository.search, CatalogRepository.by_number),
        *(CatalogRepository.log, CatalogRepository.differences, CatalogRepository.changes),
        *(CatalogRepository.export, CatalogRepository.write_folder),
        *(Kept.document, Kept.at),
    ),
    Action.CATALOG_CHANGE: (
        *(CatalogRepository.bring_in, CatalogRepository.patch, CatalogRepository.patch_all),
        *(CatalogRepository.delete, CatalogRepository.restore, CatalogRepository.undo),
    ),
    Action.CATALOG_PRUNE: (CatalogRepository.prune,),
    Action.REVIEW_READ: (ReviewRepository.waiting, ReviewRepository.published, ReviewRepository.joined),
    Action.REVIEW_MODERATE: (ReviewRepository.add, ReviewRepository.decide, ReviewRepository.delete),
    Action.DATABASE_READ: (Leftovers.stores,),
}

_STORES: Mapping[Action, tuple[Operation, ...]] = {
    Action.RELEASE_READ: (ReleaseRepository.live, ReleaseRepository.newest),
    Action.RELEASE_PUBLISH: (
        *(ReleaseRepository.publish, ReleaseRepository.roll_back),
        *(ReleaseRepository.mend, ReleaseRepository.forget),
    ),
    Action.JOB_READ: (JobRepository.get, JobRepository.newest),
    Action.JOB_START: (JobRepository.ask,),
    Action.EXPERIMENT_READ: (ExperimentRepository.in_state,),
    Action.EXPERIMENT_CHANGE: (ExperimentRepository.put, ExperimentRepository.move),
}

_TENANTS: Mapping[Action, tuple[Operation, ...]] = {
    Action.AUDIT_READ: (AuditTrail.end, AuditTrail.search, AuditTrail.verify),
    Action.AUDIT_EXPORT: (AuditTrail.lines,),
    Action.USAGE_READ: (Meter.usage,),
    Action.TENANT_READ: (Tenants.find, Tenants.get, Tenants.page, Tenants.in_cell),
}

PLATFORM_ONLY: frozenset[Operation] = frozenset(
    (
        *(JobRepository.take, JobRepository.report, JobRepository.finish, JobRepository.fail),
        AuditTrail.record,
        *(Meter.admit, Meter.hold),
        *(Tenants.hold, Held.create, Held.delete, Held.move, Held.step, Held.steps, Held.freeze, Held.lives_in),
        *(Held.finish, Held.to_state, Held.describe, Held.read),
    ),
)
"""What only Shopwright itself calls: what workers do with jobs, what counts and records callers, and the steps of a
tenant's life, which are commands of their own with an action of their own."""

OPERATIONS: Mapping[Operation, Action] = MappingProxyType(
    {
        operation: action
        for group in (_CATALOG, _STORES, _TENANTS)
        for action, operations in group.items()
        for operation in operations
    }
)
