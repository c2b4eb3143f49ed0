"""Whether all parts of a page say the same of what is offered.

Structured data, Open Graph, the page itself, and the data its cart takes lines from.
"""

from collections.abc import Iterator, Mapping

from shopwright.seo.gate.offers import CartData, Offered, contradictions, differences, missing, offered
from shopwright.seo.gate.page_data import PageData
from shopwright.seo.gate.rules.rule import Found
from shopwright.seo.gate.said import Said
from shopwright.seo.gate.shown_prices import Shown, shown_prices, wrong_currency, wrong_text

_CART = "the cart's data"
_SOCIAL = ("product:retailer_item_id", "product:price:amount", "product:price:currency", "product:availability")

Ours = Mapping[str, Offered]
"""The offers of structured data by their items."""


def agreement_findings(said: Said, data: PageData) -> Iterator[Found]:
    """Where the parts of a page differ from each other."""
    offers = data.offers
    ours = {offer.item: offer for offer in reversed(offers)}
    line = said.line("json-ld")
    yield from (Found(rule, what, line) for rule, what in contradictions(offers))
    yield from (Found(rule, what, line) for rule, what in _in_open_graph(said, ours))
    yield from _in_cart(said, ours, data)
    shown = shown_prices(said.html)
    yield from (
        Found("price-mismatch", fault, price.line) for price in shown if (fault := wrong_text(price.value, price.text))
    )
    if ours:
        yield from _on_page(said, ours, shown)


def _in_open_graph(said: Said, ours: Ours) -> Iterator[tuple[str, str]]:
    social = said.properties
    given = [social.get(name, "") for name in _SOCIAL]
    lost = [name for name, value in zip(_SOCIAL, given, strict=True) if not value]
    if len(lost) == len(_SOCIAL):
        return
    if lost:
        yield "open-graph", f"no {' and no '.join(lost)}, while it tells of an offer"
    if given[0]:
        yield from differences(ours, [offered(*given, social.get("product:condition", ""))], "Open Graph")


def _in_cart(said: Said, ours: Ours, data: PageData) -> Iterator[Found]:
    """``#product-data``: the cart takes its lines from it."""
    name = data.name
    if ours and not data.carts:
        yield Found("bad-page-data", "no #product-data on a page that sells", said.line("json-ld"))
    for cart, line in data.carts:
        if cart.fault:
            yield Found("bad-page-data", f"#product-data: {cart.fault}", line)
            continue
        if said.own_path(cart.url) not in ("", said.address):
            yield Found("bad-page-data", f"#product-data is of {cart.url[:200]}", line)
        if name and cart.title and cart.title != name:
            yield Found(
                "bad-page-data", f"#product-data is of {cart.title[:80]!r}, structured data of {name[:80]!r}", line
            )
        yield from (Found(rule, f"#product-data: {what}", line) for rule, what in (*cart.wrong, *_buyable(ours, cart)))
        offers = [offer for offer in cart.offers if ours or offer.item in cart.buyable]
        lacks = missing(ours, (offer.item for offer in cart.offers), _CART)
        yield from (Found(rule, what, line) for rule, what in (*differences(ours, offers, _CART), *lacks))


def _buyable(ours: Ours, cart: CartData) -> Iterator[tuple[str, str]]:
    """Offers that the form sells though they are out of stock, or does not sell though they are not."""
    for offer in cart.offers if ours else ():
        if (offer.item in cart.buyable) is (offer.availability == "outofstock"):
            may = "can" if offer.item in cart.buyable else "cannot"
            yield "availability-mismatch", f"{offer.item!r} is {offer.availability!r} and {may} be bought"


def _on_page(said: Said, ours: Ours, shown: list[Shown]) -> Iterator[Found]:
    """The offer that the page shows, if it sells any: its price stands in the first ``<data>`` after it."""
    (item, currency), line = next(iter(said.all("offer")), (("", ""), 0))
    if item not in ours and not (item and currency):
        if not item:
            yield Found("offer-unmarked", "no data-item", said.line("json-ld"))
        return  # else what is shown first has no price
    price = next((value for value, place in said.all("value") if place >= line), "")
    code, condition = said.first("availability"), said.first("condition")
    named = {"data-currency": currency, "<data value> after it": price, "data-code": code}
    yield from (Found("offer-unmarked", f"no {name}", line) for name, value in named.items() if not value)
    for rule, what in differences(ours, [offered(item, price, currency, code, condition)], "the page"):
        yield Found(rule, what, line)
    first = next((each for each in shown if each.line >= line), None)
    fault = wrong_currency(first.text, currency, said.first("html", ("", ""))[0]) if first and currency else ""
    if fault and first:
        yield Found("currency-mismatch", fault, first.line)
