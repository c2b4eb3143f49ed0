"""The data in a page: what its structured data describes, and what its scripts are told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import orjson

from shopwright.seo.gate.offers import Offered, offers_in_things
from shopwright.seo.gate.rules.rule import Found
from shopwright.seo.gate.said import Said
from shopwright.seo.gate.things import read_things

_SITE_DATA = "site-data"
_PRODUCT_DATA = "product-data"
_OWN = frozenset({"Product", "ProductGroup", "Offer"})
_ADDRESSES = ("home", "search", "cart", "worker")
"""What ``#site-data`` names of the site's own (docs/reference/theme-api.md)."""


@dataclass(slots=True)
class PageData:
    """What the data of a page says: findings, paths within the site, ``@id`` elsewhere, and offers.

    ``group`` is the id of the product that has variants.
    """

    findings: list[Found] = field(default_factory=list)
    targets: set[str] = field(default_factory=set)
    described: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    things: list[dict[str, Any]] = field(default_factory=list)
    offers: tuple[Offered, ...] = ()
    group: str = ""


def read_data(said: Said) -> PageData:
    """Read every script of a page that holds data."""
    data = PageData()
    defined: set[str] = set()
    named: list[tuple[str, int]] = []
    for text, line in said.all("json-ld"):
        seen = read_things(text)
        data.findings += [Found(rule, what, line) for rule, what in seen.broken]
        data.targets.update(path for path in map(said.own_path, dict.fromkeys(seen.addresses)) if path)
        data.things += seen.things
        defined |= seen.defined
        named += [(name, line) for name in dict.fromkeys(seen.named)]
    elsewhere = [name for name, _ in named if name not in defined and "://" in name]
    data.findings += [
        Found("dead-node", name[:100], line) for name, line in named if name not in defined and "://" not in name
    ]
    data.described = tuple(sorted(name for name in defined if "://" in name))
    data.named = tuple(elsewhere)
    data.offers = tuple(offers_in_things(data.things))
    data.group = next((str(thing["productGroupID"]) for thing in data.things if "productGroupID" in thing), "")
    _read_scripts(said, data)
    if any(name == _PRODUCT_DATA for name, _ in said.values("data")):
        line = said.line("json-ld")
        data.findings += [Found("bad-value", what, line) for what in _elsewhere(said, data.things)]
    return data


def _elsewhere(said: Said, things: Iterable[dict[str, Any]]) -> Iterator[str]:
    """What a product page says of another page: addresses of its product and offers, the end of its breadcrumbs."""
    for thing in things:
        kind, urls = thing.get("@type"), [thing.get("url")]
        if kind == "BreadcrumbList":
            steps = thing.get("itemListElement")
            urls = [steps[-1].get("item")] if isinstance(steps, list) and steps and isinstance(steps[-1], dict) else []
        elif kind not in _OWN:
            continue
        for url in urls:
            if isinstance(url, str) and said.own_path(url) not in ("", said.address):
                yield f"{kind} leads to {url[:200]}, another page"


def _read_scripts(said: Said, data: PageData) -> None:
    """What scripts are told, but for ``#product-data``, which is compared with the offers."""
    for (name, text), line in said.all("data"):
        if name != _PRODUCT_DATA:
            paths, fault = _site_data(text) if name == _SITE_DATA else ((), _fault(text))
            data.targets.update(paths)
            if fault:
                data.findings.append(Found("bad-page-data", f"#{name[:60]}: {fault}", line))


@lru_cache(maxsize=64)  # the same on all pages of a language
def _site_data(text: str) -> tuple[tuple[str, ...], str]:
    """The site's own addresses in ``#site-data``, and what is wrong with it."""
    fault = _fault(text)
    said = {} if fault else orjson.loads(text)
    if not isinstance(said, dict):
        return (), "no object"
    given = (said.get(name) for name in _ADDRESSES)
    return tuple(path for path in given if isinstance(path, str) and path.startswith("/")), fault


def _fault(text: str) -> str:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return str(error)
    return ""
