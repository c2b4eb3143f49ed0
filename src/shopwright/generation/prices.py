"""What a variant costs at an instant."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shopwright.catalog.money import Money, decimal_text
from shopwright.template_engine.formats import format_day, format_money, format_reduction

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """The price asked at an instant, in minor units of ``currency``.

    ``was`` is the price it is reduced from, ``lowest`` the lowest of the last 30 days (given by the catalogue, only
    with a reduction: Directive 98/6/EC Article 6a), ``starts`` and ``ends`` the instants between which a sale runs (the
    end exclusive); each may be none.
    """

    amount: int
    currency: str
    was: int | None = None
    lowest: int | None = None
    ends: str | None = None
    starts: str | None = None


def asked(variant: Json, instant: dt.datetime) -> Asked | None:
    """The price of a variant record at an instant; none if it has no price, or zero, as catalogues write "not priced".

    Amounts in another currency than the price that is asked are not compared with it.
    """
    price, sale, lowest = variant.get("price"), variant.get("sale"), variant.get("lowest_price_30_days")
    if sale and sale["price"]["amount"] and _runs(sale, instant):
        now, currency = sale["price"]["amount"], sale["price"]["currency"]
        was = _amount(price, currency)
        if was is None or was > now:
            lowest_before = _amount(lowest, currency) if was else None
            return Asked(now, currency, was, lowest_before, sale.get("ends"), sale.get("starts"))
    if not price or not price["amount"]:
        return None
    now, currency = price["amount"], price["currency"]
    before = _amount(variant.get("compare_at_price"), currency)
    if before is None or before <= now:
        return Asked(now, currency)
    return Asked(now, currency, before, _amount(lowest, currency))


def asked_in(variant: Json, instant: dt.datetime, market: Json | None) -> Asked | None:
    """The price of a variant at an instant in a market, in its currency; none where it is not sold there.

    That is the price the catalogue names for the market, else the one it names for the market's currency, else the
    variant's own if it is in that currency. Nothing is ever converted. Without a market the variant's own price.
    """
    if market is None:
        return asked(variant, instant)
    given = {entry["market"]: entry for entry in variant.get("markets", ())}
    priced = given.get(market["name"]) or given.get(market["currency"])
    if priced and not priced.get("included", True):
        return None
    price = asked(priced if priced and priced.get("price") else variant, instant)
    return price if price and price.currency == market["currency"] else None


def _amount(money: Json | None, currency: str) -> int | None:
    """An amount in a currency; none if there is none, zero, or one in another currency."""
    return money["amount"] or None if money and money["currency"] == currency else None


def _runs(sale: Json, instant: dt.datetime) -> bool:
    starts, ends = sale.get("starts"), sale.get("ends")
    return (not starts or dt.datetime.fromisoformat(starts) <= instant) and (
        not ends or instant < dt.datetime.fromisoformat(ends)
    )


def _percent(price: Asked, locale: str) -> str | None:
    """The announced reduction: from the lowest price of the last 30 days where it is known (ECJ C-330/23, Aldi Süd)."""
    before = price.lowest or price.was
    return format_reduction(price.amount, before, locale) if price.was and before and before > price.amount else None


@lru_cache(maxsize=8_192)
def plain_price(amount: int, currency: str) -> str:
    """Minor units as a plain decimal with all digits of the currency: ``129.00``, ``1300`` for JPY."""
    return decimal_text(Money(amount=amount, currency=currency))


def last_day(ends: str) -> str:
    """The last day of a sale that ends at an instant, which is exclusive: midnight ends the day before."""
    return (dt.datetime.fromisoformat(ends) - dt.timedelta(microseconds=1)).date().isoformat()


def shown(price: Asked, locale: str, *, varies: bool, shows_lowest: bool) -> Json:
    """A price as templates and scripts get it (``docs/reference/theme-api.md``)."""
    return {
        "text": format_money(price.amount, price.currency, locale),
        "value": plain_price(price.amount, price.currency),
        "amount": price.amount,
        "currency": price.currency,
        "was": format_money(price.was, price.currency, locale) if price.was else None,
        "lowest": format_money(price.lowest, price.currency, locale) if shows_lowest and price.lowest else None,
        "percent": _percent(price, locale),
        "ends": format_day(last_day(price.ends), locale) if price.ends else None,
        "varies": varies,
    }
