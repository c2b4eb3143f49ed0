from pathlib import Path

import pytest

from shopwright.validation import registry
from shopwright.validation.registry import Result, check, registered_checks
from shopwright.validation.requirements import read_requirements

TABLE = Path(__file__).parents[3] / "docs/requirements.md"


@pytest.fixture
def empty_registry(monkeypatch):
    monkeypatch.setattr(registry, "_CHECKS", {})


def test_a_function_is_registered_under_its_id(empty_registry):
    @check("P9")
    def speed(checkout):
        return Result("1 s", passed=True)

    assert {"P9": speed} == registry._CHECKS
    assert speed(None) == Result("1 s", passed=True)


def test_two_checks_for_one_id_are_a_mistake(empty_registry):
    check("P9")(lambda checkout: Result("", passed=True))
    with pytest.raises(AssertionError, match="P9 has two checks"):
        check("P9")(lambda checkout: Result("", passed=True))


def test_the_table_says_where_each_check_stands():
    said = {row.id: row.check.strip("`") for row in read_requirements(TABLE) if row.check != "–"}
    found = {name: f"{function.__module__.rpartition('.')[2]}.py" for name, function in registered_checks().items()}
    assert said == found | {"Q7": "run.py"}


def test_every_check_has_a_docstring():
    assert [name for name, function in registered_checks().items() if not function.__doc__] == []


def test_the_registry_cannot_be_changed_from_outside():
    with pytest.raises(TypeError):
        registered_checks()["P1"] = None
