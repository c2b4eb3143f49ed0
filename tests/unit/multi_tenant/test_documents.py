"""What the control database knows of a tenant."""

import datetime as dt

import pytest
from pydantic import ValidationError

from shopwright.multi_tenant.documents import TENANTS, Journal, Step, TenantDocument

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
TENANT = TenantDocument(id="luna", title="Luna", state="active", cell="main", plan="free", created=NOW, changed=NOW)


def test_nothing_personal_and_nothing_secret_has_a_place():
    assert set(TENANTS.model.model_fields) == {
        *("id", "title", "state", "cell", "plan", "created", "changed", "journal", "proof"),
    }
    assert set(Journal.model_fields) == {
        *("id", "operation", "begun", "done", "origin", "to", "source", "frozen"),
    }


@pytest.mark.parametrize("handle", ["", "-a", "A", "a_b", "a/b", "a.b", "../x", "a" * 49, "a\n", "é"])
def test_handles_are_safe_in_paths_tokens_and_names_of_databases(handle):
    with pytest.raises(ValidationError):
        TenantDocument.model_validate({**dict(TENANT), "id": handle})


def test_a_journal_names_its_steps():
    journal = Journal(id="0" * 32, operation="create", begun=NOW, done=(Step(name="key", at=NOW),))
    assert journal.names == {"key"}
    assert not journal.frozen
