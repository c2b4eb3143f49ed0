import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from shopwright.generation.showcase.reference import POLICY, Chapter, Entry, Reference, Shown, slug
from shopwright.generation.showcase.states import State, part
from shopwright.template_engine.anatomy import dissect

SOURCES = {
    "home.html": '{% include "_mark.html" %}\n<b title="{{ site.name }}">&amp;</b>',
    "_mark.html": "{{ site.name }}{{ stars(3) }}",
}
FRAMES = {"light-ltr": "/x/light/", "dark-ltr": "/x/dark/"}


@pytest.fixture(scope="module")
def files():
    anatomies = dissect(SOURCES)
    states = [
        Shown(State("home.html", "plain", "Plain <i>", "", note="A note", script=False), FRAMES, '{"a": "</code>"}'),
        Shown(part("_mark.html", "one", "One"), FRAMES, "{}", findings=("no-alt: x.svg",)),
        Shown(part("_mark.html", "two", "Two"), {}, "{}", "_mark.html, line 1: it fails."),
    ]
    entries = [
        Entry("mine", "atelier" if name == "_mark.html" else "mine", name, source, anatomies, shown)
        for name, source, shown in (
            ("_mark.html", SOURCES["_mark.html"], states[1:]),
            ("home.html", SOURCES["home.html"], states[:1]),
        )
    ]
    homes = {"light-ltr": "/h/", "dark-ltr": "/d/", "light-rtl": "/r/", "dark-rtl": "/s/"}
    chapter = Chapter("mine", False, entries, homes, {"/x/light": [{"id": "</script>"}]})
    return {name: data.decode("utf-8", "replace") for name, data in Reference([chapter], "/base", b"font").files()}


def page(files, name):
    return LexborHTMLParser(files[name])


def test_there_is_an_index_a_page_for_the_theme_and_one_for_each_template(files):
    assert [name for name in files if name.endswith(".html")] == [
        *(
            "index.html",
            "themes/mine/index.html",
            "themes/mine/part-mark/index.html",
            "themes/mine/page-home/index.html",
        )
    ]


def test_addresses_of_templates():
    assert [slug(name) for name in ("_card.html", "not_found.html", "parts/_deep_one.html")] == [
        *("part-card", "page-not-found", "part-parts-deep-one")
    ]


def test_every_page_has_the_strict_policy_and_nothing_inline(files):
    for name in (name for name in files if name.endswith(".html")):
        tree = page(files, name)
        assert tree.css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"] == POLICY
        assert tree.css("style, [style], script:not([src]):not([type='application/json'])") == []
    assert "unsafe" not in POLICY


def test_assets_are_named_by_their_content(files):
    names = [name for name in files if name.startswith("assets/")]
    assert sorted(re.sub("[0-9a-f]{16}", "#", name) for name in names) == [
        *("assets/display.#.woff2", "assets/showcase.#.css", "assets/showcase.#.js", "assets/showcase.#.svg")
    ]
    assert all(f'"/base/{name}"' in files["index.html"] for name in names)


def test_a_frame_knows_where_else_it_can_be(files):
    (frame,) = page(files, "themes/mine/page-home/index.html").css("iframe")
    assert frame.attributes["src"] == "/x/light/"
    assert frame.attributes["data-dark-ltr"] == "/x/dark/"
    assert frame.attributes["sandbox"] == "allow-same-origin"
    assert frame.attributes["title"] == "home.html: Plain <i>"


def test_source_and_sample_data_are_text(files):
    tree = page(files, "themes/mine/page-home/index.html")
    lines = tree.css(".source span")
    assert [line.text().rstrip("\n") for line in lines] == SOURCES["home.html"].splitlines()
    assert '{"a": "</code>"}' in [node.text() for node in tree.css("pre.code code")]


def test_a_template_says_what_it_takes_calls_and_belongs_to(files):
    tree = page(files, "themes/mine/part-mark/index.html")
    rows = [[cell.text() for cell in row.css("th, td")] for row in tree.css("tbody tr")]
    assert rows == [["site.name", "the store's name", "here"]]
    assert [node.text() for node in tree.css(".calls code")] == ["stars(value)"]
    facts = {div.css_first("dt").text(): div.css_first("dd").text().strip() for div in tree.css(".facts div")}
    assert facts == {"File": "as in Atelier, 1 line", "Shown by": "home.html"}
    assert "in a template it shows" not in page(files, "themes/mine/part-mark/index.html").body.text()


def test_what_the_audit_finds_and_what_cannot_be_shown_are_told(files):
    notices = [node.text(strip=True) for node in page(files, "themes/mine/part-mark/index.html").css(".notice")]
    assert notices == [
        *("The audit of this page finds:no-alt: x.svg", "It cannot be shown alone: _mark.html, line 1: it fails.")
    ]


def test_the_cart_is_data_that_cannot_end_its_element(files):
    block = page(files, "themes/mine/part-mark/index.html").css_first("#carts")
    assert block.text() == '{"/x/light":[{"id":"\\u003c/script\\u003e"}]}'
