"""The press: from a job to the bytes of its pages. One stands in every worker; it knows nothing of the disk."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from shopwright.generation.edition import Edition, alternates
from shopwright.generation.pages import collection, data, plain, product
from shopwright.generation.pages.draft import Draft, share_image, trail
from shopwright.generation.policy import content_security_policy
from shopwright.generation.site import Site
from shopwright.generation.views.card import CARDS_KEPT
from shopwright.generation.views.picture import picture_view
from shopwright.seo.head import Meta, head_markup
from shopwright.seo.structured_data import document
from shopwright.template_engine import functions
from shopwright.template_engine.engine import Template, get_template, make_environment, render
from shopwright.template_engine.formats import format_day, format_number
from shopwright.template_engine.frame_drawing import frame_drawing
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
        self._environment = make_environment(theme.templates)
        self._editions = {locale: Edition(site, locale) for locale in site.locales}
        self._printers = {locale: _Printer(self, edition) for locale, edition in self._editions.items()}

    @property
    def editions(self) -> dict[str, Edition]:
        """The editions by locale."""
        return self._editions

    def template(self, name: str) -> Template:
        """A compiled template of the theme."""
        return get_template(self._environment, name)

    def render(self, job: Json, locale: str) -> bytes:
        """The bytes of a job's page or data file in one locale. Raises ``ThemeError``."""
        kind = job["kind"]
        if kind in _DATA:
            return _DATA[kind](job, self._editions[locale])
        draft = _DRAFTS[kind](job, self._editions, locale)
        return self._printers[locale].html(draft).encode()


class _Printer:
    """What pages of one locale have in common: the functions of the theme API, bound to the locale."""

    def __init__(self, press: Press, edition: Edition) -> None:
        self._press = press
        self._edition = edition
        self._site_data = functions.data("site-data", edition.script_data())
        self._policy = content_security_policy(press.site)
        self._names: Json = {
            "site": {**edition.context, "logo": _logo(edition)},
            "t": edition.say,
            "picture": functions.picture,
            "swatch": functions.swatch,
            "stars": functions.stars,
            "data": functions.data,
            "frame_drawing": frame_drawing,
            "card": self._card,
            "site_data": lambda: self._site_data,
            "date": lambda iso: format_day(iso, edition.locale),
            "number": lambda value, digits=0: format_number(value, digits, edition.locale),
        }
        self._share = share_image(_shared_picture(edition), edition)
        self._cards: dict[tuple[str, bool], Markup] = {}

    def html(self, draft: Draft) -> str:
        """A whole page."""
        edition = self._edition
        page = {
            "kind": draft.kind,
            "title": draft.title,
            "url": draft.urls[edition.locale],
            "alternates": alternates(self._press.editions, draft.urls, edition.locale),
            "breadcrumbs": trail(edition, draft.crumbs),
        }
        names = {**self._names, "page": page, "head": lambda: self._head(draft), **draft.values}
        return render(self._press.template(f"{draft.kind}.html"), names)

    def _card(self, card: Json, eager: bool = False) -> Markup:
        kept = self._cards.get((card["revision"], eager))
        if kept is None:
            if len(self._cards) >= CARDS_KEPT:
                self._cards.clear()
            names = {**self._names, "card": card, "eager": eager}
            kept = Markup(render(self._press.template("_card.html"), names))  # noqa: S704 - autoescaped already
            self._cards[card["revision"], eager] = kept
        return kept

    def _head(self, draft: Draft) -> Markup:
        edition, site = self._edition, self._press.site
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
        asset, assets = self._edition.addresses.asset, self._press.site.assets
        yield Markup('<link rel="icon" href="{}" type="image/svg+xml">').format(asset(assets["icon.svg"]))
        for name in self._press.site.preload:
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
