"""What every kind of page hands to its template and its head."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shopwright.generation.edition import Edition
from shopwright.generation.views.picture import TYPES
from shopwright.seo.structured_data.lists import BreadcrumbList

Json = dict[str, Any]
Editions = Mapping[str, Edition]


@dataclass(frozen=True, slots=True)
class Draft:
    """A page before its template. ``urls`` are its addresses by locale; ``things`` its structured data.

    ``lang`` is the language of the title where it is not the page's: a text that nobody has translated.
    ``crumbs`` are (title, address) from below home to the page itself; ``values`` the names its template has besides
    those of every page.
    """

    kind: str
    title: str
    urls: Mapping[str, str]
    head_title: str
    description: str
    values: Json
    crumbs: tuple[tuple[str, str], ...] = ()
    indexed: bool = True
    open_graph: tuple[tuple[str, str], ...] = ()
    image: Json | None = None
    things: tuple[Json, ...] = field(default=())
    lang: str | None = None


def urls_of(editions: Editions, address: Callable[[Edition], str]) -> dict[str, str]:
    """The addresses of a page in every locale."""
    return {locale: address(edition) for locale, edition in editions.items()}


def trail(edition: Edition, crumbs: tuple[tuple[str, str], ...]) -> list[Json]:
    """``page.breadcrumbs``: home, then the crumbs."""
    if not crumbs:
        return []
    return [
        {"title": title, "url": url} for title, url in ((edition.say("page.home"), edition.addresses.home), *crumbs)
    ]


def breadcrumb_thing(edition: Edition, crumbs: tuple[tuple[str, str], ...]) -> Json:
    """The BreadcrumbList of a page's crumbs."""
    steps = trail(edition, crumbs)
    return BreadcrumbList(tuple((step["title"], edition.addresses.absolute(step["url"])) for step in steps)).as_thing()


def share_image(record: Json | None, alt: str, edition: Edition) -> Json | None:
    """The Open Graph image of a picture record: the one drawn to be shared, else its fallback format.

    Of a picture that is only linked neither type nor size is known.
    """
    if record is None:
        return None
    if "remote" in record:
        return {"": record["remote"], ":alt": alt}
    shared = record.get("share") or record["renditions"][-1]
    address = edition.addresses.absolute(edition.addresses.asset(f"pictures/{shared['name']}"))
    size = {":width": shared["width"], ":height": shared["height"]}
    return {"": address, ":type": TYPES[shared.get("format", "jpeg")], **size, ":alt": alt}


def picture_url(picture: Json, edition: Edition) -> str:
    """The absolute address of a picture view's fallback format, which every machine reads."""
    source: str = picture["sources"][-1]["src"]
    return source if "://" in source else edition.addresses.absolute(source)
