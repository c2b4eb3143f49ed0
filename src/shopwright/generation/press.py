"""The press: from a job to the bytes of its pages. One stands in every worker; it knows nothing of the disk."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from shopwright.generation.edition import Edition, alternates
from shopwright.generation.pages import collection, data, plain, product
from shopwright.generation.pages.draft import Draft, share_image, trail
from shopwright.generation.policy import content_security_policy
from shopwright.generation.site import Site
from shopwright.generation.views.picture import picture_view
from shopwright.seo.head import Meta, head_markup
from shopwright.seo.structured_data import document
from shopwright.template_engine import functions
from shopwright.template_engine.engine import make_environment
from shopwright.template_engine.pages import Pages
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
    "not_found": plain.not_found,
}
_FONT = Markup('<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>')
_DATA = {"listing": data.listing, "search_index": data.search_index}


class Press:
    """Renders jobs. A job is ``{"kind": …}`` with what that kind of page needs (``generation/plan.py`` makes them)."""

    def __init__(self, site: Site, theme: Theme) -> None:
        self.site = site
        self.editions = {locale: Edition(site, locale) for locale in site.locales}
        facts = {locale: edition_facts(edition) for locale, edition in self.editions.items()}
        self._pages = Pages(make_environment(theme.templates), facts)
        self._heads = {locale: _Heads(edition) for locale, edition in self.editions.items()}

    def render(self, job: Json, locale: str, template: str | None = None) -> bytes:
        """The bytes of a job's page or data file in one locale. Raises ``ThemeError``.

        ``template`` stands in for the one of the job's kind: the showcase shows parts of pages alone.
        """
        kind, edition = job["kind"], self.editions[locale]
        if kind in _DATA:
            return _DATA[kind](job, edition)
        draft = _DRAFTS[kind](job, self.editions, locale)
        head = self._heads[locale].head(draft)
        return self._pages.html(template or f"{kind}.html", locale, self._context(draft, edition), head).encode()

    def context(self, job: Json, locale: str) -> Json:
        """The names that a job's template has besides those of every page: plain data, as ``render`` hands it over."""
        return self._context(_DRAFTS[job["kind"]](job, self.editions, locale), self.editions[locale])

    def _context(self, draft: Draft, edition: Edition) -> Json:
        page = {
            "kind": draft.kind,
            "title": draft.title,
            "url": draft.urls[edition.locale],
            "alternates": alternates(self.editions, draft.urls, edition.locale),
            "breadcrumbs": trail(edition, draft.crumbs),
        }
        return {**draft.values, "page": page}


def edition_facts(edition: Edition) -> Json:
    """What ``template_engine.pages.Pages`` needs of a locale: plain data."""
    at = edition.addresses
    return {
        "site": {**edition.context, "logo": _logo(edition)},
        "site_data": edition.script_data(),
        "texts": dict(edition.texts.entries),
        "files": {name: at.asset(published) for name, published in edition.site.assets.items() if "#" not in name},
    }


class _Heads:
    """What stands in ``<head>`` of the pages of one locale."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._policy = content_security_policy(edition.site)
        self._share = share_image(_shared_picture(edition), edition)

    def head(self, draft: Draft) -> Markup:
        """The head of a page."""
        edition, site = self._edition, self._edition.site
        absolute = edition.addresses.absolute
        meta = Meta(
            title=draft.head_title,
            description=draft.description,
            canonical=absolute(draft.urls[edition.locale]) if draft.indexed else None,
            site_name=site.store["name"],
            locale=edition.locale,
            indexed=draft.indexed,
            alternates=tuple((locale, absolute(url)) for locale, url in draft.urls.items()),
            default_locale=site.default_locale,
            open_graph=draft.open_graph,
            image=draft.image or self._share,
            structured_data=functions.json_text(document(*draft.things)) if draft.things else None,
        )
        return Markup("\n").join([self._policy, head_markup(meta), *self._loads(draft.kind)])

    def _loads(self, kind: str) -> Iterator[Markup]:
        """Icon, stylesheet, fonts and scripts of a page."""
        asset, assets = self._edition.addresses.asset, self._edition.site.assets
        yield Markup('<link rel="icon" href="{}" type="image/svg+xml">').format(asset(assets["icon.svg"]))
        for name in self._edition.site.preload:
            yield _FONT.format(asset(assets[name]))
        yield Markup('<link rel="stylesheet" href="{}">').format(asset(assets["site.css"]))
        for name in ("site.js", f"{kind}.js"):
            if name in assets:
                yield Markup('<script src="{}" defer></script>').format(asset(assets[name]))


def _shared_picture(edition: Edition) -> Json | None:
    share = edition.site.share
    return picture_view(share, share["alt"] or edition.site.store["name"], edition) if share else None


def _logo(edition: Edition) -> Json | None:
    logo = edition.site.logo
    return picture_view(logo, edition.site.store["name"], edition) if logo else None
