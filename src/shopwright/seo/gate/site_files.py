"""Rules on the files of a site that are no pages: manifests, redirects, what scripts and styles load."""

import hashlib
import re
from collections.abc import Iterator

import orjson

from shopwright.seo.color_pairs import color_tokens, faint_pairs
from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.facts import decoded
from shopwright.seo.gate.header_file import header_findings
from shopwright.seo.gate.offers import plain_amount
from shopwright.seo.gate.robots_file import robots_findings
from shopwright.seo.gate.rules.rule import Finding
from shopwright.seo.gate.shown_prices import wrong_text
from shopwright.seo.gate.sitemaps import sitemap_findings

_NOT_FOUND = "404.html"
_MANIFEST = "manifest.webmanifest"
_ICON_SIZES = frozenset({"192x192", "512x512"})
_LOADED = re.compile(r"""url\(\s*["']?([^"')\s]++)""", re.IGNORECASE)
_DISPLAYS = frozenset({"standalone", "fullscreen", "minimal-ui", "browser"})
_HASHED = re.compile(r"assets/[^/]+\.([0-9a-f]{16})\.[a-z0-9]+")
_WORKER = "sw.js"
_CACHED = re.compile(r'"(/[^"\s]*\.[a-z0-9]{2,5})"')
_STATUSES = frozenset({"301", "308", "410"})


def file_findings(site: BuiltSite) -> Iterator[Finding]:
    """Everything that is broken in them."""
    yield from robots_findings(site)
    yield from sitemap_findings(site)
    yield from _manifests(site)
    yield from _redirects(site)
    yield from header_findings(site)
    yield from _styles(site)
    yield from _fetched(site)
    yield from _assets(site)
    if site.own(_NOT_FOUND) not in site.files:
        yield Finding(_NOT_FOUND, "dead-link", "no page for addresses where nothing is")


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
        if said.get("display", "browser") not in _DISPLAYS:
            yield Finding(name, "manifest", f"display is {str(said['display'])[:40]!r}")
        if not start.startswith(str(said.get("scope") or "/")):
            yield Finding(name, "manifest", f"start_url {start[:100]} is not in the scope {str(said['scope'])[:100]}")
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
    seen: set[str] = set()
    for number, fields in enumerate(map(str.split, text.split("\n")), start=1):
        if not fields or fields[0].startswith("#"):
            continue
        if len(fields) < 2 or fields[0] in seen:
            wrong = "stands twice" if len(fields) > 1 else "leads nowhere"
            yield Finding("_redirects", "redirect", f"{fields[0][:200]} {wrong}", number)
            continue
        seen.add(fields[0])
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
        yield from (Finding(name, "price-mismatch", what) for what in _prices(products))
        for path in dict.fromkeys([said.get("next"), *named]):
            if isinstance(path, str) and path.startswith("/") and decoded(path) not in site.files:
                yield Finding(name, "dead-link", path[:200])


def _prices(products: object) -> Iterator[str]:
    """Prices of a list whose text is not what they are."""
    for each in products if isinstance(products, list) else ():
        price = each.get("price") if isinstance(each, dict) else None
        if isinstance(price, dict):
            value, text = str(price.get("value", "")), str(price.get("text", ""))
            wrong = wrong_text(value, text)
            if not wrong and plain_amount(price) != value:
                wrong = f"the amount {str(price.get('amount'))[:40]} is not {value[:40]}"
            if wrong:
                yield f"{str(each.get('url'))[:200]}: {wrong}"


def _assets(site: BuiltSite) -> Iterator[Finding]:
    """Files whose names carry the hash of their content, and what the service worker keeps."""
    for name in sorted(site.files.values()):
        named = _HASHED.fullmatch(name)
        if named and hashlib.sha256(site.read(name) or b"").hexdigest()[: len(named[1])] != named[1]:
            yield Finding(name, "asset-changed", "")
    kept = _CACHED.findall(site.text(_WORKER) or "")
    for path in sorted(set(kept) - site.files.keys()):
        yield Finding(_WORKER, "dead-link", path[:200])
