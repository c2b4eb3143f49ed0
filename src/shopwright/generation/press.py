"""The press: from a job to the bytes of its pages. One stands in every worker; it knows nothing of the disk."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from shopwright.audit.record import RecordSink
from shopwright.generation.edition import Edition, alternates
from shopwright.generation.heads import Heads
from shopwright.generation.pages import collection, data, plain, product, statement
from shopwright.generation.pages.draft import Draft, trail
from shopwright.generation.rendering import Renderer
from shopwright.generation.site import Site
from shopwright.generation.trade import parts
from shopwright.generation.views.picture import picture_view
from shopwright.template_engine.confinement.messages import PageRequest
from shopwright.template_engine.theme import Theme

Json = dict[str, Any]

_DRAFTS = {
    "home": plain.home,
    "collections": collection.list_draft,
    "collection": collection.draft,
    "product": product.draft,
    "search": plain.search,
    "cart": plain.cart,
    "content": plain.content,
    "statement": statement.draft,
    "not_found": plain.not_found,
    "offline": plain.offline,
}
_DATA = {"listing": data.listing, "search_index": data.search_index, "trade": parts.part, "news": parts.news}


class Press:
    """Renders jobs. A job is ``{"kind": …}`` with what that kind of page needs (``generation/plan.py`` makes them).

    To be closed: a theme that does not come with Shopwright is rendered by a process of its own; ``record`` is told.
    """

    def __init__(self, site: Site, theme: Theme, record: RecordSink | None = None) -> None:
        self.site = site
        self.editions = {locale: Edition(site, locale) for locale in site.locales}
        self._heads = {locale: Heads(edition) for locale, edition in self.editions.items()}
        facts = {locale: edition_facts(edition) for locale, edition in self.editions.items()}
        self._renderer = Renderer(theme, facts, record)

    def render(self, job: Json, locale: str, template: str | None = None) -> bytes:
        """The bytes of a job's page or data file in one locale. Raises ``ThemeError``.

        ``template`` stands in for the one of the job's kind: the showcase shows parts of pages alone.
        """
        (data,) = self.render_all([(job, locale)], template)
        return data

    def render_all(self, wanted: Iterable[tuple[Json, str]], template: str | None = None) -> Iterator[bytes]:
        """The bytes of many (job, locale), in their order. Raises ``ThemeError``."""
        for are_data, jobs in groupby(wanted, key=lambda each: each[0]["kind"] in _DATA):
            if are_data:
                yield from (_DATA[job["kind"]](job, self.editions[locale]) for job, locale in jobs)
            else:
                yield from self._pages(jobs, template)

    def _pages(self, jobs: Iterable[tuple[Json, str]], template: str | None) -> Iterator[bytes]:
        waiting: deque[str] = deque()  # locales of the pages that are being rendered

        def requests() -> Iterator[PageRequest]:
            for job, locale in jobs:
                draft = _DRAFTS[job["kind"]](job, self.editions, locale)
                context, head = self._context(draft, self.editions[locale]), self._heads[locale].head(draft)
                waiting.append(locale)
                yield PageRequest(template or f"{draft.kind}.html", locale, context, head)

        for html in self._renderer.html_many(requests()):
            yield self._heads[waiting.popleft()].with_policy(html).encode()

    def close(self) -> None:
        """End what was started for this press."""
        self._renderer.close()

    def context(self, job: Json, locale: str) -> Json:
        """The names that a job's template has besides those of every page: plain data, as ``render`` hands it over."""
        return self._context(_DRAFTS[job["kind"]](job, self.editions, locale), self.editions[locale])

    def _context(self, draft: Draft, edition: Edition) -> Json:
        page = {
            "kind": draft.kind,
            "title": draft.title,
            "lang": draft.lang,
            "url": draft.urls[edition.locale],
            "alternates": alternates(self.editions, draft.urls, edition.locale),
            "breadcrumbs": trail(edition, draft.crumbs),
        }
        return {**draft.values, "page": page}


def edition_facts(edition: Edition) -> Json:
    """What ``template_engine.pages.Pages`` needs of a locale: plain data."""
    at = edition.addresses
    return {
        "site": {
            **edition.context,
            "logo": _logo(edition.site.logo, edition),
            "logo_dark": _logo(edition.site.logo_dark, edition),
        },
        "site_data": edition.script_data(),
        "texts": dict(edition.texts.entries),
        "files": {name: at.asset(published) for name, published in edition.site.assets.items() if "#" not in name},
    }


def _logo(logo: Json | None, edition: Edition) -> Json | None:
    return picture_view(logo, edition.site.store["name"], edition) if logo else None
