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
    "itemCondition": "https://schema.org/NewCondition",
    "seller": {"@id": "#store"},
    "priceSpecification": {"@type": "UnitPriceSpecification"},
    "shippingDetails": [{"@type": "OfferShippingDetails"}],
    "hasMerchantReturnPolicy": {"@type": "MerchantReturnPolicy"},
}
OTHERS = [
    *("OnlineStore", "AggregateRating", "BreadcrumbList", "ItemList", "CollectionPage", "AboutPage", "ContactPage"),
    *("Brand", "PostalAddress", "ContactPoint", "ShippingService", "MerchantReturnPolicy", "WebSite"),
]
GRAPH = [
    {"@type": "ProductGroup", "hasVariant": [{"@type": "Product", "offers": OFFER}]},
    *({"@type": kind} for kind in OTHERS),
]
META = {
    "description": "A frame", "robots": "max-image-preview:large", "twitter:card": "summary", "twitter:image:alt": "F",
    "og:title": "Frame", "og:description": "A frame", "og:type": "product", "og:url": "u", "og:site_name": "Shop",
    "og:locale": "en", "og:image": "i", "og:image:type": "image/jpeg", "og:image:width": "1200",
    "og:image:height": "630", "og:image:alt": "F",
}  # fmt: skip
SOLD = {
    "product:price:amount": "10.00", "product:price:currency": "EUR", "product:availability": "in stock",
    "product:retailer_item_id": "A",
}  # fmt: skip
HEAD = '<title>Frame</title><link rel="canonical" href="https://shop.example/p">'


def metas(given):
    return "".join(f'<meta name="{name}" content="{content}">' for name, content in given.items())


class BuiltCheckout(Checkout):
    """A checkout whose builds show the reviews they are given and nothing else."""

    def build(self, source, out, *, cache):
        lines = (source / "products.jsonl").read_text().splitlines()
        reviews = [review for line in lines for review in json.loads(line)["reviews"]]
        assert (source / "store.yaml").read_text() == "name: Example"
        out.mkdir()
        (out / "about").mkdir()
        (out / "about" / "p.html").write_text(
            with_data([{"@type": "Review"} for review in reviews if not review["sample"]])
        )


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
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text)
        vars(made)["example"] = site
        return made

    return make


def with_data(graph):
    return f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'


def test_every_kind_and_every_offer(checkout):
    result = structured_data(checkout({"index.html": with_data(GRAPH)}))
    assert result == Result("19 of 19 kinds, 1 of 1 offers complete", passed=True)


def test_a_missing_kind_is_named(checkout):
    pages = {"about/index.html": with_data([thing for thing in GRAPH if thing["@type"] != "Brand"])}
    result = structured_data(checkout(pages))
    assert result.figure.startswith("18 of 19 kinds, 1 of 1 offers complete; missing: Brand")
    assert not result.passed


@pytest.mark.parametrize("lost", ["hasMerchantReturnPolicy", "seller", "itemCondition"])
def test_an_incomplete_offer(checkout, lost):
    bare = {key: value for key, value in OFFER.items() if key != lost}
    pages = {"index.html": with_data(GRAPH), "about/p.html": with_data([bare])}
    assert structured_data(checkout(pages)) == Result("19 of 19 kinds, 1 of 2 offers complete", passed=False)


@pytest.mark.parametrize(
    ("path", "lacks"),
    [
        ("de/products/luna/index.html", "BreadcrumbList, OnlineStore, Product"),
        ("collections/round/index.html", "CollectionPage, ItemList, BreadcrumbList"),
        ("de/index.html", "WebSite, OnlineStore, MerchantReturnPolicy, ShippingService"),
    ],
)
def test_every_page_is_described_by_the_types_of_its_kind(checkout, path, lacks):
    result = structured_data(checkout({"index.html": with_data(GRAPH), path: with_data([])}))
    said = f"19 of 19 kinds, 1 of 1 offers complete; 1 pages lack types, {path} lacks {lacks}"
    assert result == Result(said, passed=False)


def test_pages_that_are_not_indexed_need_not_be_described(checkout):
    pages = {"index.html": with_data(GRAPH), "de/index.html": '<meta name="robots" content="noindex">'}
    assert structured_data(checkout(pages)).passed


def test_a_site_without_pages_passes_nothing(checkout):
    built = checkout({})
    assert not structured_data(built).passed
    assert page_heads(built) == Result("0 of 0 pages", passed=False)


def test_complete_heads(checkout):
    sold = HEAD + metas(META | SOLD) + with_data([{"@type": "Product", "offers": OFFER}])
    pages = {"index.html": HEAD + metas(META), "p.html": sold, "404.html": metas({"robots": "noindex"})}
    assert page_heads(checkout(pages)) == Result("2 of 2 pages", passed=True)


@pytest.mark.parametrize("lost", META)
def test_what_a_head_lacks_is_named(checkout, lost):
    without = {name: content for name, content in META.items() if name != lost}
    pages = {"a.html": HEAD + metas(META), "b.html": HEAD + metas(without)}
    assert page_heads(checkout(pages)) == Result(f"1 of 2 pages; b.html lacks {lost}", passed=False)


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"product:retailer_item_id": ""}, "product:retailer_item_id"),
        ({"product:price:amount": "9.00"}, "the price of an offer"),
        ({"og:image:width": "1024"}, "a share picture"),
    ],
)
def test_what_an_offer_lacks_in_its_head_is_named(checkout, changes, lacks):
    page = HEAD + metas(META | SOLD | changes) + with_data([{"@type": "Product", "offers": OFFER}])
    assert page_heads(checkout({"p.html": page})) == Result(f"0 of 1 pages; p.html lacks {lacks}", passed=False)


@pytest.mark.parametrize("part", ["<title>Frame</title>", '<link rel="canonical" href="https://shop.example/p">'])
def test_a_title_and_one_address(checkout, part):
    pages = {"b.html": HEAD.replace(part, "") + metas(META)}
    assert not page_heads(checkout(pages)).passed


def test_two_canonical_addresses_are_none(checkout):
    pages = {"a.html": HEAD + '<link rel="canonical" href="https://shop.example/q">' + metas(META)}
    assert page_heads(checkout(pages)) == Result("0 of 1 pages; a.html lacks canonical", passed=False)
