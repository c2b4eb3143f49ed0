"""A stage: one sample store in one theme and one colour scheme, with all its pages and its parts alone."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from shopwright.asset_pipeline.bundles import content_name
from shopwright.asset_pipeline.tally import Tally
from shopwright.asset_pipeline.tenant_cache import TenantCache
from shopwright.asset_pipeline.workshop import PictureOrder, PictureWorkshop
from shopwright.catalog.faults import Report
from shopwright.catalog.source import open_source
from shopwright.catalog.store import Store
from shopwright.generation.gather import ask_store_pictures, make_cards, prepare_pictures, spool_catalog
from shopwright.generation.plan import OFFLINE_PAGE, Plan
from shopwright.generation.press import Press
from shopwright.generation.publishing import ThemeFiles
from shopwright.generation.setup import draw_site
from shopwright.generation.showcase.parts import ALONE_STYLES, surroundings, template_of
from shopwright.generation.showcase.schemes import resolve_page, resolve_styles
from shopwright.generation.showcase.states import EMPTY, MANY_PAGES, State
from shopwright.generation.showcase.stores import DATE, SampleStore, write_store_folder
from shopwright.generation.spool import Spool
from shopwright.generation.web_app import web_app_files
from shopwright.template_engine.theme import Theme

Json = dict[str, Any]

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "en", "ar"
_SCRIPT = re.compile(rb'<script\b[^>]*\bsrc=[^>]*></script>|<script type="speculationrules">.*?</script>', re.DOTALL)
"""What a browser runs, or complains of where it may not: data for scripts stays."""
_WHOLE = frozenset({"collection", "search", "cart"})
"""Kinds of pages whose script works on the whole page, and fails where there is only a part of it."""
_FORMATS = ("webp", "jpeg")
_PAGES = 8
"""Pages of the collection that has many: enough for a gap in the pagination."""


@dataclass(frozen=True, slots=True)
class Stocked:
    """A sample store whose catalogue was read and whose pictures were prepared."""

    name: str
    store: Store
    spool: Spool


def stock(sample: SampleStore, folder: Path, cache: TenantCache, workers: int) -> Stocked:
    """Read a sample store as the line reads every store. ``folder`` is for its files and must be new."""
    source = open_source(write_store_folder(folder, sample))
    spool, report = Spool(folder), Report()
    spool_catalog(source, spool, report, _say_nothing)
    ask_store_pictures(source.store, spool)
    order = PictureOrder(source.picture_folders, workers, "skip", _FORMATS)
    with PictureWorkshop(cache, order) as workshop:
        prepare_pictures(spool, workshop, order.policy, report, Tally(), _say_nothing)
    return Stocked(sample.name, source.store, spool)


def _say_nothing() -> None:
    """The sample is small: nobody waits for it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the stage: its locale, its address, and its bytes."""

    locale: str
    address: str
    data: bytes


class Stage:
    """``url`` is the address of this stage's home page; ``made`` are the files of the theme for this store.

    ``files`` are those of the theme (published name, bytes), ``app`` those of the web app (file from the home page).
    """

    def __init__(
        self, stocked: Stocked, theme: Theme, made: ThemeFiles, scheme: str, url: str, shown: list[State]
    ) -> None:
        self.scheme = scheme
        self.name = stocked.name
        self.files = [_in_scheme(name, data, scheme) for name, data in made.files]
        self.pictures = list(stocked.spool.picture_files())
        renamed = {old: new for (old, _), (new, _) in zip(made.files, self.files, strict=True)}
        assets = {name: renamed[published] for name, published in made.assets.items()}
        site = draw_site(
            stocked.store,
            stocked.spool,
            ThemeFiles(assets, self.files),
            theme=theme,
            theme_name=theme.name,
            url=url,
            date=DATE,
        )
        at = site.addresses(site.default_locale)
        self._scripts = {
            kind: f'<script src="{at.asset(assets[f"{kind}.js"])}" defer></script>'.encode()
            for kind in _WHOLE
            if f"{kind}.js" in assets
        }
        self._shown = [state for state in shown if state.store == stocked.name]
        self._press = Press(site, replace(theme, templates={**theme.templates, **surroundings(self._shown)}))
        self.home = at.home
        self.app = list(web_app_files(site, self._press.editions, {}))
        overview = make_cards(stocked.spool, self._press.editions, Report())
        jobs = (
            (job.addresses, orjson.loads(job.payload))
            for job in Plan(stocked.spool, site, self._press.editions, overview)
        )
        self._jobs = {self._below_home(addresses): (addresses, payload) for addresses, payload in self._with_more(jobs)}

    def _below_home(self, addresses: dict[str, str]) -> str:
        return next(iter(addresses.values())).removeprefix(self.home)

    def _with_more(self, jobs: Iterable[tuple[dict[str, str], Json]]) -> Iterator[tuple[dict[str, str], Json]]:
        """The jobs of the plan, and what no sample store has.

        That is an empty collection, one of many pages, and the page for readers without a connection.
        """
        for addresses, payload in jobs:
            yield addresses, payload
            below = self._below_home(addresses)
            if self.name == "sample" and below == "collections/all/":
                yield from self._more_collections(payload)
            if self.name == "sample" and below == "cart/":
                yield self._at(OFFLINE_PAGE), {"kind": "offline"}
            if self.name == "sample" and below == "collections/all/products-1.json":
                yield self._at(f"{MANY_PAGES}products-1.json"), payload

    def _more_collections(self, everything: Json) -> Iterator[tuple[dict[str, str], Json]]:
        empty = _collection("empty", "Empty", "مجموعة فارغة", 0)
        yield self._at(EMPTY), {**everything, "collection": empty, "products": [], "facets": []}
        many = _collection("many-pages", "Many pages", "صفحات كثيرة", _PAGES * len(everything["products"]))
        for number in range(1, _PAGES + 1):
            page = f"{MANY_PAGES}page/{number}/" if number > 1 else MANY_PAGES
            yield self._at(page), {**everything, "collection": many, "number": number, "pages_total": _PAGES}

    def _at(self, page: str) -> dict[str, str]:
        return {locale: edition.addresses.home + page for locale, edition in self._press.editions.items()}

    def pages(self) -> Iterator[Sheet]:
        """Every page and data file of the store, as the line makes them. Raises ``ThemeError``."""
        wanted = [
            (address, payload, locale)
            for addresses, payload in self._jobs.values()
            for locale, address in addresses.items()
        ]
        rendered = self._press.render_all((payload, locale) for _, payload, locale in wanted)
        for (address, _, locale), data in zip(wanted, rendered, strict=True):
            yield Sheet(locale, address, data if address.endswith(".json") else self._resolved(data))

    def apart(self, state: State, locale: str) -> Sheet:
        """A partial by itself, or a page without its scripts.

        Raises ``ThemeError`` when a partial cannot be shown with what it is given.
        """
        payload, template = self._jobs[state.page][1], template_of(state) if state.alone else None
        html = self._resolved(self._press.render(payload, locale, template)).replace(b" autofocus", b"")
        if state.alone and payload["kind"] in _WHOLE:
            html = html.replace(self._scripts.get(payload["kind"], b""), b"")
        return Sheet(locale, self.address(state, locale), html if state.script else _SCRIPT.sub(b"", html))

    def close(self) -> None:
        """End what renders; addresses and values can still be asked for."""
        self._press.close()

    def _resolved(self, html: bytes) -> bytes:
        return resolve_page(html.decode(), self.scheme).encode()

    def address(self, state: State, locale: str) -> str:
        """Where a state is shown in a locale."""
        if state.apart:
            name = template_of(state).removesuffix(".html")
            return f"{self._press.editions[locale].addresses.home}{name}/"
        return self._jobs[state.page][0][locale] + state.query

    def locales(self) -> tuple[str, ...]:
        """The locale that is read from left to right, and, where the store has it, the one from right to left."""
        return tuple(locale for locale in (LEFT_TO_RIGHT, RIGHT_TO_LEFT) if locale in self._press.editions)

    def values(self, state: State) -> Json:
        """What a state's template is given: ``site``, ``page`` and the values of its page."""
        context = self._press.context(self._jobs[state.page][1], LEFT_TO_RIGHT)
        return {"site": self._press.editions[LEFT_TO_RIGHT].context, **context}

    def cart_lines(self) -> list[Json]:
        """Lines for the cart of this store: two of the first product."""
        first = next(page for page in self._jobs if page.startswith("products/"))
        product = self._press.context(self._jobs[first][1], LEFT_TO_RIGHT)["product"]
        variant = product["data"]["variants"][0]
        shared = {name: product["data"][name] for name in ("handle", "url", "title")}
        priced = {"amount": variant["price"]["amount"], "currency": variant["price"]["currency"]}
        return [
            {
                **shared,
                **priced,
                "id": variant["id"],
                "options": variant["labels"],
                "sku": variant["sku"],
                "picture": product["data"]["thumbnail"],
                "quantity": 2,
            }
        ]


def _collection(handle: str, title: str, arabic: str, count: int) -> Json:
    return {"handle": handle, "title": title, "count": count, "translations": {"ar": {"title": arabic}}}


def _in_scheme(name: str, data: bytes, scheme: str) -> tuple[str, bytes]:
    """A file of the theme as the stage publishes it."""
    if not name.endswith(".css"):
        return name, data
    styles = (resolve_styles(data.decode(), scheme) + ALONE_STYLES).encode()
    return content_name(name.partition(".")[0], styles, ".css"), styles
