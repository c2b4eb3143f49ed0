"""A built site read back as a browser would find it: what each page says in its head and its structured data."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any


@dataclass
class Page:
    """What one HTML file says."""

    path: str
    """Its path below the site's root."""

    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    """Content of each meta element by its name or property; of several, the last."""

    links: list[dict[str, str]] = field(default_factory=list)
    """Attributes of each link element."""

    scripts: list[str] = field(default_factory=list)
    """Addresses of its scripts."""

    things: list[dict[str, Any]] = field(default_factory=list)
    """Every JSON-LD object that has a type, at any depth."""

    @property
    def indexed(self) -> bool:
        """Whether search engines may show it."""
        return "noindex" not in self.meta.get("robots", "")

    def linked(self, relation: str) -> list[str]:
        """Addresses of its link elements of one relation."""
        return [link.get("href", "") for link in self.links if relation in link.get("rel", "").split()]


def read_pages(site: Path) -> Iterator[Page]:
    """Every page of the site, in the order of their paths; what a build notes for itself is no page."""
    for file in sorted(site.rglob("*.html")):
        if file.relative_to(site).parts[0].startswith("."):
            continue
        reader = _Reader(Page(file.relative_to(site).as_posix()))
        reader.feed(file.read_text("utf-8"))
        reader.close()
        yield reader.page


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._inside = ""
        if tag == "meta" and (name := attributes.get("name") or attributes.get("property")):
            self.page.meta[name] = attributes.get("content", "")
        elif tag == "link":
            self.page.links.append(attributes)
        elif tag == "script" and attributes.get("src"):
            self.page.scripts.append(attributes["src"])
        elif tag == "title" and not self.page.title:
            self._inside = "title"
        elif attributes.get("type") == "application/ld+json":
            self._inside = "json"

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.page.title += data.strip()
        elif self._inside == "json":
            self.page.things.extend(_things(json.loads(data)))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the signature is the parser's
        self._inside = ""


def _things(value: object) -> Iterator[dict[str, Any]]:
    """Every object with a type inside a JSON value, outer ones first."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from _things(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _things(inner)
