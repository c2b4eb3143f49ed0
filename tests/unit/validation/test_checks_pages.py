import json

import pytest

from shopwright.validation.checkout import EXAMPLE, Checkout
from shopwright.validation.checks_pages import page_heads, structured_data
from shopwright.validation.registry import Result

OFFER = {
    "@type": "Offer",
    "url": "https://shop.example/p",
    "price": "10.00",
    "priceCurrency": "EUR",
    "availability": "https://schema.org/InStock",
    "shippingDetails": [{"@type": "OfferShippingDetails"}],
    "hasMerchantReturnPolicy": {"@type": "MerchantReturnPolicy"},
}
OTHERS = ["OnlineStore", "AggregateRating", "BreadcrumbList", "ItemList", "WebSite"]
GRAPH = [
    {"@type": "ProductGroup", "hasVariant": [{"@type": "Product", "offers": OFFER}]},
    *({"@type": kind} for kind in OTHERS),
]
HEAD = """<title>Frame</title><link rel="canonical" href="https://shop.example/p">
<meta name="description" content="A frame"><meta property="og:title" content="Frame">
<meta property="og:type" content="product"><meta property="og:url" content="u"><meta property="og:image" content="i">
<meta name="twitter:card" content="summary">"""


class BuiltCheckout(Checkout):
    """A checkout whose builds show the reviews they are given and nothing else."""

    def build(self, source, out, *, cache):
        lines = (source / "products.jsonl").read_text().splitlines()
        reviews = [review for line in lines for review in json.loads(line)["reviews"]]
        assert (source / "store.yaml").read_text() == "name: Example"
        out.mkdir()
        (out / "index.html").write_text(with_data([{"@type": "Review"} for review in reviews if not review["sample"]]))


@pytest.fixture
def checkout(tmp_path):
    """A checkout whose example store is built already: ``checkout({"index.html": ...})``."""

    def make(pages):
        made = BuiltCheckout(tmp_path, tmp_path / "work")
        store, site = tmp_path / EXAMPLE, tmp_path / "site"
        store.mkdir(parents=True)
        site.mkdir()
        (store / "store.yaml").write_text("name: Example")
        product = {"handle": "frame", "reviews": [{"rating": 5, "sample": True}]}
        (store / "products.jsonl").write_text(f'{json.dumps(product)}\n{{"handle": "plain"}}\n')
        for name, text in pages.items():
            (site / name).write_text(text)
        vars(made)["example"] = site
        return made

    return make


def with_data(graph):
    return f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'


def test_every_kind_and_every_offer(checkout):
    result = structured_data(checkout({"index.html": with_data(GRAPH)}))
    assert result == Result("11 of 11 kinds, 1 of 1 offers complete", passed=True)


def test_a_missing_kind_is_named(checkout):
    result = structured_data(checkout({"index.html": with_data(GRAPH[:-1])}))
    assert result == Result("10 of 11 kinds, 1 of 1 offers complete; missing: WebSite", passed=False)


def test_an_incomplete_offer(checkout):
    bare = {key: value for key, value in OFFER.items() if key != "hasMerchantReturnPolicy"}
    pages = {"index.html": with_data(GRAPH), "p.html": with_data([bare])}
    assert structured_data(checkout(pages)) == Result("11 of 11 kinds, 1 of 2 offers complete", passed=False)


def test_a_site_without_pages_passes_nothing(checkout):
    built = checkout({})
    assert not structured_data(built).passed
    assert page_heads(built) == Result("0 of 0 pages", passed=False)


def test_complete_heads(checkout):
    pages = {"index.html": HEAD, "404.html": '<meta name="robots" content="noindex">'}
    assert page_heads(checkout(pages)) == Result("1 of 1 pages", passed=True)


@pytest.mark.parametrize(
    ("without", "lacks"),
    [
        ("<title>Frame</title>", "title"),
        ('<link rel="canonical" href="https://shop.example/p">', "canonical"),
        ('<meta name="description" content="A frame">', "description"),
        ('<meta property="og:image" content="i">', "og:image"),
        ('<meta name="twitter:card" content="summary">', "twitter:card"),
    ],
)
def test_what_a_head_lacks_is_named(checkout, without, lacks):
    assert without in HEAD
    pages = {"a.html": HEAD, "b.html": HEAD.replace(without, "")}
    assert page_heads(checkout(pages)) == Result(f"1 of 2 pages; b.html lacks {lacks}", passed=False)


def test_two_canonical_addresses_are_none(checkout):
    pages = {"a.html": HEAD + '<link rel="canonical" href="https://shop.example/q">'}
    assert page_heads(checkout(pages)) == Result("0 of 1 pages; a.html lacks canonical", passed=False)
