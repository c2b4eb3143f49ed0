import pytest

from shopwright.validation import checks_access
from shopwright.validation.checkout import Checkout
from shopwright.validation.checks_access import sign_in


def test_people_are_let_in_and_nobody_else(tmp_path, checkout, monkeypatch):
    """With argon2id as cheap as in other tests."""
    monkeypatch.setattr(checks_access, "PasswordHashes", cheap)
    result = sign_in(Checkout(checkout, tmp_path))
    assert result.passed, result.figure
    assert result.figure.endswith("of 20 guesses at once 5 were looked at")


@pytest.mark.parametrize("found", [(3, 0, 5), (4, 1, 5), (4, 0, 6)])
def test_who_is_let_in_wrongly_is_noticed(tmp_path, checkout, monkeypatch, found):
    async def measured(_):
        return checks_access._Found(*found)

    monkeypatch.setattr(checks_access, "_found", measured)
    assert not sign_in(Checkout(checkout, tmp_path)).passed


def cheap():
    from shopwright.access.password_hash import Cost, PasswordHashes

    return PasswordHashes(Cost(memory=64, passes=1, lanes=1))
