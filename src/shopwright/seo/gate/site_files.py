"""Rules on the files of a site that are no pages: manifests, redirects, what scripts and styles load."""

import hashlib
import re
from collections.abc import Iterator

from shopwright.seo.color_pairs import color_tokens, faint_pairs
from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.facts import decoded
from shopwright.seo.gate.header_file import header_findings
from shopwright.seo.gate.manifest_file import manifest_findings
from shopwright.seo.gate.product_lists import list_findings
from shopwright.seo.gate.robots_file import robots_findings
from shopwright.seo.gate.rules.rule import Finding
from shopwright.seo.gate.sitemaps import sitemap_findings

_NOT_FOUND = "404.html"
_LOADED = re.compile(r"""url\(\s*["']?([^"')\s]++)""", re.IGNORECASE)
_AWAY = re.compile(r"""(?:@import\s*(?:url\(\s*)?|url\(\s*)["']?(https:[^"')\s;]++)""", re.IGNORECASE)
_SCRIPT_AWAY = re.compile(r"""(?:importScripts|import)\s*\(\s*["'`]([a-z]+:[^"'`]*+)""")
_HASHED = re.compile(r"assets/[^/]+\.([0-9a-f]{16})\.[a-z0-9]+")
_WORKER = "sw.js"
_CACHED = re.compile(r'"(/[^"\s]*\.[a-z0-9]{2,5})"')
_STATUSES = frozenset({"301", "308", "410"})


def file_findings(site: BuiltSite) -> Iterator[Finding]:
    """Everything that is broken in them."""
    yield from robots_findings(site)
    yield from sitemap_findings(site)
    yield from manifest_findings(site)
    yield from _redirects(site)
    yield from header_findings(site)
    yield from _styles(site)
    yield from list_findings(site)
    yield from _assets(site)
    if site.own(_NOT_FOUND) not in site.files:
        yield Finding(_NOT_FOUND, "dead-link", "no page for addresses where nothing is")


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
        for address in sorted(set(_AWAY.findall(css))):
            yield Finding(name, "policy-blocks", f"style sheets of this site load nothing from {address[:200]}")
        for path in sorted({site.own_path(name, address) for address in _LOADED.findall(css)} - {"", *site.files}):
            yield Finding(name, "dead-link", path[:200])


def _assets(site: BuiltSite) -> Iterator[Finding]:
    """Files whose names carry the hash of their content, and what the service worker keeps."""
    for name in sorted(site.files.values()):
        named = _HASHED.fullmatch(name)
        if named and hashlib.sha256(site.read(name) or b"").hexdigest()[: len(named[1])] != named[1]:
            yield Finding(name, "asset-changed", "")
    worker = site.text(_WORKER) or ""
    kept = _CACHED.findall(worker)
    for address in _SCRIPT_AWAY.findall(worker):
        yield Finding(_WORKER, "inline-code", f"it runs code from {address[:200]}")
    for path in sorted(set(kept) - site.files.keys()):
        yield Finding(_WORKER, "dead-link", path[:200])
