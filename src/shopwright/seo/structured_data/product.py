"""Product, and ProductGroup for a product of several variants (Google: product variants, single page)."""

from dataclasses import dataclass

from shopwright.seo.structured_data.offer import Offer
from shopwright.seo.structured_data.quantity import PropertyValue, grams
from shopwright.seo.structured_data.reviews import AggregateRating, Review
from shopwright.seo.structured_data.thing import Thing, present, term

VARIES_BY = ("color", "size", "material", "pattern")
"""Properties that variants may differ in, of those that search engines group by."""

_GTIN = {8: "gtin8", 12: "gtin12", 13: "gtin13", 14: "gtin14"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product, or one variant of it. Text is plain and in the page's language; addresses are absolute.

    ``sku`` is what names the item outside the store; ``category`` a path from general to special; ``weight`` grams;
    ``properties`` measures. ``rating`` and ``reviews`` are of what the page shows.
    """

    name: str
    url: str | None = None
    description: str | None = None
    images: tuple[str, ...] = ()
    brand: str | None = None
    category: tuple[str, ...] = ()
    sku: str | None = None
    gtin: str | None = None
    mpn: str | None = None
    color: str | None = None
    size: str | None = None
    material: str | None = None
    pattern: str | None = None
    weight: float | None = None
    properties: tuple[PropertyValue, ...] = ()
    rating: AggregateRating | None = None
    reviews: tuple[Review, ...] = ()
    offer: Offer | None = None

    def as_thing(self) -> Thing:
        """The Product."""
        thing = {
            "@type": "Product",
            "name": self.name,
            "url": self.url,
            "description": self.description,
            "image": list(self.images),
            "brand": {"@type": "Brand", "name": self.brand} if self.brand else None,
            "category": " > ".join(self.category),
            "sku": self.sku,
            "mpn": self.mpn,
            "color": self.color,
            "size": self.size,
            "material": self.material,
            "pattern": self.pattern,
            "weight": grams(self.weight) if self.weight else None,
            "additionalProperty": [each.as_thing() for each in self.properties],
            "aggregateRating": self.rating.as_thing() if self.rating else None,
            "review": [each.as_thing() for each in self.reviews],
            "offers": self.offer.as_thing() if self.offer else None,
        }
        if self.gtin:
            thing[_GTIN[len(self.gtin)]] = self.gtin
        return present(thing)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductGroup:
    """A product of several variants: ``product`` is what they share, ``varies_by`` some of ``VARIES_BY``."""

    product: Product
    identifier: str
    varies_by: tuple[str, ...]
    variants: tuple[Product, ...]

    def as_thing(self) -> Thing:
        """The ProductGroup."""
        return present(
            {
                **self.product.as_thing(),
                "@type": "ProductGroup",
                "productGroupID": self.identifier,
                "variesBy": [term(name) for name in self.varies_by],
                "hasVariant": [variant.as_thing() for variant in self.variants],
            }
        )
