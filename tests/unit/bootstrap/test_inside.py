from dataclasses import replace

import pytest
from tests.security.callers import OWNER
from tests.security.house import shop_of

from shopwright.access.actions import Action
from shopwright.access.roles import Role
from shopwright.bootstrap.inside import Inside
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.repository.reviews import ReviewRepository
from shopwright.errors import AccessDenied, ChangeRefused
from shopwright.jobs.repository.asking import JobRepository
from shopwright.jobs.repository.working import JobWork


def inside(action, caller=OWNER, database=None):
    return Inside(caller, action, database, shop_of)


class Luna:
    name = "luna"


def within(action, caller=OWNER):
    return inside(action, caller, Luna())


def test_the_action_asked_for_at_the_door_may_be_done():
    catalog = within(Action.CATALOG_CHANGE).catalog("shop")
    assert catalog.patch.__func__ is CatalogRepository.patch


def test_another_change_may_not():
    with pytest.raises(AccessDenied, match=r"CatalogRepository\.prune: This is no part of catalog\.change"):
        _ = within(Action.CATALOG_CHANGE).catalog("shop").prune
    with pytest.raises(AccessDenied):
        _ = within(Action.CATALOG_READ).catalog("shop").delete


def test_reading_may_be_done_by_whoever_may_read():
    jobs = within(Action.RELEASE_PUBLISH).part(JobRepository)
    assert jobs.listed.__func__ is JobRepository.listed


def test_a_key_reads_no_more_than_its_scopes():
    key = replace(OWNER, scopes=frozenset({Action.CATALOG_READ}))
    assert within(Action.CATALOG_READ, key).catalog("shop").page
    with pytest.raises(AccessDenied):
        _ = within(Action.CATALOG_READ, key).part(ReviewRepository).waiting


@pytest.mark.parametrize("name", ["kept", "__dict__x", "database", "_work", "nothing"])
def test_what_is_no_operation_is_denied_also_to_owners(name):
    with pytest.raises(AccessDenied):
        getattr(within(Action.CATALOG_CHANGE).catalog("shop"), name)


def test_what_workers_do_is_denied_to_every_role():
    for role in Role:
        caller = replace(OWNER, role=role)
        for name in ("take", "tell", "published", "end", "again"):
            with pytest.raises(AccessDenied):
                getattr(within(Action.JOB_START, caller).part(JobWork), name)
        with pytest.raises(AccessDenied):
            _ = within(Action.JOB_START, caller).part(JobRepository).follow


def test_nothing_can_be_put_on_a_guarded_part():
    catalog = within(Action.CATALOG_READ).catalog("shop")
    with pytest.raises(AttributeError):
        catalog.kept = None


def test_a_store_has_a_handle():
    with pytest.raises(ChangeRefused, match="no handle of a store"):
        within(Action.CATALOG_READ).catalog("../sol")


def test_the_database_is_not_shown():
    assert "_database" not in repr(within(Action.CATALOG_READ))
    assert within(Action.CATALOG_READ).tenant == "luna"
