"""One browser audit: the site is served on loopback as a CDN would serve it, and every tool looks at its pages."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from shopwright.browser_audit import axe, keyboard, layout, lighthouse, markup, policy, vitals
from shopwright.browser_audit.driver import Driver, open_driver
from shopwright.browser_audit.findings import Finding, Findings
from shopwright.browser_audit.order import BrowserOrder
from shopwright.browser_audit.report import BrowserReport
from shopwright.browser_audit.site_pages import SitePage, product_word, site_pages
from shopwright.browser_audit.toolbox import Toolbox
from shopwright.errors import BrowserAuditError
from shopwright.storage.serving.folder_site import FolderSite
from shopwright.storage.serving.hosts import one_site
from shopwright.storage.serving.server import open_server

Announce = Callable[[str], None]

START_SECONDS = 90.0


def audit_in_browser(order: BrowserOrder, toolbox: Toolbox, announce: Announce) -> BrowserReport:
    """Look at a built site with every tool of the order; ``announce`` is told each page and tool.

    What one tool cannot do on one page is a finding. Raises ``BrowserAuditError`` when the browser does not start,
    ``SettingsError`` for pages the site does not have.
    """
    pages = site_pages(order.site, order.base)
    with _served(order) as origin, open_driver(toolbox) as driver:
        versions = {**toolbox.versions, **driver.ask("about", START_SECONDS)}
        return _Audit(order, origin, driver, announce, pages).report(toolbox, versions)


@contextmanager
def _served(order: BrowserOrder) -> Iterator[str]:
    with open_server(one_site(FolderSite(order.site, order.base)), 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


class _Audit:
    """The work of one audit; findings, scores and counts gather in it."""

    def __init__(
        self, order: BrowserOrder, origin: str, driver: Driver, announce: Announce, pages: list[SitePage]
    ) -> None:
        self._order, self._origin, self._driver, self._announce = order, origin, driver, announce
        self._pages = order.chosen(pages)
        self._words = {page.locale: product_word(page.file) for page in pages if page.kind == "product"}
        self._of_kind = {(page.kind, page.locale): page for page in reversed(pages)}
        self._scores: list[lighthouse.Score] = []
        self._vitals: list[dict[str, Any]] = []
        self._looked: Counter[str] = Counter()

    def report(self, toolbox: Toolbox, versions: dict[str, str]) -> BrowserReport:
        order, tools = self._order, self._order.tools
        findings = list(self._markup(toolbox)) if "markup" in tools else []
        for page in order.visited(self._pages, order.depth.visited):
            findings += self._visits(page)
        for page in order.visited(self._pages, order.depth.measured) if "lighthouse" in tools else ():
            for form in order.depth.forms:
                findings += self._tried("lighthouse", page, lambda page=page, form=form: self._measure(page, form))  # type: ignore[misc]
        return BrowserReport(
            date=order.date,
            depth=order.depth.name,
            tools=dict(sorted(versions.items())),
            pages=tuple(self._pages),
            scores=tuple(self._scores),
            vitals=tuple(self._vitals),
            looked=dict(self._looked),
            findings=tuple(findings),
        )

    def _visits(self, page: SitePage) -> Findings:
        looks: dict[str, Callable[[SitePage], Findings]] = {
            "axe": self._axe,
            "keyboard": self._keyboard,
            "layout": self._layout,
            "vitals": self._vital,
            "policy": self._policy,
        }
        for tool, look in looks.items():
            if tool in self._order.tools:
                yield from self._tried(tool, page, lambda look=look: look(page))  # type: ignore[misc]

    def _tried(self, tool: str, page: SitePage, look: Callable[[], Findings]) -> Findings:
        self._announce(f"{tool}: {page.address}")
        try:
            yield from list(look())
        except BrowserAuditError as error:
            yield Finding(tool, "not-done", "error", page, "", str(error))

    def _url(self, page: SitePage) -> str:
        word = self._words.get(page.locale, "")
        return f"{self._origin}{page.address}{f'?q={word}' if page.kind == 'search' and word else ''}"

    def _ask(self, subject: str, seconds: float, page: SitePage, **question: object) -> Any:  # noqa: ANN401 - any JSON value
        product = self._of_kind.get(("product", page.locale))
        further = {"product": self._url(product)} if product else {}
        return self._driver.ask(subject, seconds, url=self._url(page), kind=page.kind, **further, **question)

    def _markup(self, toolbox: Toolbox) -> Findings:
        self._announce(f"markup: {len(self._pages)} pages")
        self._looked["markup"] += len(self._pages)
        there = {self._origin + page.there: page for page in self._pages}
        return markup.check_markup(toolbox, there)

    def _axe(self, page: SitePage) -> Findings:
        for width, scheme in self._order.depth.screens:
            states = self._ask("axe", axe.SECONDS, page, width=width, scheme=scheme)
            self._looked["axe"] += len(states)
            yield from axe.judge(page, width, scheme, states)

    def _keyboard(self, page: SitePage) -> Findings:
        for width in self._order.depth.walks:
            answer = self._ask("keyboard", keyboard.SECONDS, page, width=width)
            self._looked["keyboard"] += answer["reached"]
            yield from keyboard.judge(page, width, answer)

    def _layout(self, page: SitePage) -> Findings:
        self._looked["layout"] += len(layout.STATES)
        yield from layout.judge(page, self._ask("layout", layout.SECONDS, page))

    def _vital(self, page: SitePage) -> Findings:
        other = self._of_kind.get(("policy" if page.kind != "policy" else "home", page.locale), page)
        missing = page.kind == "not_found"
        answer = self._ask("vitals", vitals.SECONDS, page, other=self._url(other), missing=missing)
        self._looked["vitals"] += 1
        self._vitals.append(vitals.row(page, answer))
        yield from vitals.judge(page, answer)

    def _policy(self, page: SitePage) -> Findings:
        policies = self._ask("policy", policy.SECONDS, page)
        self._looked["policy"] += len(policies)
        yield from policy.judge(page, policies)

    def _measure(self, page: SitePage, form: lighthouse.Form) -> Findings:
        score = lighthouse.measure(self._driver, self._url(page), page, form, self._order.depth.runs)
        self._looked["lighthouse"] += len(score.runs)
        self._scores.append(score)
        yield from lighthouse.judge(score)
