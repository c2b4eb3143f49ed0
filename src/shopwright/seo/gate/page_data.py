"""The data in a page: structured data and the cart's, and whether all of it says the same of what is offered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from shopwright.seo.gate.offers import (
    Offered,
    differences,
    missing,
    offered,
    offers_in_cart_data,
    offers_in_things,
)
from shopwright.seo.gate.rules.rule import Found
from shopwright.seo.gate.said import Said
from shopwright.seo.gate.things import read_things


@dataclass(slots=True)
class PageData:
    """What the structured data of a page says: findings, paths within the site, ``@id`` elsewhere, and offers."""

    findings: list[Found] = field(default_factory=list)
    targets: set[str] = field(default_factory=set)
    described: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    things: list[dict[str, Any]] = field(default_factory=list)
    offers: tuple[Offered, ...] = ()


def read_data(said: Said) -> PageData:
    """Read every JSON-LD script of a page."""
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
    return data


def data_findings(said: Said, data: PageData) -> Iterator[Found]:
    """What is broken in the data of a page."""
    yield from data.findings
    line = said.line("json-ld")
    ours = {offer.item: offer for offer in data.offers}
    if not ours:
        return
    for name, text in said.values("data"):
        cart = list(offers_in_cart_data(text)) if name == "product-data" else []
        if cart:
            for rule, what in (
                *differences(ours, _priced(cart), "the cart's data"),
                *missing(ours, cart, "the cart's data"),
            ):
                yield Found(rule, what, line)
    for where, offer in (("Open Graph", _in_open_graph(said)), ("the page", _on_page(said))):
        if offer is not None and (offer.item or len(ours) == 1):
            named = offer if offer.item else offer._replace(item=next(iter(ours)))
            yield from (Found(rule, what, line) for rule, what in differences(ours, [named], where))


def _priced(cart: list[Offered]) -> list[Offered]:
    """Offers that say a price; zero is how some catalogues write that there is none."""
    return [offer for offer in cart if offer.price not in ("", "0")]


def _in_open_graph(said: Said) -> Offered | None:
    social = dict(said.values("open-graph"))
    if "product:price:amount" not in social:
        return None
    names = ("product:retailer_item_id", "product:price:amount", "product:price:currency", "product:availability")
    return offered(*(social.get(name, "") for name in names))


def _on_page(said: Said) -> Offered | None:
    """The offer that the page shows: its price stands in the first ``<data>`` after it."""
    item, currency = said.first("offer", ("", ""))
    if not item:
        return None
    start = said.line("offer")
    price = next((value for value, line in said.all("value") if line >= start), "")
    return offered(item, price, currency, said.first("availability"))
