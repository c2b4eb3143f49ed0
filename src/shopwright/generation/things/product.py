"""What a product page says of its product: Product, or ProductGroup where there are several variants."""

from typing import Any

from shopwright.generation.cards import COLOR_OPTIONS, rating_of
from shopwright.generation.offers import OfferFacts, group_of
from shopwright.generation.pages.draft import picture_url
from shopwright.generation.prices import last_day
from shopwright.generation.things.store import seller, store_id
from shopwright.generation.things.terms import OfferTerms
from shopwright.generation.views.product import ProductView
from shopwright.seo.structured_data.offer import Offer
from shopwright.seo.structured_data.product import VARIES_BY, Product, ProductGroup
from shopwright.seo.structured_data.quantity import MILLIMETRE, PropertyValue
from shopwright.seo.structured_data.reviews import AggregateRating, Review
from shopwright.seo.structured_data.thing import Thing

Json = dict[str, Any]

MAX_REVIEWS_DESCRIBED = 10
"""Reviews repeated in structured data; all of them stand on the page."""

_OPTION_PROPERTIES = {
    **dict.fromkeys(COLOR_OPTIONS, "color"),
    **dict.fromkeys(("size", "größe", "groesse", "grösse", "taille", "talla", "taglia", "maat"), "size"),
    **dict.fromkeys(("material", "matériau", "matière", "materiale", "materiaal"), "material"),
    **dict.fromkeys(("pattern", "muster", "motif", "patroon", "print"), "pattern"),
}
"""Names of options, in lower case, that are a property of schema.org."""


def product_things(view: ProductView, description: str, url: str) -> list[Thing]:
    """A product page's structured data, without its breadcrumbs: the product, its terms, and who sells it."""
    describer = _Describer(view, description, url)
    product = describer.product()
    return [product, *describer.terms.things(), *([seller(view.edition)] if describer.sells else [])]


class _Describer:
    """Describes one product. ``url`` is its page's address from the root."""

    def __init__(self, view: ProductView, description: str, url: str) -> None:
        record = view.record
        self._view = view
        self._description = description
        self._url = view.edition.addresses.absolute(url)
        self._pictures = [picture_url(picture, view.edition) for picture in view.pictures()]
        self._seller = store_id(view.edition)
        self._properties = [_OPTION_PROPERTIES.get(name.lower()) for name in record.get("options", ())]
        self.sells = record.get("kind", "standard") == "standard" and any(offer.asked for offer in view.offers)
        self.terms = OfferTerms(view.edition, shipped=self.sells and record.get("requires_shipping", True))

    def product(self) -> Thing:
        """The Product or ProductGroup."""
        record, variants, offers = self._view.record, self._view.variants, self._view.offers
        if not variants:
            return Product(**self._shared()).as_thing()
        if len(variants) == 1:
            return Product(**{**self._shared(), **self._own(variants[0], offers[0])}).as_thing()
        group = ProductGroup(
            product=Product(**self._shared()),
            identifier=group_of(record),
            varies_by=tuple(name for name in VARIES_BY if name in self._properties),
            variants=tuple(self._variant(*each) for each in zip(variants, offers, strict=True)),
        )
        return group.as_thing()

    def _shared(self) -> Json:
        """What all variants have in common."""
        record, words = self._view.record, self._view.words
        frame = record.get("frame") or {}
        rated = rating_of(record)
        genuine = rated is not None and not rated["sample"]
        kind = record.get("product_type")
        return {
            "name": words.title,
            "url": self._url,
            "description": self._description,
            "images": tuple(self._pictures),
            "brand": record.get("brand"),
            "category": tuple(words.term(each) for each in record.get("category") or ([kind] if kind else [])),
            "material": words.term(frame["material"])
            if frame.get("material") and "material" not in self._properties
            else None,
            "properties": self._measures(),
            "rating": AggregateRating(rated["value"], rated["count"]) if rated and genuine else None,
            "reviews": self._reviews() if genuine else (),
        }

    def _reviews(self) -> tuple[Review, ...]:
        shown = self._view.reviews()[:MAX_REVIEWS_DESCRIBED]
        fields = ("author", "rating", "title", "body", "date", "locale")
        return tuple(Review(*(review[name] for name in fields)) for review in shown)

    def _measures(self) -> tuple[PropertyValue, ...]:
        return tuple(PropertyValue(label, millimetres, MILLIMETRE) for label, millimetres in self._view.millimetres())

    def _variant(self, variant: Json, offer: OfferFacts) -> Product:
        """A variant of a group: what is its own, and what search engines want repeated."""
        words, index = self._view.words, self._view.picture_index(variant)
        named = " ".join([words.title, *(words.term(value) for value in variant.get("options", ()))])
        image = self._pictures[index or 0 : (index or 0) + 1]
        own = {"name": named, "url": offer.url, "images": tuple(image)}
        return Product(**{**self._own(variant, offer), **own})

    def _own(self, variant: Json, offer: OfferFacts) -> Json:
        """What one variant has of its own: what names it, what it differs in, and its offer."""
        words = self._view.words
        values = zip(self._properties, variant.get("options", ()), strict=True)
        own: Json = {name: words.term(value) for name, value in values if name}
        color = variant.get("color")
        if color:
            own["color"] = words.term(color["name"])
        weight = variant.get("weight_g") or (self._view.record.get("frame") or {}).get("weight_g")
        named = {"sku": offer.item, "gtin": offer.gtin, "mpn": offer.mpn}
        return {**own, **named, "weight": weight, "offer": self._offer(offer)}

    def _offer(self, offer: OfferFacts) -> Offer | None:
        """The Offer of a variant; none where nothing is asked or another shop sells it."""
        price, text = offer.asked, offer.price
        if not self.sells or price is None or text is None:
            return None
        return Offer(
            url=offer.url,
            price=text,
            currency=price.currency,
            availability=offer.availability,
            condition=offer.condition,
            seller=self._seller,
            list_price=offer.list_price,
            starts=price.starts,
            ends=price.ends,
            last_day=last_day(price.ends) if price.ends else None,
            shipping=self.terms.shipping(price.amount, price.currency),
            returns=self.terms.returns,
        )
