import re

from shopwright.validation import checks_tenants as module
from shopwright.validation.checkout import Checkout


def test_a_life_is_lived_whatever_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "MOST_SECONDS", 60)  # a test asserts nothing by the clock
    monkeypatch.setattr(module, "TIMED", 1)
    result = module.life(Checkout(tmp_path, tmp_path))
    assert result.passed, result.figure
    assert re.fullmatch(
        r"killed at 6 points it is half made at 6, closed, and whole after the next call; \d+ files exported, imported "
        r"and exported again are the same; suspended and resumed; deleted, \d+ places looked at, something left in 0; "
        r"made in \d+\.\d\d s",
        result.figure,
    )


def test_it_can_fail():
    found = module.Found(6, 6, True, True, 9, True, 40, 0, [0.5])
    assert found.passed
    for name, value in (("half", 5), ("is_whole", False), ("stands", False), ("is_same", False), ("left", 1)):
        before = getattr(found, name)
        setattr(found, name, value)
        assert not found.passed, name
        setattr(found, name, before)
    found.seconds = [2.5]
    assert not found.passed
