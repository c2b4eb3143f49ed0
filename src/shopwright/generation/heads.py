"""What stands in ``<head>`` of pages: the policy, what machines read, and what the page loads."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from shopwright.asset_pipeline.font_subsets import subset_of_script
from shopwright.generation.appearance import EARLY_SCRIPT
from shopwright.generation.edition import Edition
from shopwright.generation.pages.draft import Draft, share_image
from shopwright.generation.policy import UNWRITTEN, PagePolicies
from shopwright.generation.speculation import WITHOUT, speculation_rules
from shopwright.generation.trade.parcels import NEWS_FILE
from shopwright.generation.web_app import MANIFEST
from shopwright.seo.head import Meta, head_markup
from shopwright.seo.rss import MEDIA_TYPE
from shopwright.seo.structured_data.thing import document
from shopwright.template_engine import functions
from shopwright.template_engine.formats import script_of

Json = dict[str, Any]

ICON_SIDE = 180
"""Pixels of ``icon-touch.png`` (``asset_pipeline/icons.py``)."""

_FONT = Markup('<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>')
_NEWS = Markup('<link rel="alternate" type="{}" title="{}" href="{}">')


class Heads:
    """The heads of the pages of one locale."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._rules = speculation_rules(edition.site)
        self._policies = PagePolicies(edition.site, self._rules)
        self._subset = subset_of_script(script_of(edition.locale))
        self._share = _share(edition)
        self._loads: dict[str, str] = {}

    def head(self, draft: Draft) -> str:
        """The head of a page; its policy is still to be written."""
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
            structured_data=functions.json_text(document(draft.things)) if draft.things else None,
        )
        loads = self._loads.get(draft.kind)
        if loads is None:
            loads = self._loads[draft.kind] = "\n".join(self._loaded(draft.kind))
        return f"{UNWRITTEN}\n{EARLY_SCRIPT}\n{head_markup(meta)}\n{loads}"

    def with_policy(self, html: str) -> str:
        """A rendered page with its policy."""
        return self._policies.written(html)

    def _loaded(self, kind: str) -> Iterator[Markup]:
        """Icon, stylesheet, fonts and scripts of a page, and what it prefetches."""
        asset, assets = self._edition.addresses.asset, self._edition.site.assets
        yield Markup('<link rel="icon" href="{}" type="image/svg+xml">').format(asset(assets["icon.svg"]))
        yield Markup('<link rel="apple-touch-icon" href="{}">').format(asset(assets["icon-touch.png"]))
        yield Markup('<link rel="manifest" href="{}">').format(self._edition.addresses.file(MANIFEST))
        for name in self._edition.site.preload:
            yield _FONT.format(asset(assets.get(f"{name}#{self._subset}", assets[name])))
        yield Markup('<link rel="stylesheet" href="{}">').format(asset(assets["site.css"]))
        for name in ("site.js", f"{kind}.js"):
            if name in assets:
                yield Markup('<script src="{}" defer></script>').format(asset(assets[name]))
        if self._edition.site.news:
            yield _NEWS.format(MEDIA_TYPE, self._edition.say("home.newest"), self._edition.addresses.file(NEWS_FILE))
        if kind not in WITHOUT:
            yield Markup('<script type="speculationrules">{}</script>').format(self._rules)


def _share(edition: Edition) -> Json:
    """What is shown of pages that have no picture of their own: the store's, else its icon, which every store has."""
    share, name = edition.site.share, edition.site.store["name"]
    icon = edition.addresses.absolute(edition.addresses.asset(edition.site.assets["icon-touch.png"]))
    known = share_image(share, (share or {}).get("alt") or name, edition)
    return known or {"": icon, ":type": "image/png", ":width": ICON_SIDE, ":height": ICON_SIDE, ":alt": name}
