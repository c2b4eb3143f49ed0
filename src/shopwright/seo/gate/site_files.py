"""Rules on the files of a site that are no pages: robots.txt, manifests, redirects, styles, what scripts fetch."""

import re
from collections.abc import Iterator

import orjson

from shopwright.seo.color_pairs import color_tokens, faint_pairs
from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.facts import decoded
from shopwright.seo.gate.header_file import header_findings
from shopwright.seo.gate.rules.rule import Finding
from shopwright.seo.gate.sitemaps import sitemap_findings

_NOT_FOUND = "404.html"
_MANIFEST = "manifest.webmanifest"
_ICON_SIZES = frozenset({"192x192", "512x512"})
_LOADED = re.compile(r"""url\(\s*["']?([^"')\s]++)""", re.IGNORECASE)
_STATUSES = frozenset({"301", "308", "410"})


def file_findings(site: BuiltSite) -> Iterator[Finding]:
    """Everything that is broken in them."""
    yield from _robots(site)
    yield from sitemap_findings(site)
    yield from _manifests(site)
    yield from _redirects(site)
    yield from header_findings(site)
    yield from _styles(site)
    yield from _fetched(site)
    if site.own(_NOT_FOUND) not in site.files:
        yield Finding(_NOT_FOUND, "dead-link", "no page for addresses where nothing is")


def _robots(site: BuiltSite) -> Iterator[Finding]:
    text = site.text("robots.txt")
    if text is None:
        yield Finding("robots.txt", "robots", "there is none")
        return
    lines = [(number, *_field(line)) for number, line in enumerate(text.split("\n"), start=1)]
    for number, name, value in lines:
        if name == "disallow" and value:
            blocked = next((address for address in site.files if address.startswith(value.rstrip("*$"))), "")
            if blocked:
                yield Finding("robots.txt", "robots", f"Disallow: {value[:80]} keeps crawlers from {blocked}", number)
    sitemaps = [value for _, name, value in lines if name == "sitemap"]
    if site.origin + site.own("sitemap.xml") not in sitemaps:
        yield Finding("robots.txt", "robots", "it does not name the sitemap")


def _field(line: str) -> tuple[str, str]:
    name, _, value = line.partition("#")[0].partition(":")
    return name.strip().lower(), value.strip()


def _manifests(site: BuiltSite) -> Iterator[Finding]:
    for name in [each for each in site.files.values() if each.rpartition("/")[2] == _MANIFEST]:
        try:
            manifest = orjson.loads(site.read(name) or b"")
        except orjson.JSONDecodeError as error:
            yield Finding(name, "manifest", str(error))
            continue
        said = manifest if isinstance(manifest, dict) else {}
        for key in ("name", "start_url", "display", "icons"):
            if not said.get(key):
                yield Finding(name, "manifest", f"no {key}")
        start = str(said.get("start_url") or "")
        if start and start not in site.files:
            yield Finding(name, "manifest", f"start_url {start[:200]} is no page of the site")
        listed = said.get("icons")
        yield from _icons(site, name, listed if isinstance(listed, list) else [])


def _icons(site: BuiltSite, name: str, listed: list[object]) -> Iterator[Finding]:
    icons = [each if isinstance(each, dict) else {} for each in listed]
    for icon in icons:
        if str(icon.get("src")) not in site.files:
            yield Finding(name, "manifest", f"the icon {str(icon.get('src'))[:200]} is not there")
    lost = _ICON_SIZES - {size for icon in icons for size in str(icon.get("sizes")).split()}
    if icons and lost:
        yield Finding(name, "manifest", f"no icon of {', '.join(sorted(lost))}")


def _redirects(site: BuiltSite) -> Iterator[Finding]:
    text = site.text("_redirects")
    if text is None:
        return
    for number, fields in enumerate(map(str.split, text.split("\n")), start=1):
        if len(fields) < 2 or fields[0].startswith("#"):
            continue
        source, target, status = decoded(fields[0]), fields[1], (fields[2] if len(fields) > 2 else "302")
        if status not in _STATUSES:
            yield Finding("_redirects", "redirect", f"{source} has the status {status}", number)
        if source in site.files:
            yield Finding("_redirects", "redirect", f"{source} is a page of the site", number)
        if status != "410" and target.startswith("/"):
            path = target.partition("#")[0].partition("?")[0]
            path = decoded(path)
            if path in site.moved:
                yield Finding("_redirects", "redirect", f"{source} leads to {path}, which has moved too", number)
            elif path not in site.files and ":splat" not in path:
                yield Finding("_redirects", "redirect", f"{source} leads to {path}, which is not there", number)


def _styles(site: BuiltSite) -> Iterator[Finding]:
    for name in sorted(each for each in site.files.values() if each.endswith(".css")):
        css = site.text(name) or ""
        for faint in faint_pairs(color_tokens(css)):
            yield Finding(name, "contrast", str(faint))
        if re.search(r"(?:@import|url\()\s*[\"']?(?:http:|//)", css, re.IGNORECASE):
            yield Finding(name, "mixed-content", "a style sheet loads from another address")
        for path in sorted({site.own_path(name, address) for address in _LOADED.findall(css)} - {"", *site.files}):
            yield Finding(name, "dead-link", path[:200])


def _fetched(site: BuiltSite) -> Iterator[Finding]:
    """Lists of products, which scripts fetch: that they can be read, and what they name is there."""
    for name in sorted(each for each in site.files.values() if each.endswith(".json")):
        try:
            listed = orjson.loads(site.read(name) or b"")
        except orjson.JSONDecodeError as error:
            yield Finding(name, "bad-page-data", str(error))
            continue
        said = listed if isinstance(listed, dict) else {}
        products = said.get("products")
        named = [each.get("url") for each in products if isinstance(each, dict)] if isinstance(products, list) else []
        for path in dict.fromkeys([said.get("next"), *named]):
            if isinstance(path, str) and path.startswith("/") and decoded(path) not in site.files:
                yield Finding(name, "dead-link", path[:200])
