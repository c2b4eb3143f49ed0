"""``shopwright audit`` of files. (shopwright.cli.audit_files)"""

import datetime as dt
import json

import pytest
from click.testing import CliRunner
from tests.stores.faultless import write_faultless

from shopwright.cli.audit import audit
from shopwright.generation.pipeline import Order, build_store


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("audit")
    source = write_faultless(folder / "store", waivers=[])
    order = Order(source, folder / "site", dt.datetime(2026, 11, 23, tzinfo=dt.UTC), folder / "cache", 1)
    build_store(order, lambda *_: None)
    return folder / "site"


def run(*words):
    return CliRunner().invoke(audit, [str(word) for word in words])


def test_a_good_site(site, tmp_path):
    result = run(site, "--html", tmp_path / "report.html")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
    assert result.stdout.startswith("42 pages, 100 rules: 0 errors, 0 warnings")
    assert "may be published" in (tmp_path / "report.html").read_text()
    assert json.loads(run(site, "--json").stdout)["passed"] is True


def test_a_site_with_a_fault(site):
    page = site / "about/index.html"
    page.write_text(page.read_text().replace("<h1>", '<h1 onclick="x()">'))
    result = run(site)
    assert result.exit_code == 1
    first, second, _ = result.stdout.splitlines()
    assert first == "error: inline-code × 1"
    assert second.startswith("  /about/:")
    assert second.endswith("the handler onclick on h1")
