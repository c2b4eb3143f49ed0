"""A store in one language: texts, addresses and the words of products as this language has them."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from shopwright.catalog.money import minor_digits
from shopwright.catalog.store import EVERY_LOCALE, in_locale
from shopwright.generation.addresses import Addresses
from shopwright.generation.prices import Asked, asked_in
from shopwright.generation.site import Site
from shopwright.generation.spool import EVERYTHING
from shopwright.template_engine.formats import country_name, direction, language_name
from shopwright.template_engine.texts import Texts, load_texts

Json = dict[str, Any]


def language_of(locale: str) -> str:
    """The language of a locale: ``de`` of ``de-AT``."""
    return locale.partition("-")[0]


def translation_of(record: Json, locale: str) -> Json:
    """A record's translation for a locale, else for its language, else nothing."""
    translations = record.get("translations") or {}
    found: Json = translations.get(locale) or translations.get(language_of(locale)) or {}
    return found


class Words:
    """The words of one record (product or collection) in one locale, falling back to the record's own."""

    __slots__ = ("_own", "_record", "_store_terms", "_terms", "_translation")

    def __init__(
        self, record: Json, locale: str, store_terms: Mapping[str, str], own_language: str | None = None
    ) -> None:
        self._record = record
        self._own = own_language
        self._translation: Json = translation_of(record, locale)
        self._terms: Mapping[str, str] = self._translation.get("terms") or {}
        self._store_terms = store_terms

    @property
    def title(self) -> str:
        """The title."""
        return str(self._translation.get("title") or self._record["title"])

    @property
    def handle(self) -> str:
        """The last part of the address."""
        return str(self._translation.get("handle") or self._record["handle"])

    @property
    def description(self) -> str:
        """The description, sanitised HTML."""
        return str(self._translation.get("description") or self._record.get("description") or "")

    @property
    def summary(self) -> str:
        """The summary; none in a translation that has none, rather than one in another language."""
        given = self._translation or self._record
        return str(given.get("summary") or "")

    def lang(self, field: str) -> str | None:
        """The language of a text that is not in this locale's: for its ``lang`` attribute (WCAG 2.2, 3.1.2)."""
        return self._own if self._own and self._record.get(field) and not self._translation.get(field) else None

    @property
    def translation(self) -> Json:
        """The record's translation for the locale; empty if it has none."""
        return self._translation

    @property
    def translated(self) -> bool:
        """Whether the record has a translation of its own for the locale."""
        return bool(self._translation)

    def seo(self, field: str) -> str | None:
        """The merchant's own ``title`` or ``description`` for search engines, in this language."""
        given = self._translation or self._record
        return (given.get("seo") or {}).get(field)

    def term(self, value: str) -> str:
        """An option name, option value, colour, type or material."""
        return self._terms.get(value) or self._store_terms.get(value) or value

    def has_term(self, value: str) -> bool:
        """Whether somebody said what a term is called in this language."""
        return value in self._terms or value in self._store_terms


def market_of(store: Json, locale: str) -> Json | None:
    """The market of ``store.yaml`` that a locale's pages sell in."""
    return next((market for market in store["markets"] if locale in market["locales"]), None)


