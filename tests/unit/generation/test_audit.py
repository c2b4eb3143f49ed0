"""The audit of a whole build."""

import orjson
import pytest
from tests.unit.generation.records import site

from shopwright.catalog.faults import Fault, Severity
from shopwright.errors import AuditFailed
from shopwright.generation.audit import audit
from shopwright.generation.manifest import Entry

CLEAN = {"title": "Luna", "lang": "en", "indexed": True, "links": [], "alternates": [], "findings": []}


def page(address, **notes):
    return Entry(f"{address}index.html", "ab", 1, "key", address, orjson.dumps({**CLEAN, "title": address, **notes}))


def audited(*pages, known=("/",), **settings):
    return audit(pages, set(known), site(**settings))


def test_good_pages_have_no_faults():
    both = [["en", "https://shop.example/a/"], ["de", "https://shop.example/de/a/"]]
    assert audited(page("/a/", alternates=both), page("/de/a/", alternates=both, lang="de", links=["/"])) == []


def test_warnings_are_one_fault_per_rule_that_names_three_places():
    pages = [page(f"/{name}/", findings=[["heading-skip", "h1 to h3"]]) for name in "abcde"]
    assert audited(*pages) == [
        Fault(
            "page-heading-skip",
            Severity.WARNING,
            "/a/ (h1 to h3), /b/ (h1 to h3), /c/ (h1 to h3) and 2 more.",
            value="/a/",
        )
    ]


def test_the_faults_are_the_same_in_whatever_order_pages_come():
    pages = [page(f"/{name}/", title="Same") for name in "abc"]
    assert audited(*pages) == audited(*reversed(pages))
    assert audited(*pages)[0].message == "/b/ ('Same' is also the title of /a/), /c/ ('Same' is also the title of /a/)."


def test_titles_are_compared_within_a_language_and_among_indexed_pages():
    same = {"title": "Same"}
    assert audited(page("/a/", **same), page("/de/a/", lang="de", **same), page("/b/", indexed=False, **same)) == []


def test_a_page_that_breaks_rules_stops_the_build_and_says_where():
    broken = page("/a/", findings=[["no-alt", "/x.png"], ["heading-skip", "h1 to h3"]], links=["/gone/"])
    with pytest.raises(AuditFailed) as failed:
        audited(broken)
    assert str(failed.value) == (
        "the pages break rules of the audit: dead-link: /a/ (/gone/); no-alt: /a/ (/x.png). "
        "See docs/reference/audit-rules.md."
    )


@pytest.mark.parametrize("other", ["https://shop.example/de/a/", "https://shop.example/nowhere/"])
def test_languages_that_do_not_point_back_stop_the_build(other):
    with pytest.raises(AuditFailed, match=r"alternate-not-mutual: https://shop\.example/a/ "):
        audited(
            page("/a/", alternates=[["en", "https://shop.example/a/"], ["de", other]]), page("/de/a/", alternates=[])
        )


def test_a_site_below_a_path_compares_whole_addresses():
    own = [["en", "https://shop.example/sub/a/"]]
    assert audited(page("/sub/a/", alternates=own), url="https://shop.example/sub") == []
