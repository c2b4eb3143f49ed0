"""Cross-site scripting: no attack text changes a page's elements or runs, in any context a template may print it in.

The payloads of ``SHOPWRIGHT_PAYLOADS`` join our own where it is set.
"""

import csv
import re

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.security.payloads import own_xss_payloads, xss_payloads
from tests.security.structure import code_addresses, structure
from tests.stores.small import BARE, NOW

from shopwright.catalog.rich_text import ALLOWED_TAGS, sanitise
from shopwright.errors import ContextRefused
from shopwright.generation.pipeline import Order, build_store
from shopwright.template_engine import functions
from shopwright.template_engine.context import from_wire, to_wire, validate_context
from shopwright.template_engine.contexts.lint import lint_contexts
from shopwright.template_engine.engine import make_environment
from shopwright.template_engine.metering.environment import make_metered_environment
from shopwright.template_engine.rich import rich_markup

ACCEPTED = {
    "text": "<p>{{ x }}</p>",
    "title": "<title>{{ x }}</title>",
    "textarea": "<textarea>{{ x }}</textarea>",
    "double quotes": '<p title="{{ x }}">a</p>',
    "single quotes": "<p title='{{ x }}'>a</p>",
    "class": '<p class="a {{ x }} b">a</p>',
    "data": '<p data-x="{{ x }}">a</p>',
    "value": '<input value="{{ x }}">',
    "name": '<p id="p-{{ x }}">a</p>',
    "path": '<a href="/p/{{ x }}">a</a>',
    "query": '<a href="/?q={{ x }}&amp;a=1">a</a>',
    "fragment": '<a href="#p-{{ x }}">a</a>',
    "mail": '<a href="mailto:{{ x }}">a</a>',
    "host": '<a href="https://shop.example/{{ x }}">a</a>',
    "url()": '<a href="{{ url(x) }}">a</a><img src="{{ url(x) }}" alt=""><form action="{{ url(x) }}"></form>',
    "meta": '<meta name="description" content="{{ x }}">',
    "option": '<select><option value="{{ x }}">{{ x }}</option></select>',
    "table": "<table><tr><td>{{ x }}</td></tr></table>",
    "svg": '<svg><title>{{ x }}</title><path class="{{ x }}" d="M0 0"/><text>{{ x }}</text></svg>',
    "noscript": '<noscript><p title="{{ x }}">{{ x }}</p></noscript>',
    "template": '<template><p title="{{ x }}">{{ x }}</p></template>',
    "macro": '{% macro m(v) %}<i title="{{ v }}">{{ v }}</i>{% endmacro %}<p>{{ m(x) }}</p>',
    "joined": '{% set s = x ~ ", " ~ x %}<p title="{{ s }}">{{ [x, x]|join(" ") }}</p>',
    "json": '<p>{{ data("d", {"a": x}) }}</p>',
    "json_ld": '{{ json_ld({"@type": "Thing", "name": x}) }}',
    "swatch": '<p>{{ swatch({"name": x, "hex": x}) }}</p>',
}
CONTROLS = {
    "safe": "<p>{{ x|safe }}</p>",
    "unquoted": "<p title={{ x }}>a</p>",
    "tojson in double quotes": '<p data-x="{{ x|tojson }}">a</p>',
    "plain href": '<a href="{{ x }}">a</a>',
    "comment": "<!-- {{ x|safe }} --><p>a</p>",
}
API = {
    "url": functions.url,
    "data": functions.data,
    "json_ld": functions.json_ld,
    "swatch": functions.swatch,
}
PAYLOADS = [text for text in xss_payloads() if text.strip()]


def broken(template, payloads):
    """The payloads that change what a browser makes of the template, or give it an address that runs."""
    page = make_environment({"main": template}).get_template("main")
    harmless = structure(page.render(API, x="harmless"))
    made = ((text, page.render(API, x=text)) for text in payloads)
    return [text for text, html in made if structure(html) != harmless or code_addresses(html)]


def test_there_are_payloads_of_all_kinds():
    assert len(own_xss_payloads()) >= 150
    assert set(own_xss_payloads()) <= set(xss_payloads())


def test_a_folder_of_payloads_joins_our_own(tmp_path, monkeypatch):
    (tmp_path / "xss").mkdir()
    (tmp_path / "xss" / "some.txt").write_text("<one>\n\n<two>\n<one>\n")
    monkeypatch.setenv("SHOPWRIGHT_PAYLOADS", str(tmp_path))
    assert xss_payloads()[-2:] == ["<one>", "<two>"]


@pytest.mark.parametrize("context", ACCEPTED)
def test_no_payload_changes_the_page(context):
    assert lint_contexts({"main": ACCEPTED[context]}, ["main"]) == ()
    assert broken(ACCEPTED[context], PAYLOADS) == []