class Edition:
    """What pages of one locale share. ``context`` is the part of the template context that never changes.

    ``market`` is the market that the locale's pages sell in (none: the store's own prices), ``currency`` what they are
    priced in; it is ``foreign`` where its language is not that of the default locale, in which the catalogue is
    written. Every price on a page, in its data and in its cart comes from ``asked``.
    """

    def __init__(self, site: Site, locale: str) -> None:
        self.site = site
        self.locale = locale
        self.texts: Texts = load_texts(locale)
        self.addresses: Addresses = site.addresses(locale)
        self.foreign = language_of(locale) != language_of(site.default_locale)
        self.market: Json | None = market_of(site.store, locale)
        self.currency = str((self.market or site.store)["currency"])
        terms = site.store.get("terms") or {}
        self.card_views: dict[str, Json] = {}
        self._terms: Mapping[str, str] = terms.get(locale) or terms.get(language_of(locale)) or {}

    def words(self, record: Json) -> Words:
        """The words of a record in this locale."""
        return Words(record, self.locale, self._terms, self.site.default_locale if self.foreign else None)

    def asked(self, variant: Json) -> Asked | None:
        """What a variant costs on this locale's pages on the build's date; none where it is not sold."""
        return asked_in(variant, self.site.now, self.market)

    @cached_property
    def shipping(self) -> list[Json]:
        """The shipping rates that concern this locale's shoppers: of the market's countries, in its currency."""
        rates = [rate for rate in self.site.store["shipping"] if rate["price"]["currency"] == self.currency]
        return [rate for rate in rates if self.market is None or rate["country"] in self.market["countries"]]

    def say(self, key: str, **values: object) -> str:
        """Interface text."""
        return self.texts.say(key, **values)

    def text(self, texts: Mapping[str, str]) -> str:
        """A text of ``store.yaml`` in this locale; empty if there is none."""
        return in_locale(texts, self.locale, self.site.default_locale) or ""

    def text_lang(self, texts: Mapping[str, str]) -> str | None:
        """The language of a text of ``store.yaml`` that is not in this locale's."""
        own = (self.locale, language_of(self.locale), EVERY_LOCALE)
        fell_back = self.foreign and not any(texts.get(key) for key in own) and texts.get(self.site.default_locale)
        return self.site.default_locale if fell_back else None

    def collection_link(self, record: Json) -> tuple[str, str]:
        """Title and address of a collection record; the one of all products is titled by the interface."""
        words = self.words(record)
        title = self.say("collections.all") if record["handle"] == EVERYTHING else words.title
        return title, self.addresses.collection(words.handle)

    @cached_property
    def context(self) -> Json:
        """The name ``site`` of every template (``docs/reference/theme-api.md``)."""
        store, at = self.site.store, self.addresses
        return {
            "name": store["name"],
            "tagline": self.text(store["tagline"]),
            "description": self.text(store["description"]),
            "locale": self.locale,
            "dir": direction(self.locale),
            "currency": self.currency,
            "home": at.home,
            "search": at.page("search"),
            "cart": at.page("cart"),
            "collections": at.page("collections"),
            "logo": self.site.logo,
            "navigation": [
                {"title": title, "url": url} for title, url in map(self.collection_link, self.site.navigation)
            ],
            "information": [{"title": self.page_title(name), "url": at.page(name)} for name in self.site.information],
            "contact": self._contact(),
            "social": [{"title": url.split("/")[2].removeprefix("www."), "url": url} for url in store["social"]],
            "checkout": store["checkout"],
        }

    def page_title(self, name: str) -> str:
        """The title of an information page: ``about``, ``policies/shipping``, ``imprint``."""
        return self.say(f"page.{name.rsplit('/', maxsplit=1)[-1]}")

    def _contact(self) -> Json:
        contact = self.site.store["contact"]
        address = contact["address"]
        lines = None
        if address:
            town = f"{address['postal_code']} {address['city']}".strip()
            lines = [
                line
                for line in (address["street"], town, address["region"], country_name(address["country"], self.locale))
                if line
            ]
        return {"email": contact["email"], "phone": contact["phone"], "address": lines}

    def script_data(self) -> Json:
        """What ``#site-data`` holds."""
        at, store = self.addresses, self.site.store
        return {
            "locale": self.locale,
            "currency": self.currency,
            "market": self.market["name"] if self.market else None,
            "digits": minor_digits(self.currency),
            "home": at.home,
            "search": at.page("search"),
            "cart": at.page("cart"),
            "checkout": store["checkout"],
            "email": store["contact"]["email"],
            "store": at.base or "/",
            "worker": f"{at.base}/sw.js" if store["offline"] else None,
            "text": self.texts.starting_with("js."),
        }


def alternates(editions: Mapping[str, Edition], urls: Mapping[str, str], current: str) -> list[Json]:
    """The entries of ``page.alternates``: one page in all the store's languages."""
    return [
        {"locale": locale, "label": language_name(locale), "url": urls[locale], "current": locale == current}
        for locale in editions
    ]
