"""The check of the web app, on small sites; what the tests it runs found is given (``test_suite.py`` runs some)."""

import json

import pytest

from shopwright.validation import checks_web_app as module
from shopwright.validation.checkout import Checkout
from shopwright.validation.checks_web_app import web_app
from shopwright.validation.suite import Suite

WHOLE = {
    "name": "Shop",
    "start_url": "/",
    "scope": "/",
    "display": "standalone",
    "icons": [{"sizes": "192x192"}, {"sizes": "512x512"}],
}


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    def make(manifest, page, failed=0):
        made = Checkout(tmp_path, tmp_path / "work")
        site = tmp_path / "site"
        site.mkdir()
        (site / "manifest.webmanifest").write_text(json.dumps(manifest))
        (site / "index.html").write_text(page)
        monkeypatch.setattr(module, "run_suite", lambda root, work, *paths: Suite(len(paths), failed, 0))
        vars(made)["example"] = site
        return made

    return make


NAMED = '<link rel="manifest" href="/manifest.webmanifest">'


def test_a_whole_web_app_passes(checkout):
    result = web_app(checkout(WHOLE, NAMED))
    assert result.passed
    assert result.figure == "1 of 1 manifests, 1 of 1 pages, 1 of 1 tests in Chromium"


@pytest.mark.parametrize(
    ("manifest", "page", "failed"),
    [
        ({**WHOLE, "icons": WHOLE["icons"][:1]}, NAMED, 0),
        ({**WHOLE, "icons": None}, NAMED, 0),
        ({**WHOLE, "name": ""}, NAMED, 0),
        (WHOLE, "<p>", 0),
        (WHOLE, NAMED, 1),
    ],
)
def test_what_is_missing_fails(checkout, manifest, page, failed):
    assert not web_app(checkout(manifest, page, failed)).passed
