from dataclasses import replace
from pathlib import Path

import pytest

from shopwright.access import permission
from shopwright.access.actions import Action
from shopwright.access.rights import RIGHTS
from shopwright.bootstrap import door
from shopwright.validation import checks_rights as module
from shopwright.validation.checkout import Checkout

ROOT = Path(__file__).parents[3]


@pytest.fixture
def checkout(tmp_path):
    return Checkout(ROOT, tmp_path)


def test_rights_are_as_documented_and_quick(checkout):
    result = module.rights(checkout)
    assert result.passed, result.figure
    assert result.figure.startswith(
        f"{6 * 4 * len(Action):,} cells of 6 roles, {len(Action)} actions and 4 situations, 0"
    )


def test_a_right_that_nobody_documented_is_found(checkout, monkeypatch):
    wider = {**RIGHTS, Action.AUDIT_READ: replace(RIGHTS[Action.AUDIT_READ], roles=frozenset({"viewer"}))}
    monkeypatch.setattr(permission, "RIGHTS", wider)
    result = module.rights(checkout)
    assert not result.passed
    assert "situations, 0 other" not in result.figure


def test_nobody_enters_a_tenant_of_others(checkout):
    result = module.leakage(checkout)
    assert result.passed, result.figure
    attempts = 5 * 4 * len(Action)
    assert result.figure.startswith(f"{attempts:,} of {attempts:,} attempts")


def test_a_door_that_asks_nothing_is_found_out(checkout, monkeypatch):
    monkeypatch.setattr(door, "refuse", lambda *_: None)
    monkeypatch.setattr(door, "refuse_hidden", lambda *_: None)
    monkeypatch.setattr(module, "GONE", module.FOREIGN)
    monkeypatch.setattr(module, "NEVER", module.FOREIGN)
    result = module.leakage(checkout)
    assert not result.passed
    assert not result.figure.endswith("; 0 entered")
