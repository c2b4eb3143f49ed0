"""Nothing a tenant has is forgotten by its archive."""

from shopwright.access.documents import PEOPLE, USERS
from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.bootstrap.tenant_contents import AS_LOOK, AS_TRAIL, IN_STORES, LEFT_OUT, LINES
from shopwright.database.encryption.field import seals_of


def test_it_is_said_of_every_kind_what_becomes_of_it():
    said = [*(lines.kind for lines in LINES), *IN_STORES, *AS_LOOK, *AS_TRAIL, *LEFT_OUT]
    assert sorted(kind.name for kind in said) == sorted({kind.name for kind in said})
    missing = {kind.name for kind in DOCUMENT_TYPES} - {kind.name for kind in said}
    assert missing == set(), f"say in bootstrap/tenant_contents.py what an export does with {sorted(missing)}"


def test_secrets_are_never_exported():
    """Of a kind that holds digests or secrets, the fields are named that go out."""
    secret = {"password", "totp", "recovery", "passkeys", "devices", "subjects"}
    for lines in LINES:
        names = set(lines.fields) or set(lines.kind.model.model_fields)
        assert not names & secret, lines.kind.name
        assert names <= set(lines.kind.model.model_fields)
        if lines.kind in PEOPLE:
            assert "digest" not in names
        if seals_of(lines.kind.model):
            assert lines.fields, lines.kind.name
    assert {"email", "name"} <= seals_of(USERS.model).keys()


def test_what_comes_back_is_whole():
    assert [lines.kind.name for lines in LINES if lines.returns] == ["reviews", "experiments"]
    assert not any(lines.fields for lines in LINES if lines.returns)
    assert LINES[0].file == "documents/reviews.jsonl"
