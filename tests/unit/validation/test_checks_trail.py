import pytest

from shopwright.validation import checks_trail as module
from shopwright.validation.checkout import Checkout
from shopwright.validation.checks_trail import CRIMES, Tried, every_crime_on_a_trail_is_found
from shopwright.validation.registry import Result

ALL = tuple(CRIMES)


@pytest.mark.parametrize(
    ("tried", "result"),
    [
        (Tried(ALL, ALL, True), Result("7 of 7 crimes found, 7 of 7 refused to the tenant's own user", passed=True)),
        (
            Tried(ALL[1:], ALL, True),
            Result("6 of 7 crimes found, 7 of 7 refused to the tenant's own user", passed=False),
        ),
        (
            Tried(ALL, ALL[1:], True),
            Result("7 of 7 crimes found, 6 of 7 refused to the tenant's own user", passed=False),
        ),
        (
            Tried(ALL, ALL, False),
            Result(
                "7 of 7 crimes found, 7 of 7 refused to the tenant's own user; a whole trail was not found whole",
                passed=False,
            ),
        ),
    ],
)
def test_what_is_said(monkeypatch, tmp_path, tried, result):
    async def known(settings, work):
        assert not settings.uri
        return tried

    monkeypatch.setattr(module, "try_crimes", known)
    assert every_crime_on_a_trail_is_found(Checkout(tmp_path, tmp_path / "work")) == result
