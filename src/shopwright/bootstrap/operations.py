"""Which action each method of a repository is: what a caller inside a tenant may call follows from it.

A method that stands nowhere here can be called by nobody through the door, and fails a test.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from shopwright.access.actions import Action
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.identity.at_the_door import OthersSessions, OwnAccount
from shopwright.bootstrap.identity.keys import ServiceKeys
from shopwright.bootstrap.identity.staff import Staff
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.leftovers import Leftovers
from shopwright.catalog.repository.reviews import ReviewRepository
from shopwright.catalog.repository.stores import Stores
from shopwright.generation.repository import ReleaseRepository
from shopwright.jobs.repository import JobRepository
from shopwright.ml_integration.repository import ExperimentRepository
from shopwright.multi_tenant.customisation.repository.looks import LookRepository

Operation = Callable[..., Any]
"""A method of a repository, as its class has it."""

_CATALOG: Mapping[Action, tuple[Operation, ...]] = {
    Action.CATALOG_READ: (
        *(CatalogRepository.line, CatalogRepository.page, CatalogRepository.search, CatalogRepository.by_number),
        *(CatalogRepository.log, CatalogRepository.differences, CatalogRepository.changes),
        *(CatalogRepository.export, CatalogRepository.write_folder),
        *(Kept.document, Kept.at),
        Stores.listed,
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

_PEOPLE: Mapping[Action, tuple[Operation, ...]] = {
    Action.ACCOUNT_READ: (OwnAccount.sessions,),
    Action.ACCOUNT_CHANGE: (OwnAccount.end_session, OwnAccount.end_other_sessions),
    Action.USER_READ: (Staff.listed, Staff.by_email),
    Action.USER_INVITE: (Staff.invite,),
    Action.USER_CHANGE: (Staff.give_role, Staff.disable, Staff.enable, Staff.reset),
    Action.SESSION_READ: (OthersSessions.listed,),
    Action.SESSION_END: (OthersSessions.end, OthersSessions.end_all),
    Action.KEY_READ: (ServiceKeys.listed,),
    Action.KEY_CREATE: (OwnAccount.create_key,),
    Action.KEY_REVOKE: (ServiceKeys.revoke,),
}

_TENANTS: Mapping[Action, tuple[Operation, ...]] = {
    Action.AUDIT_READ: (AuditTrail.end, AuditTrail.link, AuditTrail.search, AuditTrail.verify),
    Action.AUDIT_EXPORT: (AuditTrail.lines,),
    Action.BRAND_READ: (LookRepository.look, LookRepository.brand_files),
    Action.TEMPLATE_READ: (LookRepository.themes, LookRepository.theme_files, LookRepository.bytes),
}

OPERATIONS: Mapping[Operation, Action] = MappingProxyType(
    {
        operation: action
        for group in (_CATALOG, _STORES, _PEOPLE, _TENANTS)
        for action, operations in group.items()
        for operation in operations
    }
)
