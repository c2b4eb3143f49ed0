"""Sitemaps and robots.txt (sitemaps.org protocol 0.9 with hreflang alternates)."""

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

MAX_URLS = 50_000
"""Most addresses of one sitemap file; the protocol's own bound."""
MAX_ALTERNATES = 500_000
"""Most hreflang links of one file, which keeps it below the protocol's 50 MB."""

_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)

Entry = tuple[str, Sequence[tuple[str, str]]]


def sitemap_files(entries: Iterable[Entry], default_locale: str) -> Iterator[str]:
    """The texts of sitemap files. An entry is (absolute address, alternates as (locale, absolute address))."""
    lines: list[str] = []
    alternates = 0
    for url, others in entries:
        if len(lines) == MAX_URLS or alternates > MAX_ALTERNATES:
            yield _OPEN + "".join(lines) + "</urlset>\n"
            lines, alternates = [], 0
        lines.append(f"<url><loc>{escape(url)}</loc>{_alternates(others, default_locale)}</url>\n")
        alternates += len(others)
    yield _OPEN + "".join(lines) + "</urlset>\n"


def _alternates(others: Sequence[tuple[str, str]], default_locale: str) -> str:
    if len(others) < 2:
        return ""
    links = [*others, *(("x-default", url) for locale, url in others if locale == default_locale)]
    return "".join(f'<xhtml:link rel="alternate" hreflang="{locale}" href={quoteattr(url)}/>' for locale, url in links)


def sitemap_index(urls: Iterable[str]) -> str:
    """The index of the sitemap files (absolute addresses)."""
    lines = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in urls)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{lines}</sitemapindex>\n"
    )


def robots(sitemap_url: str) -> str:
    """robots.txt: everything may be read; pages that must not be indexed say so themselves."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_url}\n"
