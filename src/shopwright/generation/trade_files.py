"""Files for search engines: sitemaps and robots.txt."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import orjson

from shopwright.generation.manifest import Entry
from shopwright.generation.site import Site
from shopwright.seo.sitemap import Entry as SitemapEntry
from shopwright.seo.sitemap import robots, sitemap_files, sitemap_index


def search_engine_files(pages: Iterable[Entry], site: Site) -> Iterator[tuple[str, bytes]]:
    """The sitemap index, its files, and robots.txt. Only pages that may be indexed are listed."""
    at = site.addresses(site.default_locale)
    names = []
    for number, text in enumerate(sitemap_files(_listed(pages, site), site.default_locale), start=1):
        names.append(f"sitemap-{number}.xml")
        yield names[-1], text.encode()
    yield "sitemap.xml", sitemap_index(at.absolute(f"{at.base}/{name}") for name in names).encode()
    yield "robots.txt", robots(at.absolute(f"{at.base}/sitemap.xml")).encode()


def _listed(pages: Iterable[Entry], site: Site) -> Iterator[SitemapEntry]:
    origin = site.addresses(site.default_locale).origin
    for page in sorted(pages, key=lambda page: page.address):
        notes = orjson.loads(page.notes)
        if notes["indexed"]:
            alternates = [(locale, url) for locale, url in notes["alternates"] if locale != "x-default"]
            yield origin + urlsplit(page.address).path, alternates
