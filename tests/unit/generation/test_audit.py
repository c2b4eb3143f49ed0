"""The audit of a whole build: what stops it, what it tells, what it keeps.

(shopwright.generation.audit_record, shopwright.generation.reaudit)
"""

import datetime as dt
import json
from dataclasses import replace

import pytest
from tests.stores.faultless import write_faultless
from tests.stores.small import BARE, product, write_source

from shopwright.errors import AuditFailed, StorageError
from shopwright.generation.audit import RECORD, REPORT
from shopwright.generation.audit_record import read_record, recorded_waivers, refuse_unaudited
from shopwright.generation.pipeline import Order, build_store
from shopwright.generation.reaudit import audit_folder

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
WAIVER = {"rule": "same-title", "pages": "/products/*", "reason": "Until January", "until": "2026-12-31"}


def order_of(folder, source):
    return Order(source, folder / "site", NOW, folder / "cache", 1, theme=str(BARE))


def build(folder, source, **changes):
    return build_store(replace(order_of(folder, source), **changes), lambda *_: None)


def twins(folder, **settings):
    """Two products that search engines cannot tell apart, in a store of one language."""
    same = {"title": "Luna", "seo": {"title": "Luna", "description": "A frame."}}
    return write_source(folder, [product("a", **same), product("b", **same)], locales=["en"], **settings)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("audit")
    build(folder, write_faultless(folder / "store"), theme=None)
    return folder / "site"


@pytest.fixture
def copy(site, tmp_path):
    """A copy of the site that a test may change."""
    import shutil

    return shutil.copytree(site, tmp_path / "copy")


def test_what_a_build_keeps(site):
    record = read_record(site)
    assert record["passed"] is True
    assert record["findings"] == {
        "rules": 100,
        "error": 0,
        "warning": 0,
        "advice": record["findings"]["advice"],
        "waived": 0,
    }
    assert record["as_of"] == NOW.isoformat()
    assert (site / REPORT).read_text().startswith("<!doctype html>")
    assert (site / RECORD).is_file()
    refuse_unaudited(site)


def test_warnings_are_one_fault_per_rule_and_may_be_waived(tmp_path):
    built = build(tmp_path, twins(tmp_path / "store"))
    (fault,) = [fault for fault in built.faults if fault.code == "page-same-title"]
    assert fault.message == "/products/b/ ('Luna' is also that of /products/a/)."
    waived = build(tmp_path, twins(tmp_path / "store", waivers=[WAIVER]))
    assert [fault for fault in waived.faults if fault.code == "page-same-title"] == []
    assert (waived.audit["waived"], waived.written) == (1, 0)
    assert [waiver.reason for waiver in recorded_waivers(tmp_path / "site")] == ["Until January"]
    _, verdict = audit_folder(tmp_path / "site", dt.date(2026, 12, 31))
    assert verdict.waived == {"same-title": 1}
    assert audit_folder(tmp_path / "site", dt.date(2027, 1, 1))[1].counts["bad-waiver"] == 1


def test_an_error_keeps_the_old_site(tmp_path):
    build(tmp_path, twins(tmp_path / "store"))
    before = (tmp_path / "site/index.html").read_bytes()
    past = [{**WAIVER, "until": "2026-11-01"}]
    with pytest.raises(AuditFailed) as failed:
        build(tmp_path, twins(tmp_path / "store", waivers=past, name="Other"))
    assert str(failed.value) == (
        "the pages break rules of the audit: bad-waiver: store.yaml (same-title on /products/* has ended on "
        "2026-11-01). "
        "See docs/reference/audit-rules.md."
    )
    assert (tmp_path / "site/index.html").read_bytes() == before


def test_a_site_is_audited_again_from_its_files(copy):
    page = copy / "about/index.html"
    page.write_text(page.read_text().replace('href="/cart/"', 'href="/gone/"', 1))
    site, verdict = audit_folder(copy, NOW.date())
    assert not verdict.passed
    (finding,) = verdict.kept["dead-link"]
    assert (finding.page, finding.what) == ("/about/", "/gone/")
    assert page.read_text().split("\n")[finding.line - 1].count("/gone/") == 1
    assert (site.origin, site.base, len(site.pages)) == ("https://shop.example", "", verdict.pages)


def test_what_is_no_site_is_refused(tmp_path):
    with pytest.raises(StorageError, match="there is no built site"):
        audit_folder(tmp_path, NOW.date())
    with pytest.raises(AuditFailed, match="no record of an audit"):
        refuse_unaudited(tmp_path)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda site: (site / RECORD).unlink(), "no record"),
        (lambda site: (site / RECORD).write_text("[]"), "no record"),
        (lambda site: _rewrite(site, passed=False), "has not passed"),
        (lambda site: _rewrite(site, content="0"), "of other files"),
        (lambda site: (site / "robots.txt").write_bytes(b"x" * (site / "robots.txt").stat().st_size), "has changed"),
        (lambda site: (site / "about/index.html").unlink(), "has changed"),
        (lambda site: (site / "more.html").write_text("x"), "was added"),
    ],
)
def test_only_what_was_audited_is_published(copy, spoil, message):
    spoil(copy)
    with pytest.raises(AuditFailed, match=message):
        refuse_unaudited(copy)


def _rewrite(site, **changes):
    (site / RECORD).write_text(json.dumps({**json.loads((site / RECORD).read_text()), **changes}))
