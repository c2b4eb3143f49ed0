"""WebSite and WebPage: the site as a whole, and pages that schema.org has a type for."""

from dataclasses import dataclass
from typing import Literal

from shopwright.seo.structured_data.lists import ItemList
from shopwright.seo.structured_data.thing import Thing, present, reference

PageType = Literal["WebPage", "AboutPage", "ContactPage", "CollectionPage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSite:
    """The site, described by its home page only; ``publisher`` is the id of the store."""

    identifier: str
    name: str
    url: str
    languages: tuple[str, ...]
    publisher: str

    def as_thing(self) -> Thing:
        """The WebSite."""
        return {
            "@type": "WebSite",
            "@id": self.identifier,
            "name": self.name,
            "url": self.url,
            "inLanguage": list(self.languages),
            "publisher": reference(self.publisher),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPage:
    """A page. ``about`` is the id of what it tells of, ``site`` that of the WebSite; ``items`` is what it lists."""

    kind: PageType
    name: str
    url: str
    language: str
    site: str
    description: str | None = None
    about: str | None = None
    items: ItemList | None = None

    def as_thing(self) -> Thing:
        """The WebPage."""
        return present(
            {
                "@type": self.kind,
                "name": self.name,
                "url": self.url,
                "description": self.description,
                "inLanguage": self.language,
                "isPartOf": reference(self.site),
                "about": reference(self.about) if self.about else None,
                "mainEntity": self.items.as_thing() if self.items else None,
            }
        )
