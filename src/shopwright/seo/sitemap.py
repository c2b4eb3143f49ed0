"""Sitemaps and robots.txt (sitemaps.org protocol 0.9 with hreflang alternates and Google's picture extension)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import quoteattr

from shopwright.seo.xml_text import text

MAX_URLS = 50_000
"""Most addresses of one sitemap file, and most files of one index; the protocol's own bounds."""
MAX_BYTES = 50 * 1024 * 1024
"""Most bytes of one file before compression; the protocol's own bound."""
MAX_PICTURES = 1_000
"""Most pictures of one address."""

OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n'
)
CLOSE = "</urlset>\n"


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a sitemap; addresses are absolute.

    ``alternates`` are (hreflang, address) as the page's own head has them, ``modified`` is the day its content changed
    by the catalogue's word: none where the catalogue does not say.
    """

    url: str
    alternates: Sequence[tuple[str, str]] = ()
    pictures: Sequence[str] = ()
    modified: str | None = None


def url_element(page: Listed) -> str:
    """A page as the line of a sitemap."""
    modified = f"<lastmod>{text(page.modified)}</lastmod>" if page.modified else ""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(code)} href={quoteattr(url)}/>'
        for code, url in page.alternates
    )
    pictures = "".join(
        f"<image:image><image:loc>{text(url)}</image:loc></image:image>" for url in page.pictures[:MAX_PICTURES]
    )
    return f"<url><loc>{text(page.url)}</loc>{modified}{links}{pictures}</url>\n"


class _Shelves:
    """Gives each line the number of the file it goes into."""

    def __init__(self) -> None:
        self._number = 1
        self._urls = 0
        self._bytes = len(OPEN) + len(CLOSE)

    def __call__(self, line: bytes) -> int:
        if self._urls == MAX_URLS or self._bytes + len(line) > MAX_BYTES:
            self._number, self._urls, self._bytes = self._number + 1, 0, len(OPEN) + len(CLOSE)
        self._urls += 1
        self._bytes += len(line)
        return self._number


def sitemap_files(lines: Iterable[bytes]) -> Iterator[Iterator[bytes]]:
    """The files of a sitemap, each in pieces; to be read one after the other."""
    for _, group in groupby(lines, _Shelves()):
        yield _file(group)


def _file(lines: Iterable[bytes]) -> Iterator[bytes]:
    yield OPEN.encode()
    yield from lines
    yield CLOSE.encode()


def sitemap_index(urls: Iterable[str]) -> str:
    """The index of the sitemap files (absolute addresses)."""
    lines = "".join(f"<sitemap><loc>{text(url)}</loc></sitemap>\n" for url in urls)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{lines}</sitemapindex>\n"
    )


def robots(sitemap_url: str) -> str:
    """robots.txt: everything may be read. Pages that must not be indexed say so themselves, which has to be read."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_url}\n"
