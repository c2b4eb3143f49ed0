"""The check of the web app, on small sites; the tests it runs stand in for the real ones."""

import json

import pytest

from shopwright.validation.checkout import Checkout
from shopwright.validation.checks_web_app import web_app

WHOLE = {
    "name": "Shop",
    "start_url": "/",
    "scope": "/",
    "display": "standalone",
    "icons": [{"sizes": "192x192"}, {"sizes": "512x512"}],
}


@pytest.fixture
def checkout(tmp_path):
    def make(manifest, page, test="pass"):
        made = Checkout(tmp_path, tmp_path / "work")
        site = tmp_path / "site"
        site.mkdir()
        (site / "manifest.webmanifest").write_text(json.dumps(manifest))
        (site / "index.html").write_text(page)
        (tmp_path / "tests/browser").mkdir(parents=True)
        (tmp_path / "tests/browser/test_offline.py").write_text(f"def test_it(): {test}")
        vars(made)["example"] = site
        return made

    return make


NAMED = '<link rel="manifest" href="/manifest.webmanifest">'


def test_a_whole_web_app_passes(checkout):
    result = web_app(checkout(WHOLE, NAMED))
    assert result.passed
    assert result.figure == "1 of 1 manifests, 1 of 1 pages, 1 of 1 tests in Chromium"


@pytest.mark.parametrize(
    ("manifest", "page", "test"),
    [
        ({**WHOLE, "icons": WHOLE["icons"][:1]}, NAMED, "pass"),
        ({**WHOLE, "icons": None}, NAMED, "pass"),
        ({**WHOLE, "name": ""}, NAMED, "pass"),
        (WHOLE, "<p>", "pass"),
        (WHOLE, NAMED, "assert 0"),
    ],
)
def test_what_is_missing_fails(checkout, manifest, page, test):
    assert not web_app(checkout(manifest, page, test)).passed
