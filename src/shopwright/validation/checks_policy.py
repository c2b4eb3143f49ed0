"""Checks of the Content-Security-Policy of built pages."""

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from shopwright.storage.header_rules import NAME, parse_headers
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

DATA_TYPES = frozenset({"application/json", "application/ld+json"})
"""Script elements with these types hold data: no browser runs them."""

CLOSED = {
    "default-src": ["'none'"],
    "base-uri": ["'none'"],
    "style-src": ["'self'"],
    "require-trusted-types-for": ["'script'"],
}
"""What every policy says, whatever the page needs."""


@check("T7")
def strict_policies(checkout: Checkout) -> Result:
    """Every page's own policy is strict and allows all that stands inline by its hash; the header forbids frames."""
    site = checkout.example
    pages = [read_policy(file) for file in sorted(site.rglob("*.html"))]
    wrong = [(page.path, fault) for page in pages if (fault := next(_faults(page), ""))]
    hashes = sum(len(page.inline) for page in pages)
    file = site / NAME
    rules = parse_headers(file.read_text("utf-8") if file.is_file() else "")
    framed = "frame-ancestors 'none'" in rules.apply("/", {}).get("Content-Security-Policy", "")
    figure = f"{len(pages) - len(wrong):,} of {len(pages):,} pages, {hashes:,} inline scripts by hash"
    figure += "" if framed else "; no header forbids frames"
    figure += f"; {wrong[0][0]}: {wrong[0][1]}" if wrong else ""
    return Result(figure, passed=bool(pages) and not wrong and framed)


@dataclass
class PolicyPage:
    """A page's policy by directive, the texts of its inline scripts, and inline code that no hash can allow."""

    path: str
    policy: dict[str, list[str]] = field(default_factory=dict)
    inline: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)


def read_policy(file: Path) -> PolicyPage:
    """A built page, read for what its policy must know."""
    reader = _Reader(PolicyPage(f"{file.parent.name}/{file.name}"))
    reader.feed(file.read_text("utf-8"))
    reader.close()
    return reader.page


def _faults(page: PolicyPage) -> Iterator[str]:
    if not page.policy:
        yield "no policy"
    for name, sources in CLOSED.items():
        if page.policy.get(name) != sources:
            yield f"{name} is {page.policy.get(name)}"
    for name, sources in page.policy.items():
        yield from (f"{name} allows {source}" for source in sources if source.startswith("'unsafe-") or source == "*")
    scripts = page.policy.get("script-src", [])
    yield from ("an inline script that its policy refuses" for text in page.inline if _hash(text) not in scripts)
    yield from page.forbidden


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


class _Reader(HTMLParser):
    def __init__(self, page: PolicyPage) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self._script = tag == "script" and "src" not in named and named.get("type", "") not in DATA_TYPES
        if tag == "meta" and named.get("http-equiv", "").lower() == "content-security-policy":
            rules = (rule.split() for rule in named.get("content", "").split(";"))
            self.page.policy = {rule[0]: rule[1:] for rule in rules if rule}
        self.page.forbidden += [f"{name} on {tag}" for name in named if name == "style" or name.startswith("on")]
        if tag == "style":
            self.page.forbidden.append("a style element")

    def handle_data(self, data: str) -> None:
        if self._script:
            self.page.inline.append(data)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the signature is the parser's
        self._script = False
