"""The jobs that make parts: so many products at a time, with what pages show of them."""

from collections.abc import Iterator
from typing import Any

import orjson

from shopwright.generation.job import Job
from shopwright.generation.site import Site
from shopwright.storage.exchange import MARK

Json = dict[str, Any]

PRODUCTS_PER_PART = 100
"""Few enough that one changed product costs little, and enough that parts are few."""
NEWS_FILE = "feeds/new.xml"


def part_file(locale: str, number: int) -> str:
    """The file of a part, from the root of the site: hidden, so that no host delivers it."""
    return f"{MARK}/trade/{locale.lower()}-{number}.json"


class Parts:
    """Gathers products into jobs."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._base = site.addresses(site.default_locale).base
        self._products: list[Json] = []
        self._number = 0

    def add(self, product: Json) -> Iterator[Job]:
        """Take a product (``record``, ``handles``, ``pictures``, ``as_of``); gives a job when there are enough."""
        self._products.append(product)
        if len(self._products) == PRODUCTS_PER_PART:
            yield from self.rest()

    def rest(self) -> Iterator[Job]:
        """The job of what is left."""
        if not self._products:
            return
        self._number += 1
        addresses = {locale: f"{self._base}/{part_file(locale, self._number)}" for locale in self._site.locales}
        payload = orjson.dumps({"kind": "trade", "products": self._products})
        self._products = []
        yield Job(addresses, payload)
