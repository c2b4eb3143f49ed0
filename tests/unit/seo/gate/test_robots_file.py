import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.robots_file import means, robots_findings

NAMED = "Sitemap: https://shop.example/sitemap.xml\n"


@pytest.mark.parametrize(
    ("pattern", "address", "meant"),
    [
        ("/fish", "/fish.html", True),
        ("/fish", "/Fish.asp", False),
        ("/fish*", "/fishheads/yummy.html", True),
        ("/fish/", "/fish", False),
        ("/*.php", "/folder/any.php.file.html", True),
        ("/*.php$", "/filename.php", True),
        ("/*.php$", "/filename.php5", False),
        ("/fish*.php", "/fishheads/catfish.php", True),
        ("/fish*.php", "/Fish.PHP", False),
        ("/a$", "/a", True),
        ("/a$", "/a/", False),
        ("/a$b", "/a$b", True),
        ("/**$", "/", True),
        ("*a*a$", "/a", False),
        ("*", "", True),
        ("$", "/", False),
        ("/a.b", "/axb", False),
    ],
)
def test_patterns_of_the_protocol(pattern, address, meant):
    assert means(pattern, address) is meant


@given(st.text("/ab*$", max_size=8), st.text("/ab$", max_size=10))
def test_patterns_mean_what_a_regular_expression_of_them_does(pattern, address):
    ended = pattern.endswith("$")
    parts = map(re.escape, pattern.removesuffix("$").split("*"))
    wanted = re.compile(".*".join(parts) + ("\\Z" if ended else ""), re.DOTALL)
    assert means(pattern, address) is (wanted.match(address) is not None)


def test_a_hostile_pattern_takes_no_longer_than_its_length():
    assert not means("/" + "a*" * 50_000 + "b$", "/" + "a" * 100_000)


@pytest.fixture
def said(tmp_path):
    """What is found in a robots.txt, as (text, line)."""

    def ask(data, origin="https://shop.example", base=""):
        if data is not None:
            (tmp_path / "robots.txt").write_bytes(data.encode())
        files = {"/": "index.html", "/luna/": "luna/index.html"}
        site = BuiltSite({}, files, lambda name: tmp_path / name, origin, base)
        return [(finding.what, finding.line) for finding in robots_findings(site)]

    return ask


def test_it_has_to_be_there(said):
    assert said(None) == [("there is none", 0)]


def test_it_names_the_sitemap_of_this_site(said):
    lacks = ("it does not name the sitemap", 0)
    assert said(f"User-agent: *\nAllow: /\n{NAMED}") == []
    assert said("User-agent: *\n") == [lacks]
    assert said("Sitemap: /sitemap.xml") == [lacks]
    assert said("Sitemap: http://shop.example/sitemap.xml") == [lacks]
    assert said("# " + NAMED) == [lacks]
    assert said("sItEmAp :https://shop.example/shop/sitemap.xml # here", base="/shop") == []


@pytest.mark.parametrize(
    ("rule", "of", "line"),
    [
        ("Disallow: /luna", "/luna/", 1),
        ("\ndisallow:/*na/$  # why", "/luna/", 2),
        ("User-agent: Bingbot\nDisallow: /", "/", 2),
        ("Allow: /\rDisallow: /luna/", "/luna/", 2),
        ("\ufeffDisallow: /luna/", "/luna/", 1),
        ("Disallow: /%6cuna/", "/luna/", 1),
        ("Disallow: /l%75*", "/luna/", 1),
    ],
)
def test_it_keeps_no_crawler_from_any_file(said, rule, of, line):
    value = rule.partition("#")[0].rpartition(":")[2].strip()
    assert said(f"{rule}\n{NAMED}") == [(f"Disallow: {value} keeps crawlers from {of}", line)]


@pytest.mark.parametrize("rule", ["Disallow:", "Disallow: /nowhere/", "Disallow: luna", "Noindex: /luna/", "x", ":"])
def test_rules_about_nothing(said, rule):
    assert said(f"{rule}\n{NAMED}") == []


def test_crawlers_read_half_a_mebibyte_at_most(said):
    text = NAMED + "Disallow: /nowhere/\n" * 30_000
    assert said(text) == [("600,042 bytes, of which crawlers read 512,000", 0)]


def test_many_rules_are_not_compared_with_all_addresses(said):
    rules = "".join(f"Disallow: /{number}\n" for number in range(501))
    assert said(rules + NAMED) == [("501 rules that disallow something", 0)]
