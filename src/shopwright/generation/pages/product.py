"""Product pages."""

from typing import Any

from shopwright.catalog.money import Money, decimal_text
from shopwright.catalog.rich_text import plain_text
from shopwright.generation.cards import COLOR_OPTIONS, rating_of
from shopwright.generation.edition import Edition
from shopwright.generation.offers import OfferFacts
from shopwright.generation.pages.draft import Draft, Editions, breadcrumb_thing, picture_url, share_image, urls_of
from shopwright.generation.prices import last_day
from shopwright.generation.views.card import card_view
from shopwright.generation.views.product import ProductView
from shopwright.seo import structured_data
from shopwright.seo.head import shorten

Json = dict[str, Any]

MAX_REVIEWS_DESCRIBED = 10
"""Reviews repeated in structured data; all of them stand on the page."""

_OPENING = 1_000
"""Characters of HTML that hold enough words for a description."""
_VARIES_BY = {"size": "size", "größe": "size", "groesse": "size", "material": "material", "pattern": "pattern"}


def draft(job: Json, editions: Editions, locale: str) -> Draft:
    """A product page from its record, handles, pictures, related cards and first collection."""
    edition = editions[locale]
    record, handles = job["record"], job["handles"]
    view = ProductView(record, job["pictures"], edition, handles[locale])
    urls = urls_of(editions, lambda each: each.addresses.product(handles[each.locale]))
    values = view.values(urls[locale])
    values["related"] = [card_view(card, edition) for card in job["related"]]
    values["members"] = [card_view(card, edition) for card in job["members"]]
    crumbs = (*_collection_crumb(job["collection"], edition), (values["title"], urls[locale]))
    description = _description(view)
    return Draft(
        kind="product",
        title=values["title"],
        urls=urls,
        head_title=view.words.seo("title")
        or edition.say("seo.product_title", title=values["title"], name=edition.site.store["name"]),
        description=description,
        values={"product": values},
        crumbs=crumbs,
        open_graph=_open_graph(values),
        image=share_image(values["pictures"][0] if values["pictures"] else None, edition),
        things=(_thing(view, values, description, urls[locale]), *_terms(view), breadcrumb_thing(edition, crumbs)),
    )


def _collection_crumb(collection: Json | None, edition: Edition) -> tuple[tuple[str, str], ...]:
    return (edition.collection_link(collection),) if collection else ()


def _description(view: ProductView) -> str:
    """The merchant's own description for search engines, else the summary, else the start of the description."""
    given = view.words.seo("description") or view.words.summary
    return shorten(given or plain_text(view.words.description[:_OPENING]))


def _open_graph(values: Json) -> tuple[tuple[str, str], ...]:
    price = values["price"]
    properties = [("og:type", "product")]
    if price and values["kind"] == "standard":
        amount = decimal_text(Money(amount=price["amount"], currency=price["currency"]))
        properties += [("product:price:amount", amount), ("product:price:currency", price["currency"])]
        properties += [("product:availability", values["availability"]["code"].replace("_", " "))]
    if values["brand"]:
        properties.append(("product:brand", values["brand"]))
    return tuple(properties)


def _thing(view: ProductView, values: Json, description: str, url: str) -> Json:
    """A Product, or a ProductGroup where there are several variants."""
    edition, record = view.edition, view.record
    at = edition.addresses
    rated = rating_of(record)
    genuine = rated is not None and not rated["sample"]
    facts: Json = {
        "name": values["title"],
        "url": at.absolute(url),
        "description": description,
        "image": [picture_url(picture, edition) for picture in values["pictures"]],
        "brand": values["brand"],
        "material": _term(view, "material"),
        "category": " > ".join(record.get("category", ())) or values["type"],
        "aggregateRating": structured_data.aggregate_rating(rated["value"], rated["count"])
        if rated and genuine
        else None,
        "review": [structured_data.review(review) for review in values["reviews"][:MAX_REVIEWS_DESCRIBED]]
        if genuine
        else [],
    }
    if len(view.variants) > 1:
        variants = [_variant_thing(view, values, *each) for each in zip(view.variants, view.offers, strict=True)]
        return structured_data.product_group(
            {**facts, "productGroupID": record["handle"]}, _varies_by(record), variants
        )
    if not view.variants:
        return structured_data.product(facts)
    return structured_data.product({**facts, **_identifiers(view.offers[0]), "offers": _offer(view, view.offers[0])})


def _term(view: ProductView, key: str) -> str | None:
    value = (view.record.get("frame") or {}).get(key)
    return view.words.term(value) if value else None


def _varies_by(record: Json) -> list[str]:
    names = [name.lower() for name in record.get("options", [])]
    known = ["color" if name in COLOR_OPTIONS else _VARIES_BY.get(name) for name in names]
    return [name for name in known if name]


def _identifiers(offer: OfferFacts) -> Json:
    return {"sku": offer.item, "gtin": offer.gtin, "mpn": offer.mpn}


def _variant_thing(view: ProductView, values: Json, variant: Json, offer: OfferFacts) -> Json:
    index = view.picture_index(variant)
    color = variant.get("color")
    named = " ".join([values["title"], *(view.words.term(value) for value in variant.get("options", []))])
    return structured_data.product(
        {
            "name": named,
            **_identifiers(offer),
            "color": view.words.term(color["name"]) if color else None,
            "image": picture_url(values["pictures"][index], view.edition) if index is not None else None,
            "offers": _offer(view, offer),
        }
    )


def _offer(view: ProductView, offer: OfferFacts) -> Json | None:
    """The Offer of a variant; none where nothing is asked or another shop sells it."""
    price, text = offer.asked, offer.price
    if price is None or text is None or view.record.get("kind", "standard") != "standard":
        return None
    return structured_data.offer(
        url=offer.url,
        price=text,
        currency=price.currency,
        availability=offer.availability,
        seller=view.edition.site.store["name"],
        valid_until=last_day(price.ends) if price.ends else None,
        terms=[term["@id"] for term in _terms(view)],
    )


def _terms(view: ProductView) -> list[Json]:
    """Shipping and returns, where ``store.yaml`` gives them: things of their own that every Offer refers to."""
    store = view.edition.site.store
    rates = view.edition.shipping if view.record.get("requires_shipping", True) else []
    things = [structured_data.shipping_details(rate, decimal_text(Money(**rate["price"]))) for rate in rates]
    countries = [rate["country"] for rate in store["shipping"]]
    if store["returns"] and countries:
        things.append(structured_data.return_policy(store["returns"], countries))
    return things
