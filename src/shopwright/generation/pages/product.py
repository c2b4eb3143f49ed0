"""Product pages."""

from typing import Any

from shopwright.generation.edition import Edition
from shopwright.generation.pages.draft import Draft, Editions, breadcrumb_thing, share_image, urls_of
from shopwright.generation.things.product import product_things
from shopwright.generation.views.card import card_view
from shopwright.generation.views.product import ProductView
from shopwright.generation.wording import product_description, product_title

Json = dict[str, Any]


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
    description = product_description(view)
    return Draft(
        kind="product",
        title=values["title"],
        lang=view.words.lang("title"),
        urls=urls,
        head_title=product_title(view, twin=locale in job.get("twins", ())),
        description=description,
        values={"product": values},
        crumbs=crumbs,
        open_graph=_open_graph(view),
        image=_image(view, job["pictures"]),
        things=(*product_things(view, description, urls[locale]), breadcrumb_thing(edition, crumbs)),
    )


def _collection_crumb(collection: Json | None, edition: Edition) -> tuple[tuple[str, str], ...]:
    return (edition.collection_link(collection),) if collection else ()


def _image(view: ProductView, pictures: dict[str, Json]) -> Json | None:
    """The product's first picture, to be shared."""
    if not view.sources:
        return None
    return share_image(pictures[view.sources[0]], view.pictures()[0]["alt"], view.edition)


def _open_graph(view: ProductView) -> tuple[tuple[str, str], ...]:
    """Open Graph's product properties, of the offer that is shown first; of what is not sold here only its brand."""
    offer, brand = view.offer, view.record.get("brand")
    properties = [("og:type", "product")]
    if offer and offer.asked and offer.price and view.record.get("kind", "standard") == "standard":
        properties += [
            ("product:price:amount", offer.price),
            ("product:price:currency", offer.asked.currency),
            ("product:availability", offer.availability.replace("_", " ")),
            ("product:condition", offer.condition),
            ("product:retailer_item_id", offer.item),
        ]
    if brand:
        properties.append(("product:brand", brand))
    return tuple(properties)
