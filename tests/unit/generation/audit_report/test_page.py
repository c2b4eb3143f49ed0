"""(shopwright.generation.audit_report.look, shopwright.generation.audit_report.places)"""

from collections import Counter
from pathlib import Path

from shopwright.catalog.waiver import Waiver
from shopwright.generation.audit_report.page import SHOWN, report_page
from shopwright.generation.audit_report.places import excerpts
from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.page import inspect
from shopwright.seo.gate.rules.every import RULES
from shopwright.seo.gate.rules.rule import Finding
from shopwright.seo.gate.verdict import Verdict

SITE = BuiltSite({}, {"/a/": "a.html"}, lambda name: Path("/nowhere") / name, "https://shop.example", "")


def verdict(*findings, pages=3):
    kept = {}
    for finding in findings:
        kept.setdefault(finding.rule, []).append(finding)
    return Verdict(pages, Counter(finding.rule for finding in findings), Counter(), kept)


def test_a_site_without_fault():
    html = report_page(verdict(), SITE, "A & B")
    assert "<h1>Audit of A &amp; B</h1>" in html
    assert "may be published" in html
    assert "every rule is kept on every page" in html
    assert html.count("<li><code>") == len(RULES)


def test_the_report_keeps_the_rules_of_a_page_itself():
    """All but those of a store: addresses, search engines, landmarks of a shop, code in files of its own."""
    findings = (Finding("/a/", "no-alt", "<b>", 3), Finding("/a/", "same-title", "x"))
    seen = inspect(report_page(verdict(*findings), SITE, "Luna"), "/")
    of_stores = {"canonical", "open-graph", "no-description", "no-landmark", "csp-weak", "inline-code"}
    assert {found.rule for found in seen.findings} <= of_stores
    assert not [found for found in seen.findings if found.rule == "inline-code" and "policy" in found.what]


def test_findings_are_shown_with_why_remedy_and_so_many_places():
    many = [Finding(f"/{number:03}/", "no-alt", "<script>") for number in range(SHOWN + 5)]
    html = report_page(verdict(*many), SITE, "Luna")
    assert "must not be published" in html
    assert html.count("&lt;script&gt;") == SHOWN
    assert "5 more; audit.json names them." in html
    assert RULES["no-alt"].stands_for in html
    assert 'data-severity="error" open' in html


def test_waivers_are_shown_with_their_reason_and_further_pieces():
    waiver = Waiver(rule="no-alt", pages="/a*", reason="<b>January</b>", until="2027-01-31")
    waived = Verdict(1, Counter(), Counter({"no-alt": 2}), {}, [(waiver, 2)])
    html = report_page(waived, SITE, "Luna", "<style>p{}</style><p>Seen in a browser</p>")
    row = '<code>no-alt</code></td><td><code>/a*</code></td><td class="number">2</td><td>2027-01-31</td>'
    assert row + "<td>&lt;b&gt;January&lt;/b&gt;</td>" in html
    assert html.count("<li><code>") == len(RULES) - 1
    assert "29 of 30 rules kept" in html
    assert f"{len(RULES) - 1} of {len(RULES)}</strong>rules kept" in html
    assert "Seen in a browser" in html
    assert "style-src &#x27;unsafe-inline&#x27;" in html


def test_excerpts(tmp_path):
    (tmp_path / "a.html").write_text("one\n  <p>" + "x" * 400 + 'id="lost"' + "y" * 400 + "</p>\n")
    site = BuiltSite({}, {"/a/": "a.html"}, lambda name: tmp_path / name, "", "")
    first, second, third = (
        Finding("/a/", "no-alt", "", 1),
        Finding("/a/", "double-id", 'id="lost"', 2),
        Finding("/a/", "no-alt", "", 99),
    )
    quoted = excerpts([first, second, third, Finding("/b/", "no-alt", "", 1)], site)
    assert quoted.keys() == {first, second}
    assert quoted[first] == "one"
    assert 'id="lost"' in quoted[second]
    assert quoted[second].startswith("…x")
    assert quoted[second].endswith("y…")
