"""Nothing that reaches a tenant's data is without an action: what is new in the code fails here until it has one."""

import re
from pathlib import Path

import pytest
from tests.security.discovery import FILES, REPOSITORIES, commands_in_tenants, imports_of, operations
from tests.security.platform_only import PLATFORM_ONLY, WHOLE

from shopwright.access.actions import Action
from shopwright.bootstrap.operations import OPERATIONS

DOCUMENT = (Path(__file__).parents[2] / "docs/reference/permissions.md").read_text()
COMMANDS = dict(re.findall(r"^\| `shopwright ([a-z -]+)` \| `([a-z.]+)` \|$", DOCUMENT, re.MULTILINE))
FOUND = operations()

OTHERWISE = {"account.enrol", "quota.change", "domain.read"}
"""A part of signing in (``identity.factors``), an option of ``tenant update``, a part of ``tenant domains``."""


@pytest.mark.parametrize("name", sorted(FOUND))
def test_every_operation_of_a_repository_is_an_action_or_the_platforms_own(name):
    thing, method = FOUND[name]
    assert (method in OPERATIONS) + (method in PLATFORM_ONLY) + (thing in WHOLE) == 1


def test_nothing_is_mapped_that_is_not_there():
    found = {method for _, method in FOUND.values()}
    assert {each.__qualname__ for each in {*OPERATIONS, *PLATFORM_ONLY} - found} == set()
    assert {thing.__name__ for thing in set(WHOLE) - {thing for thing, _ in FOUND.values()}} == set()


def test_repositories_are_reached_through_bootstrap_only():
    """``api`` and ``cli`` cannot come by an unguarded one: import-linter holds it, and this tells who would."""
    outside = {
        module
        for module in FILES
        for origin, _ in imports_of(module)
        if origin in REPOSITORIES and not module.startswith(("shopwright.bootstrap", "shopwright.validation"))
    }
    assert {module for module in outside if ".repository" not in module} == set()


def test_every_command_that_opens_a_database_has_its_action():
    assert set(COMMANDS) == commands_in_tenants()


def test_the_action_of_a_command_is_one():
    assert set(COMMANDS.values()) - {action.value for action in Action} == set()


def test_every_action_is_done_by_something():
    """By a method or a command; what is neither is listed, so that no right is granted unseen for nothing."""
    done = set(OPERATIONS.values()) | {Action(action) for action in COMMANDS.values()}
    assert {action.value for action in Action if action not in done} <= OTHERWISE
