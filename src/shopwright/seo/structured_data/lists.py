"""BreadcrumbList and ItemList: names and absolute addresses, in the order in which the page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from shopwright.seo.structured_data.thing import Thing

Named = tuple[str, str]
"""A name and an absolute address."""


@dataclass(frozen=True, slots=True)
class BreadcrumbList:
    """The way from the home page to a page."""

    steps: tuple[Named, ...]

    def as_thing(self) -> Thing:
        """The BreadcrumbList."""
        return {"@type": "BreadcrumbList", "itemListElement": _numbered(self.steps, "item")}


@dataclass(frozen=True, slots=True)
class ItemList:
    """What a page lists."""

    items: tuple[Named, ...]

    def as_thing(self) -> Thing:
        """The ItemList."""
        return {
            "@type": "ItemList",
            "numberOfItems": len(self.items),
            "itemListElement": _numbered(self.items, "url"),
        }


def _numbered(items: Iterable[Named], address: str) -> list[Thing]:
    return [
        {"@type": "ListItem", "position": position, "name": name, address: url}
        for position, (name, url) in enumerate(items, start=1)
    ]
