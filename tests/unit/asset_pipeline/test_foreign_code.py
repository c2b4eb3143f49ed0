"""Styles and scripts of a theme nobody has to trust: a real worker minifies them, and takes the blows."""

import pytest

from shopwright.asset_pipeline.bundles import minified_scripts, minified_styles
from shopwright.asset_pipeline.foreign_code import foreign_scripts, foreign_styles
from shopwright.errors import ThemeError

STYLES = [("a.css", b"a { color: #ff0000 }"), ("b.css", "b::after { content: '\u00e9' }".encode())]
SCRIPTS = [("a.js", b"const a = 1; console.log(a)"), ("b.js", b"/* nothing */")]


def test_the_same_pieces_as_without_a_worker():
    assert foreign_styles(STYLES) == minified_styles(STYLES)
    assert foreign_scripts(SCRIPTS) == minified_scripts(SCRIPTS)


def test_nothing_needs_no_worker(monkeypatch):
    monkeypatch.setattr("shopwright.asset_pipeline.foreign_code.ask_once", lambda *_: pytest.fail("asked"))
    assert foreign_styles([]) == []


def test_what_is_wrong_is_said_as_without_a_worker():
    with pytest.raises(ThemeError, match=r"^main\.css, line 2: the style sheet cannot be read: .+ Correct it\.$"):
        foreign_styles([("main.css", b"a{}\n}b{")])
    with pytest.raises(ThemeError, match=r"^main\.js: the file is not UTF-8\. Save it as UTF-8\.$"):
        foreign_scripts([("main.js", b"\xff")])


@pytest.mark.parametrize("style", [b"a{" * 300_000, b"a{width:" + b"calc(" * 200_000, b":is(" * 200_000])
def test_styles_nested_without_end_end_the_worker_and_nothing_else(style):
    with pytest.raises(ThemeError, match=r"^deep\.css: the styles need too much memory or time, or are nested too dee"):
        foreign_styles([("deep.css", style)])
