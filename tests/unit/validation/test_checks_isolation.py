from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.database.isolation import provision as made
from shopwright.validation import checks_isolation as module


def test_every_attempt_is_refused(checkout):
    result = module.isolation(checkout)
    assert result.passed, result.figure
    number = len(DOCUMENT_TYPES)
    assert result.figure.endswith(f"; {number} of {number} collections of one's own can be read")


def test_the_usual_role_would_be_too_wide(checkout, monkeypatch):
    """MongoDB's own ``readWrite``: the audit trail could be changed and dropped, collections be made."""

    async def wide(database, wanted):
        await database.command("createRole", "app", privileges=[], roles=["readWrite"])

    monkeypatch.setattr(made, "_make_role", wide)
    result = module.isolation(checkout)
    assert not result.passed
    assert "NOT refused: change audit" in result.figure
