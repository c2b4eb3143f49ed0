"""What lists and information pages say of themselves."""

from collections.abc import Iterable

from shopwright.generation.edition import Edition
from shopwright.generation.things.store import site_id, store_id
from shopwright.seo.structured_data.lists import ItemList
from shopwright.seo.structured_data.pages import PageType, WebPage
from shopwright.seo.structured_data.thing import Thing

_TYPES: dict[str, PageType] = {"about": "AboutPage", "imprint": "ContactPage"}
"""Information pages that schema.org has a type for; the imprint is the page that tells how to reach the seller."""


def list_page(edition: Edition, title: str, address: str, shown: Iterable[tuple[str, str]]) -> Thing:
    """A CollectionPage with the ItemList of what it shows: titles and addresses from the root."""
    absolute = edition.addresses.absolute
    return WebPage(
        kind="CollectionPage",
        name=title,
        url=absolute(address),
        language=edition.locale,
        site=site_id(edition),
        items=ItemList(tuple((name, absolute(url)) for name, url in shown)),
    ).as_thing()


def information_page(edition: Edition, name: str, title: str, description: str) -> Thing:
    """An AboutPage, a ContactPage, or a WebPage; ``name`` is the page's from the locale's root."""
    return WebPage(
        kind=_TYPES.get(name, "WebPage"),
        name=title,
        url=edition.addresses.absolute(edition.addresses.page(name)),
        language=edition.locale,
        site=site_id(edition),
        description=description,
        about=store_id(edition) if name in _TYPES else None,
    ).as_thing()