@pytest.mark.parametrize("control", CONTROLS)
def test_the_controls_show_that_the_payloads_are_live(control):
    assert lint_contexts({"main": CONTROLS[control]}, ["main"]) != ()
    assert len(broken(CONTROLS[control], own_xss_payloads())) >= 3


def test_an_address_in_the_data_cannot_run():
    page = make_environment({"main": '<a href="{{ e.url }}">a</a>'}).get_template("main")
    harmless, refused = structure(page.render(e={"url": "/"})), 0
    for text in PAYLOADS:
        context = {"e": {"url": text}}
        try:
            validate_context(context)
        except ContextRefused:
            refused += 1
            continue
        html = page.render(context)
        assert (structure(html), code_addresses(html)) == (harmless, [])
    assert refused > 20


def test_rich_text_keeps_seven_elements_and_no_attribute():
    for text in PAYLOADS:
        made = sanitise(text)
        tags = {(tag, names) for _, tag, names in structure(f"<body>{made}")}
        assert tags - {("html", ()), ("head", ()), ("body", ())} <= {(tag, ()) for tag in ALLOWED_TAGS}, text
        assert sanitise(str(made)) == made


@pytest.mark.parametrize("make", [make_environment, make_metered_environment])
def test_rich_text_is_printed_as_it_is_and_cannot_leave_an_attribute(make):
    environment = make({"text": "<div>{{ r }}</div>", "attribute": "<p title=\"{{ r }}\" data-x='{{ r }}'>a</p>"})
    text, attribute = environment.get_template("text"), environment.get_template("attribute")
    for payload in PAYLOADS:
        rich = rich_markup(sanitise(payload))
        assert text.render(r=rich) == f"<div>{rich}</div>"
        assert structure(attribute.render(r=rich)) == structure('<p title="" data-x="">a</p>')


CUTS = ["r[:1]", "r[0]", "r|truncate(4, true, '')", "r|first", "r|replace('p', x)", "r|upper", "r|trim", "(r ~ '')[:1]"]


@pytest.mark.parametrize("cut", CUTS)
def test_a_part_of_rich_text_is_plain_text_where_templates_are_not_trusted(cut):
    """``<`` of rich text and an attack text without any special character would be a tag together."""
    environment = make_metered_environment({"main": "{{ " + cut + " }}{{ x }}"})
    context = from_wire(to_wire({"r": rich_markup("<p>a</p>"), "x": "img src=y onerror=alert(1) "}))
    environment.meter.start()
    html = environment.get_template("main").render(context)
    assert structure(html) == structure("text")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The product pages of a store made from a CSV file of hostile texts, by title."""
    folder = tmp_path_factory.mktemp("csv")
    source = folder / "products.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["Handle", "Title", "Body (HTML)", "Vendor", "Type", "Status", "Variant Price", "Variant SKU"])
        for place, title in enumerate(TITLES):
            body = f'<p onclick=alert(1)>{place} &amp; <b>bold</b> "q"</p><script>alert(1)</script>'
            rows.writerow([f"p-{place}", title, body, title, "Frames", "active", "10.00", f"s-{place}"])
    order = Order(source=source, out=folder / "site", date=NOW, cache=folder / "cache", workers=1, theme=str(BARE))
    build_store(order, lambda _stage, _done: None)
    return {title: (folder / f"site/products/p-{place}/index.html").read_text() for place, title in enumerate(TITLES)}


TITLES = [
    "Ray & Ban <3",
    "\"Quoted\" & 'single'",
    "&amp; already &lt;escaped&gt;",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title><svg onload=alert(1)>",
]


@pytest.mark.parametrize("title", TITLES)
def test_plain_text_is_escaped_exactly_once_from_the_file_to_the_page(pages, title):
    page = LexborHTMLParser(pages[title])
    assert page.css_first("h1").text() == title
    assert title in page.css_first("title").text()
    assert page.css_first('meta[property="og:title"]').attributes["content"] == f"{title} – Frames | Products"
    assert code_addresses(pages[title]) == []
    assert structure(pages[title]) == structure(pages[TITLES[0]])


def test_nothing_is_escaped_twice(pages):
    """But for the product, shown as a neighbour, whose title says ``&amp;`` itself."""
    assert re.findall("&amp;amp;(?! already)", pages["Ray & Ban <3"]) == []
    assert "Ray &amp; Ban &lt;3" in pages["Ray & Ban <3"]


def test_rich_text_of_the_file_is_sanitised(pages):
    html = pages["Ray & Ban <3"]
    assert re.search(r"<p>0 &amp; <strong>bold</strong> &#34;q&#34;</p>", html)
    assert "onclick" not in html
    assert "alert(1)</script>" not in html
