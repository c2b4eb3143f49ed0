"""One page, inspected in one pass: what breaks a rule, and what only the whole site can judge."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from shopwright.seo.gate.agreement import agreement_findings
from shopwright.seo.gate.document import document_findings
from shopwright.seo.gate.facts import decoded
from shopwright.seo.gate.head import head_findings, is_indexed
from shopwright.seo.gate.lines import LineReader
from shopwright.seo.gate.offers import Offered
from shopwright.seo.gate.page_data import read_data
from shopwright.seo.gate.rules.rule import Found
from shopwright.seo.gate.said import Said

MAX_PAGE_BYTES = 4 << 20
"""Largest page: room for a product of 2,048 variants, and small enough to find a runaway loop in a template."""
HEAVY_BYTES = 512 << 10
"""Bytes of a page that takes a second more on a slow connection."""

MOST_OF_A_RULE = 200
"""Findings of one rule that are kept of a page."""

_UNREAD = frozenset({"bad-json-ld", "unknown-type"})
"""Rules that, broken, leave nothing of the structured data to compare with."""


class Inspection(NamedTuple):
    """What one page says.

    ``alternates`` are (language, absolute address), ``targets`` the paths within the site that it links or loads,
    ``places`` (path, fragment) on other pages, ``offers`` what it sells, ``share`` the share picture (path, width,
    height), ``hero`` in the same way the picture of high priority, ``described`` the absolute ``@id`` it describes,
    ``named`` those it only names, ``group`` the id of the product with variants.
    """

    findings: tuple[Found, ...]
    title: str
    description: str
    lang: str
    indexed: bool
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    ids: frozenset[str]
    targets: frozenset[str]
    places: tuple[tuple[str, str], ...]
    offers: tuple[Offered, ...]
    share: tuple[str, str, str] | None
    hero: tuple[str, str, str] | None
    described: tuple[str, ...]
    named: tuple[str, ...]
    group: str


class PageGate:
    """Inspects the pages of one site. One stands in every worker: it remembers what the pages have in common."""

    def __init__(self, origin: str = "") -> None:
        self._origin = origin
        self._reader = LineReader()

    def inspect(self, html: str, address: str) -> Inspection:
        """Check one page. ``address`` is its own, from the root."""
        said = Said(html, address, self._origin, self._reader)
        data = read_data(said)
        findings = [Found(rule, what, line) for (rule, what), line in said.all("found")]
        findings += _size(html)
        findings += document_findings(said)
        findings += head_findings(said)
        findings += data.findings
        if data.offers or not any(rule in _UNREAD for rule, _, _ in data.findings):
            findings += agreement_findings(said, data)
        targets = said.targets() | data.targets
        share = _share(said)
        return Inspection(
            findings=_first(dict.fromkeys(findings)),
            title=said.first("title"),
            description=_meta(said, "description"),
            lang=said.first("html", ("", ""))[0],
            indexed=is_indexed(said),
            canonical=said.first("canonical"),
            alternates=tuple(said.values("alternate")),
            ids=frozenset(said.values("id")),
            targets=frozenset(targets | {share[0]} if share else targets),
            places=tuple(dict.fromkeys(place for place in said.values("place") if place[0] not in ("", address))),
            offers=data.offers,
            share=share,
            hero=_hero(said),
            described=data.described,
            named=data.named,
            group=data.group,
        )


def inspect(html: str, address: str, origin: str = "") -> Inspection:
    """Check one page by itself; whoever checks many keeps a ``PageGate``."""
    return PageGate(origin).inspect(html, address)


def _first(findings: Iterable[Found]) -> tuple[Found, ...]:
    """The first findings of each rule: a page with thousands of them is told by as many as a report shows."""
    times: Counter[str] = Counter()
    kept = []
    for found in findings:
        times[found.rule] += 1
        if times[found.rule] <= MOST_OF_A_RULE:
            kept.append(found)
    return tuple(kept)


def _size(html: str) -> list[Found]:
    if len(html) > MAX_PAGE_BYTES:
        return [Found("page-size", f"{len(html):,} characters")]
    return [Found("page-heavy", f"{len(html):,} characters")] if len(html) > HEAVY_BYTES else []


def _meta(said: Said, name: str) -> str:
    return next((content for known, content in said.values("meta") if known == name), "")


def _share(said: Said) -> tuple[str, str, str] | None:
    """The share picture if it is one of the site's own files, with the size that is said."""
    social = said.properties
    path = said.own_path(social["og:image"]) if social.get("og:image") else ""
    return (path, social.get("og:image:width", ""), social.get("og:image:height", "")) if path else None


def _hero(said: Said) -> tuple[str, str, str] | None:
    """The picture that is loaded first, if it is one of the site's own files: where it has another shape, all moves."""
    for _, priority, source, width, height in said.values("picture"):
        if priority == "high" and source.startswith("/") and not source.startswith("//"):
            return decoded(source.partition("?")[0]), width, height
    return None
