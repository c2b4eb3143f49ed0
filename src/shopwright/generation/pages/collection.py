"""Collection pages and the list of all collections."""

from typing import Any

from shopwright.generation.edition import Edition, Words
from shopwright.generation.pages.draft import Draft, Editions, breadcrumb_thing, share_image, urls_of
from shopwright.generation.spool import EVERYTHING
from shopwright.generation.things.page import list_page
from shopwright.generation.views.card import card_view, facet_value
from shopwright.generation.views.picture import picture_view
from shopwright.generation.wording import collection_description, collection_title
from shopwright.seo.snippet import fitted
from shopwright.template_engine.formats import list_separator
from shopwright.template_engine.rich import rich_markup

Json = dict[str, Any]

SORTS = ("featured", "price-asc", "price-desc", "newest", "name")
KNOWN_FACETS = ("color", "shape", "rim", "material", "size", "brand", "type")


def collection_entry(collection: Json, edition: Edition) -> Json:
    """A collection as the home page and the list of collections show it."""
    title, url = edition.collection_link(collection)
    picture = collection.get("shown_picture")
    view = picture_view(picture, picture.get("alt") or title, edition) if picture else None
    return {"title": title, "url": url, "picture": view, "count": collection["count"]}


def draft(job: Json, editions: Editions, locale: str) -> Draft:
    """One page of a collection."""
    edition, record, number = editions[locale], job["collection"], job["number"]
    words = edition.words(record)
    title, first = edition.collection_link(record)
    entry = collection_entry(record, edition)
    products = [card_view(card, edition) for card in job["products"]]
    values = {
        "handle": record["handle"],
        "title": title,
        "description": rich_markup(words.description),
        "description_lang": words.lang("description"),
        "picture": entry["picture"],
        "count": record["count"],
        "products": products,
        "pagination": _pagination(number, job["pages_total"], words.handle, edition),
        "facets": [_facet(facet, edition, words) for facet in job["facets"]],
        "sorts": [{"key": key, "label": edition.say(f"sort.{key.replace('-', '_')}")} for key in SORTS],
        "data_url": edition.addresses.file(f"collections/{record['handle']}/products-1.json"),
    }
    urls = urls_of(editions, lambda each: each.addresses.collection(each.words(record).handle, number))
    crumbs = ((edition.say("page.collections"), edition.addresses.page("collections")), (title, first))
    listed = [(product["title"], product["url"]) for product in products]
    return Draft(
        kind="collection",
        title=title,
        lang=None if record["handle"] == EVERYTHING else words.lang("title"),
        urls=urls,
        head_title=collection_title(words.seo("title"), title, number, edition),
        description=collection_description(words, title, record, number, edition),
        values={"collection": values},
        crumbs=crumbs,
        image=_image(job, title, edition),
        things=(
            list_page(edition, title, urls[locale], listed),
            breadcrumb_thing(edition, crumbs),
        ),
    )


def _image(job: Json, title: str, edition: Edition) -> Json | None:
    """The collection's picture, to be shared, else the first of its first product."""
    own = job["collection"].get("shown_picture")
    if own or not job["products"]:
        return share_image(own, title, edition)
    first = job["products"][0]
    return share_image(next(iter(first["pictures"]), None), first["words"][edition.locale]["title"], edition)


def _pagination(number: int, total: int, handle: str, edition: Edition) -> Json:
    """Every page is a link; long lists leave gaps (none)."""

    def url(page: int) -> str:
        return edition.addresses.collection(handle, page)

    near = sorted({1, 2, number - 1, number, number + 1, total - 1, total} & set(range(1, total + 1)))
    numbers: list[Json | None] = []
    for place, page in enumerate(near):
        if place and page > near[place - 1] + 1:
            numbers.append(None)
        numbers.append({"number": page, "url": url(page), "current": page == number})
    return {
        "page": number,
        "pages": total,
        "previous": url(number - 1) if number > 1 else None,
        "next": url(number + 1) if number < total else None,
        "numbers": numbers,
    }


def _facet(facet: Json, edition: Edition, words: Words) -> Json:
    key = facet["key"]
    label = edition.say(f"facet.{key}") if key in KNOWN_FACETS else words.term(facet["name"])
    values = [
        {
            "value": facet_value(entry["value"]),
            "label": entry["words"].get(edition.locale, entry["value"]),
            "count": entry["count"],
            "hex": entry["hex"],
        }
        for entry in facet["values"]
    ]
    return {"key": key, "label": label, "values": values}


def list_draft(job: Json, editions: Editions, locale: str) -> Draft:
    """The list of all collections."""
    edition = editions[locale]
    title = edition.say("page.collections")
    urls = urls_of(editions, lambda each: each.addresses.page("collections"))
    crumbs = ((title, urls[locale]),)
    name = edition.site.store["name"]
    collections = [collection_entry(entry, edition) for entry in job["collections"]]
    listed = [(entry["title"], entry["url"]) for entry in collections]
    return Draft(
        kind="collections",
        title=title,
        urls=urls,
        head_title=edition.say("seo.collection_title", title=title, name=name),
        description=fitted(f"{title}: {list_separator(locale).join(entry['title'] for entry in collections)}"),
        values={"collections": collections},
        crumbs=crumbs,
        things=(list_page(edition, title, urls[locale], listed), breadcrumb_thing(edition, crumbs)),
    )
