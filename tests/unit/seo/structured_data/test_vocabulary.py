"""Every type, property and member that the builders write is in schema.org 30.0 (the gate's table)."""

from collections.abc import Iterator

import pytest

from shopwright.seo.gate.vocabulary import fits, has_property, is_member, is_property, is_type, plain_name, value_types
from shopwright.seo.structured_data.lists import BreadcrumbList, ItemList
from shopwright.seo.structured_data.offer import AVAILABILITY, CONDITION, Offer
from shopwright.seo.structured_data.organization import OnlineStore, PostalAddress
from shopwright.seo.structured_data.pages import WebPage, WebSite
from shopwright.seo.structured_data.product import VARIES_BY, Product, ProductGroup
from shopwright.seo.structured_data.quantity import MILLIMETRE, PropertyValue
from shopwright.seo.structured_data.returns import MerchantReturnPolicy
from shopwright.seo.structured_data.reviews import AggregateRating, Review
from shopwright.seo.structured_data.shipping import OfferShippingDetails, ShippingConditions, ShippingService

LISTED = (("Luna", "https://shop.example/luna/"),)
RETURNS = MerchantReturnPolicy(
    identifier="#returns", countries=("DE",), days=30, free=False, country="DE", link="https://shop.example/r/"
)
CONDITIONS = ShippingConditions(
    countries=("DE",), price="4.90", currency="EUR", transit=(1, 2), least="0.00", most="79.99"
)


def offer(availability: str = "in_stock", condition: str = "new") -> Offer:
    return Offer(
        url="https://shop.example/luna/", price="9.90", currency="EUR", availability=availability, condition=condition,
        seller="#store", list_price="12.90", starts="2026-11-01T00:00:00Z", ends="2026-11-30T00:00:00Z",
        last_day="2026-11-29", shipping=("#shipping-de",), returns="#returns",
    )  # fmt: skip


def product(gtin: str = "4006381333931", sold: Offer | None = None) -> Product:
    return Product(
        name="Luna", url="https://shop.example/luna/", description="Round", images=("https://shop.example/a.jpg",),
        brand="Lark", category=("Eyewear",), sku="L", gtin=gtin, mpn="M", color="Black", size="M", material="Acetate",
        pattern="Plain", weight=21.0, properties=(PropertyValue("Bridge", 18.0, MILLIMETRE),),
        rating=AggregateRating(4.0, 2), reviews=(Review("A", 4, "T", "B", "2026-05-01", "de"),), offer=sold or offer(),
    )  # fmt: skip


BUILT = [
    *(product(sold=offer(availability)) for availability in AVAILABILITY),
    *(product(sold=offer(condition=condition)) for condition in CONDITION),
    *(product(gtin) for gtin in ("96385074", "036000291452", "10614141000415")),
    ProductGroup(product=product(), identifier="luna", varies_by=VARIES_BY, variants=(product(),)),
    OfferShippingDetails(
        identifier="#s", countries=("DE", "AT"), price="4.90", currency="EUR", handling=(0, 1), transit=(1, 2)
    ),
    OnlineStore(
        identifier="#store", name="Shop", url="https://shop.example/", legal_name="Shop GmbH", vat_id="DE1",
        description="Frames", email="a@b.example", telephone="+49 30 1",
        address=PostalAddress(street="Way 1", postal_code="1", city="Town", region="R", country="DE"),
        logo="https://shop.example/l.png", same_as=("https://social.example/",), languages=("en",), returns=RETURNS,
        shipping=(ShippingService((0, 1), (CONDITIONS,)),),
    ),
    MerchantReturnPolicy(identifier="#returns", countries=("DE",), days=0, free=True),
    WebSite(identifier="#site", name="Shop", url="https://shop.example/", languages=("en",), publisher="#store"),
    *(
        WebPage(kind=kind, name="A", url="https://shop.example/a/", language="en", site="#site", description="D",
                about="#store", items=ItemList(LISTED))
        for kind in ("WebPage", "AboutPage", "ContactPage", "CollectionPage")
    ),
    BreadcrumbList(LISTED),
]  # fmt: skip


def faults(thing: object, where: str = "") -> Iterator[str]:
    """What schema.org 30.0 does not know of a thing and what it holds."""
    if not isinstance(thing, dict) or "@type" not in thing:
        return
    kind = thing["@type"]
    if not is_type(kind):
        yield f"{where}{kind} is no type"
    if where and not fits(kind, where.rpartition(".")[2]):
        yield f"{kind} is no value of {where}"
    for name, value in thing.items():
        if name.startswith("@"):
            continue
        if not is_property(name) or not has_property(kind, name):
            yield f"{kind} has no {name}"
            continue
        for each in value if isinstance(value, list) else [value]:
            yield from faults(each, f"{kind}.{name}")
            is_term = isinstance(each, str) and each.startswith("https://schema.org/") and name != "variesBy"
            if is_term and not is_member(plain_name(each), value_types(name)):
                yield f"{each} is no member for {kind}.{name}"


@pytest.mark.parametrize("built", BUILT, ids=lambda built: type(built).__name__)
def test_everything_is_in_the_vocabulary(built: Product) -> None:
    assert list(faults(built.as_thing())) == []


def test_what_variants_vary_by_are_properties_of_products() -> None:
    assert all(has_property("Product", name) for name in VARIES_BY)
