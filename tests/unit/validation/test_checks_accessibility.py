"""The check of accessibility: what it counts, on a small site and with the browser's answer at hand."""

from types import SimpleNamespace
from typing import Any

import pytest

from shopwright.validation import checks_accessibility
from shopwright.validation.checks_accessibility import LOCALES, accessibility


def checkout(tmp_path: Any, locales: tuple[str, ...]) -> SimpleNamespace:
    for home in locales:
        (tmp_path / home / "accessibility").mkdir(parents=True)
        (tmp_path / home / "accessibility/index.html").touch()
    return SimpleNamespace(example=tmp_path)


@pytest.mark.parametrize(
    ("locales", "findings", "looked", "passed"),
    [(LOCALES, (), 9, True), (LOCALES[:2], (), 9, False), (LOCALES, ("one",), 9, False), (LOCALES, (), 0, False)],
)
def test_it_passes_with_no_finding_in_any_part(tmp_path, monkeypatch, locales, findings, looked, passed):
    report = SimpleNamespace(findings=findings, looked={"axe": looked})
    monkeypatch.setattr(checks_accessibility, "prepare_toolbox", lambda *_: None)
    monkeypatch.setattr(checks_accessibility, "audit_in_browser", lambda *_: report)
    result = accessibility(checkout(tmp_path, locales))
    assert result.passed is passed
    assert result.figure == (
        f"{len(findings)} findings of axe, keyboard, layout in {looked} looks; 0 of 216 accents too faint; "
        f"{len(locales)} of 3 statements"
    )


def test_an_accent_that_cannot_be_read_would_be_counted(tmp_path, monkeypatch):
    report = SimpleNamespace(findings=(), looked={"axe": 1})
    monkeypatch.setattr(checks_accessibility, "prepare_toolbox", lambda *_: None)
    monkeypatch.setattr(checks_accessibility, "audit_in_browser", lambda *_: report)
    monkeypatch.setattr(checks_accessibility, "brand_styles", lambda _brand: ":root{--accent:#eeeeee}")
    result = accessibility(checkout(tmp_path, LOCALES))
    assert not result.passed
    assert "216 of 216 accents too faint" in result.figure
