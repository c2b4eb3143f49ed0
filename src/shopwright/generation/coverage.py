"""How much of a store each locale covers: what is shown in another language, and what a market does not sell.

The rule for a text that a locale has not: its language's (``de`` for ``de-AT``), else the catalogue's own, which is in
the default locale's language. Summaries and search texts fall back to nothing, since a wrong language there helps
nobody. Every fallback is counted: one fault per locale and kind of text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shopwright.catalog.fault_rules import fault
from shopwright.catalog.faults import Fault
from shopwright.generation.edition import Edition

Json = dict[str, Any]

PLACES_NAMED = 3
MARKETS_NAMED = 20
_SHORT = 3
"""Letters of the longest word that is taken for the same in every language: ``XL``, ``TR``, ``mm``."""


class Coverage:
    """Counts while products pass by; ``faults`` tells what was counted."""

    def __init__(self, editions: Mapping[str, Edition]) -> None:
        self._foreign = [edition for edition in editions.values() if edition.foreign]
        self._untranslated = [edition.locale for edition in editions.values() if not edition.texts.translated]
        self._markets = {edition.market["name"]: edition for edition in editions.values() if edition.market}
        self._missing: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self._counts: dict[tuple[str, str], int] = defaultdict(int)
        self._unpriced: dict[str, int] = defaultdict(int)
        self._unsold: dict[str, int] = defaultdict(int)
        self._unsold_first: dict[str, list[str]] = defaultdict(list)
        priced = (each for name, edition in self._markets.items() for each in (name, edition.currency))
        self._known = frozenset(priced)
        self._unknown: dict[str, str] = {}

    def product(self, record: Json, terms: Iterable[str]) -> None:
        """Count a product; ``terms`` are the option names, values and other words that its pages show."""
        for edition in self._foreign:
            self._record(record, edition, "products")
            words = edition.words(record)
            for term in terms:
                if not words.has_term(term) and _is_word(term):
                    self._count(edition.locale, "terms", term)
        for name, edition in self._markets.items():
            offered = record.get("variants", ())
            if unpriced := sum(1 for variant in offered if edition.asked(variant) is None):
                self._unpriced[name] += unpriced
                self._unsold[name] += 1
                if len(self._unsold_first[name]) < PLACES_NAMED:
                    self._unsold_first[name].append(record["handle"])
        if self._markets:
            self._unknown_markets(record)

    def collection(self, record: Json) -> None:
        """Count a collection."""
        for edition in self._foreign:
            self._record(record, edition, "collections")

    def text(self, name: str, texts: Mapping[str, str]) -> None:
        """Count a text of ``store.yaml``."""
        for edition in self._foreign:
            if edition.text_lang(texts):
                self._count(edition.locale, "texts of store.yaml", name)

    def _unknown_markets(self, record: Json) -> None:
        for variant in record.get("variants", ()):
            for entry in variant.get("markets", ()):
                if entry["market"] not in self._known and len(self._unknown) < MARKETS_NAMED:
                    self._unknown.setdefault(entry["market"], record["handle"])

    def _record(self, record: Json, edition: Edition, kind: str) -> None:
        translation = edition.words(record).translation
        for field in ("title", "description"):
            if record.get(field) and not translation.get(field):
                self._count(edition.locale, f"{field}s of {kind}", record["handle"])

    def _count(self, locale: str, kind: str, place: str) -> None:
        """Count a place once; a term stands in many products."""
        known = self._missing[locale, kind]
        if place not in known:
            self._counts[locale, kind] += 1
            if kind == "terms" or len(known) < PLACES_NAMED:
                known[place] = None

    def faults(self) -> Iterator[Fault]:
        """One fault per locale and kind of text, one per market."""
        yield from (
            fault("interface-untranslated", f"{locale}: there are no interface texts.", value=locale)
            for locale in sorted(self._untranslated)
        )
        for (locale, kind), count in sorted(self._counts.items()):
            places = _named(list(self._missing[locale, kind]), count)
            yield fault(
                "translation-missing",
                f"{locale}: {count:,} {kind} are missing ({places}).",
                value=locale,
            )
        for market, count in sorted(self._unpriced.items()):
            currency, places = self._markets[market].currency, _named(self._unsold_first[market], self._unsold[market])
            found = f"In the market {market}, variants without a price in {currency}: {count:,} (of {places})."
            yield fault("market-without-price", found, value=market)
        for market, handle in sorted(self._unknown.items()):
            yield fault("market-unknown", f"{handle} has a price for {market}, which is no market.", value=market)


def _named(places: list[str], count: int) -> str:
    """The first places, and how many more there are."""
    named = places[:PLACES_NAMED]
    more = f" and {count - len(named):,} more" if count > len(named) else ""
    return ", ".join(named) + more


def _is_word(term: str) -> bool:
    return sum(1 for letter in term if letter.isalpha()) > _SHORT
