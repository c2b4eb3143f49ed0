"""``accessibility.json``."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.catalog.assessment import FILE, MAX_FILE, Assessment, read_assessment
from shopwright.errors import LimitExceeded, ShopwrightError, SourceError

FOUND = {
    "date": "2026-11-20",
    "tools": {"axe-core": "4.14.1"},
    "pages": 36,
    "locales": ["en", "ar"],
    "standard": "WCAG 2.2 AA",
    "violations": 0,
    "known": ["Videos have no captions."],
}


def test_a_store_without_the_file_was_not_assessed(tmp_path: Path) -> None:
    assert read_assessment(tmp_path) is None


def test_what_was_found_is_read(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps(FOUND), encoding="utf-8")
    found = read_assessment(tmp_path)
    assert found == Assessment.model_validate(FOUND)
    assert found.date == dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("change", "named"),
    [({"violations": -1}, "violations"), ({"tools": {}}, "tools"), ({"date": "yesterday"}, "date"), ({"x": 1}, "x")],
)
def test_a_wrong_value_is_named_with_what_to_do(tmp_path: Path, change: dict[str, object], named: str) -> None:
    (tmp_path / FILE).write_text(json.dumps(FOUND | change), encoding="utf-8")
    with pytest.raises(SourceError, match=named) as refused:
        read_assessment(tmp_path)
    assert FILE in refused.value.where
    assert "--save" in refused.value.remedy


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b" " * (MAX_FILE + 1))
    with pytest.raises(LimitExceeded, match="1,000,000 bytes"):
        read_assessment(tmp_path)


@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("store")
    (folder / FILE).write_bytes(data)
    with pytest.raises(ShopwrightError):
        read_assessment(folder)
