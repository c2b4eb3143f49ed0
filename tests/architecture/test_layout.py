"""Where a line of code stands."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/shopwright"
UNIT = ROOT / "tests/unit"
FILES = sorted(SOURCE.rglob("*.py"))
MOST_LINES = 300
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "base", "manager", "service", "impl", "misc"}

STANDARD_NAMES = {"service_worker", "ShippingService"}
"""Terms of a standard that hold such a word (W3C, schema.org)."""


def names(files):
    return [file.relative_to(SOURCE).as_posix() for file in files]


def test_a_file_is_short():
    assert names(file for file in FILES if len(file.read_text().splitlines()) > MOST_LINES) == []


def test_a_name_says_something():
    parts = {file: set(file.relative_to(SOURCE).with_suffix("").parts) - STANDARD_NAMES for file in FILES}
    said = {file: {word for part in of for word in part.split("_")} for file, of in parts.items()}
    assert names(file for file, words in said.items() if words & EMPTY_NAMES) == []


def test_no_class_is_called_by_an_empty_name():
    classes = [
        node.name for file in FILES for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ClassDef)
    ]
    endings = tuple(name.capitalize() for name in EMPTY_NAMES - {"base"})
    assert [name for name in classes if name.endswith(endings) and name not in STANDARD_NAMES] == []


@pytest.mark.parametrize(
    "file", [file for file in FILES if file.name == "__init__.py"], ids=lambda file: names([file])[0]
)
def test_a_package_only_says_what_it_is_for(file):
    body = ast.parse(file.read_text()).body
    assert ast.get_docstring(ast.parse(file.read_text()))
    if file.parent != SOURCE:
        assert len(body) == 1


def test_a_unit_test_stands_where_its_source_would_lead_you_to_look():
    """A test of what several files of a room promise together says so in its first line."""
    tests = [file.relative_to(UNIT) for file in UNIT.rglob("test_*.py")]
    sources = {test: SOURCE / test.parent / test.name.removeprefix("test_") for test in tests}
    lost = [test for test, source in sources.items() if not source.is_file()]
    assert [test.as_posix() for test in lost if not ast.get_docstring(ast.parse((UNIT / test).read_text()))] == []


def test_every_source_file_has_its_test():
    """Beside it under ``tests/unit``, or, where only a neighbour makes it do anything, named by a test of its room."""
    untested = []
    for file in (file for file in FILES if not file.stem.startswith("_")):
        place = file.relative_to(SOURCE)
        module = ".".join(("shopwright", *place.with_suffix("").parts))
        room = [test.read_text() for test in (UNIT / place.parts[0]).rglob("test_*.py")]
        if not (UNIT / place.parent / f"test_{file.name}").is_file() and not any(module in text for text in room):
            untested.append(place.as_posix())
    assert untested == []
