"""Rules on sitemaps (sitemaps.org protocol 0.9, with Google's extensions): they list just what may be indexed."""

import datetime as dt
import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate

import orjson

from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.notes import read_notes
from shopwright.seo.gate.rules.rule import Finding

MOST_URLS = 50_000
"""Addresses of one sitemap (sitemaps.org)."""
MOST_BYTES = 50 << 20

_PROTOCOL = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NAMESPACES = {
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
_BEGINNING = 1_000
_ROOTS = frozenset({f"{_PROTOCOL} urlset", f"{_PROTOCOL} sitemapindex"})
_LOC = re.compile(r"<loc>\s*([^<]*?)\s*</loc>")
_URL = re.compile(r"<url>(.*?)</url>", re.DOTALL)
_MODIFIED = re.compile(r"<lastmod>([^<]*)</lastmod>")
_LINK = re.compile(r'<xhtml:link rel="alternate" hreflang="([^"]*)" href="([^"]*)"/>')
_PICTURE = re.compile(r"<image:loc>([^<]*)</image:loc>")


class _Entry(NamedTuple):
    """What a sitemap says of an address."""

    url: str
    about: str


def parse_fault(data: bytes) -> str:
    """What is wrong with a sitemap as XML; empty if nothing is. Declarations of entities are refused."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return "it has a document type declaration"
    parser, roots = ParserCreate(namespace_separator=" "), list[str]()

    def root(name: str, _: object) -> None:
        roots.append(name)
        parser.StartElementHandler = None

    parser.StartElementHandler = root
    try:
        parser.Parse(data, True)
    except ExpatError as error:
        return str(error)
    return "" if roots[0] in _ROOTS else f"its root is {roots[0][:100]}, no element of the protocol"


def sitemap_findings(site: BuiltSite) -> Iterator[Finding]:
    """What is broken in the sitemaps of a site."""
    listed: set[str] = set()
    index = site.read("sitemap.xml")
    if index is not None and (fault := parse_fault(index)):
        yield Finding("sitemap.xml", "sitemap", fault)
    for name in _names(site):
        data = site.read(name)
        if data is None:
            yield Finding(name, "sitemap", "there is none")
            continue
        fault = parse_fault(data)
        if fault:
            yield Finding(name, "sitemap", fault)
        yield from (Finding(name, "sitemap", f"its {prefix} is not {wanted}") for prefix, wanted in _foreign(data))
        entries = list(_entries(data.decode("utf-8", "replace")))
        if len(entries) > MOST_URLS or len(data) > MOST_BYTES:
            yield Finding(name, "sitemap", f"{len(entries):,} addresses, {len(data):,} bytes")
        for entry in entries:
            yield from (Finding(name, "sitemap", what) for what in _entry(site, entry, listed))
    lost = [address for address, notes in site.notes() if notes.indexed and address not in listed]
    yield from (Finding("sitemap.xml", "sitemap", f"it lacks {address}") for address in lost)


def _foreign(data: bytes) -> Iterator[tuple[str, str]]:
    """(prefix, namespace) of the extensions that it does not name as search engines know them."""
    beginning = data[:_BEGINNING].decode("utf-8", "replace")
    for prefix, wanted in _NAMESPACES.items():
        if f"xmlns:{prefix}=" in beginning and f'xmlns:{prefix}="{wanted}"' not in beginning.replace("'", '"'):
            yield f"xmlns:{prefix}", wanted


def _names(site: BuiltSite) -> list[str]:
    """The sitemaps that the index names; the index itself if it is none."""
    index = site.text("sitemap.xml") or ""
    if "<sitemapindex" not in index:
        return ["sitemap.xml"]
    return [site.path(unescape(url))[len(site.base) + 1 :] or url for url in _LOC.findall(index)]


def _entries(text: str) -> Iterator[_Entry]:
    for about in _URL.findall(text):
        url = _LOC.search(about)
        yield _Entry(unescape(url[1]) if url else "", about)


def _entry(site: BuiltSite, entry: _Entry, listed: set[str]) -> Iterator[str]:
    url, address = entry.url, site.path(entry.url)
    if not {"?", "#"}.isdisjoint(url):
        yield f"{url[:200]} is not the page's own address"
    if address in listed:
        yield f"{url} stands twice"
    listed.add(address)
    data = site.pages.get(address)
    if data is None:
        yield f"{url} is no page of the site"
        return
    if b'"indexed":false' in data:
        yield f"{url} says noindex"
    yield from _languages(entry, data)
    for day in _MODIFIED.findall(entry.about):
        if not _is_day(day):
            yield f"the lastmod of {url} is {day[:40]!r}, no day of W3C Datetime"
    for picture in map(site.path, map(unescape, _PICTURE.findall(entry.about))):
        if picture and picture not in site.files:
            yield f"{url} shows {picture[:200]}, which is not there"


def _languages(entry: _Entry, data: bytes) -> Iterator[str]:
    """Whether an address has the versions that its page names; almost always they are written as the notes are."""
    links = [(code, unescape(url)) for code, url in _LINK.findall(entry.about)]
    if b'"alternates":' + orjson.dumps(links) not in data:
        ours = set(read_notes(data).alternates)
        differ = sorted(code for code, _ in ours.symmetric_difference(links))
        if differ:
            yield f"{entry.url} has not the hreflang links of its page: {', '.join(dict.fromkeys(differ))[:100]}"


def _is_day(text: str) -> bool:
    """Whether a text is a W3C Datetime: a day, perhaps with a time and its zone."""
    try:
        parsed = dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return text[4:5] == "-" and (len(text) == len("2026-11-23") or parsed.tzinfo is not None)
