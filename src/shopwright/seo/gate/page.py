"""The gate: what every page is checked for as it is written, and what all pages are checked for together.

A rule of severity error keeps the site from being replaced. Rules and remedies: ``docs/reference/audit-rules.md``.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin, urlsplit

import orjson
from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_PAGE_BYTES = 4 << 20
"""Largest page: room for a product of 2,048 variants, and small enough to find a runaway loop in a template."""

MAX_DEPTH = 512
"""How far up a label is looked for: browsers themselves build no deeper trees."""

RULES = {
    "no-title": "error",
    "no-lang": "error",
    "no-main": "error",
    "h1-count": "error",
    "heading-skip": "warning",
    "no-alt": "error",
    "no-size": "error",
    "double-id": "error",
    "no-label": "error",
    "empty-link": "error",
    "inline-code": "error",
    "bad-json-ld": "error",
    "double-escape": "warning",
    "page-size": "error",
    "dead-link": "error",
    "dead-fragment": "error",
    "alternate-not-mutual": "error",
    "same-title": "warning",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule a page breaks: the page's address, the rule, and what exactly was found."""

    page: str
    rule: str
    found: str

    @property
    def severity(self) -> str:
        """``error`` or ``warning``."""
        return RULES[self.rule]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What one page says: findings (rule, what was found), title, alternates, ids, and links within the site."""

    findings: tuple[tuple[str, str], ...]
    title: str
    lang: str
    indexed: bool
    alternates: tuple[tuple[str, str], ...]
    ids: tuple[str, ...]
    links: tuple[str, ...]


def inspect(html: str, address: str) -> Inspection:
    """Check one page. ``address`` is its own, from the root."""
    tree = LexborHTMLParser(html)
    title, root = tree.css_first("head > title"), tree.css_first("html")
    ids = [node.attributes["id"] or "" for node in tree.css("[id]")]
    checks = (_document, _headings, _pictures, _names, _inline, _json_ld)
    findings = [finding for check in checks for finding in check(tree)]
    findings += [("double-id", identifier) for identifier, times in sorted(Counter(ids).items()) if times > 1]
    if "&amp;amp;" in html or "&amp;lt;" in html:
        findings.append(("double-escape", "&amp;amp;"))
    if len(html) > MAX_PAGE_BYTES:
        findings.append(("page-size", f"{len(html)} characters"))
    return Inspection(
        tuple(findings),
        title.text().strip() if title else "",
        root.attributes.get("lang") or "" if root else "",
        tree.css_first('meta[name="robots"][content*="noindex"]') is None,
        tuple(
            (node.attributes["hreflang"] or "", node.attributes.get("href") or "")
            for node in tree.css('link[rel="alternate"][hreflang]')
        ),
        tuple(ids),
        tuple(dict.fromkeys(_links(tree, address))),
    )


def _document(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    title = tree.css_first("head > title")
    if title is None or not title.text().strip():
        yield "no-title", ""
    root = tree.css_first("html")
    if root is None or not root.attributes.get("lang"):
        yield "no-lang", ""
    if len(tree.css("main")) != 1:
        yield "no-main", f"{len(tree.css('main'))} main elements"


def _headings(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    levels = [int((node.tag or "h1")[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
    if levels.count(1) != 1:
        yield "h1-count", str(levels.count(1))
    for before, level in pairwise(levels):
        if level > before + 1:
            yield "heading-skip", f"h{before} to h{level}"


def _pictures(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for node in tree.css("img"):
        named = node.attributes
        source = str(named.get("src"))[:100]
        if named.get("alt") is None and "alt" not in named:
            yield "no-alt", source
        if not named.get("width") or not named.get("height"):
            yield "no-size", source


def _names(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    labelled = {node.attributes.get("for") for node in tree.css("label[for]")}
    for node in tree.css("input, select, textarea"):
        named = node.attributes
        hidden = named.get("type") in ("hidden", "submit", "button", "reset")
        given = named.get("aria-label") or named.get("aria-labelledby") or (named.get("id") in labelled)
        if not hidden and not given and not _inside(node, "label"):
            yield "no-label", (named.get("name") or named.get("id") or "")[:60]
    for node in tree.css("a[href], button"):
        if not (node.attributes.get("aria-label") or node.text().strip() or _has_picture_text(node)):
            yield "empty-link", (node.attributes.get("href") or node.attributes.get("class") or "")[:100]


def _has_picture_text(node: LexborNode) -> bool:
    named = node.css("img[alt], svg[aria-label], [aria-label]")
    return any(inner.attributes.get("alt") or inner.attributes.get("aria-label") for inner in named)


def _inside(node: LexborNode, tag: str) -> bool:
    parent = node.parent
    for _ in range(MAX_DEPTH):
        if parent is None:
            return False
        if parent.tag == tag:
            return True
        parent = parent.parent
    return False


def _inline(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """What the Content-Security-Policy would stop: inline scripts, styles and handlers, and code in addresses."""
    for node in tree.css("script:not([src])"):
        if node.attributes.get("type") not in ("application/json", "application/ld+json", "speculationrules"):
            yield "inline-code", "script"
    for _ in tree.css("style, [style]"):
        yield "inline-code", "style"
    for node in tree.css("[onclick], [onload], [onerror], [onsubmit], [oninput], [onchange], [onfocus], [onmouseover]"):
        yield "inline-code", f"handler on {node.tag}"
    for node in tree.css(
        '[href^="javascript:" i], [src^="javascript:" i], [href^="data:" i], [action^="javascript:" i]'
    ):
        yield "inline-code", f"address on {node.tag}"


def _json_ld(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            value: Any = orjson.loads(node.text())
        except orjson.JSONDecodeError as error:
            yield "bad-json-ld", str(error)
            continue
        if not isinstance(value, dict) or "@context" not in value:
            yield "bad-json-ld", "no @context"


def _links(tree: LexborHTMLParser, address: str) -> Iterator[str]:
    """Addresses within the site that a page leads to or loads, from the root, fragments kept."""
    for node in tree.css("a[href], link[href], script[src], img[src]"):
        target = node.attributes.get("href") or node.attributes.get("src") or ""
        if node.attributes.get("rel") in ("canonical", "alternate"):
            continue
        path, fragment = _target(target, "" if target.startswith("/") else address)
        if path:
            yield path + (fragment if path == address else "")


@lru_cache(maxsize=4_096)
def _target(target: str, address: str) -> tuple[str, str]:
    """Path and fragment of a link within the site; an empty path for one that leads elsewhere."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return "", ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return urlsplit(urljoin(address, target)).path, fragment


def check_fragments(address: str, seen: Inspection) -> Iterator[tuple[str, str]]:
    """Links of a page to places on itself that it does not have."""
    own = set(seen.ids)
    for link in seen.links:
        path, _, fragment = link.partition("#")
        if fragment and path == address and fragment not in own:
            yield "dead-fragment", link


def check_links(page: str, links: Iterable[str], known: Container[str]) -> Iterator[Finding]:
    """Findings for links of a page that lead nowhere; ``known`` has every address of the site."""
    for link in links:
        if link not in known:
            yield Finding(page, "dead-link", link)


def check_alternates(pages: Mapping[str, Sequence[Sequence[str]]]) -> Iterator[Finding]:
    """Findings for hreflang links that are not mutual. ``pages`` maps absolute addresses to (language, address)."""
    for page, alternates in pages.items():
        for _, other in alternates:
            if other not in pages or not any(back == page for _, back in pages[other]):
                yield Finding(page, "alternate-not-mutual", other)
