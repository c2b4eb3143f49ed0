"""What a variant costs at an instant."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from shopwright.template_engine.formats import format_day, format_money, format_reduction

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """The price asked at an instant, in minor units of ``currency``.

    ``was`` is the price it is reduced from, ``lowest`` the lowest of the last 30 days (given by the catalogue, only
    with a reduction: Directive 98/6/EC Article 6a), ``ends`` the day a sale ends; each may be none.
    """

    amount: int
    currency: str
    was: int | None = None
    lowest: int | None = None
    ends: str | None = None


def asked(variant: Json, instant: dt.datetime) -> Asked | None:
    """The price of a variant record at an instant; none if it has no price."""
    price = variant.get("price")
    sale = variant.get("sale")
    lowest = (variant.get("lowest_price_30_days") or {}).get("amount")
    if sale and _runs(sale, instant):
        was = price["amount"] if price else None
        now = sale["price"]
        if was is None or was > now["amount"]:
            return Asked(now["amount"], now["currency"], was, lowest if was else None, sale.get("ends"))
    if not price:
        return None
    before = (variant.get("compare_at_price") or {}).get("amount")
    if before is None or before <= price["amount"]:
        return Asked(price["amount"], price["currency"])
    return Asked(price["amount"], price["currency"], before, lowest)


def _runs(sale: Json, instant: dt.datetime) -> bool:
    starts, ends = sale.get("starts"), sale.get("ends")
    return (not starts or dt.datetime.fromisoformat(starts) <= instant) and (
        not ends or instant < dt.datetime.fromisoformat(ends)
    )


def shown(price: Asked, locale: str, *, varies: bool, shows_lowest: bool) -> Json:
    """A price as templates and scripts get it (``docs/reference/theme-api.md``)."""
    return {
        "text": format_money(price.amount, price.currency, locale),
        "amount": price.amount,
        "currency": price.currency,
        "was": format_money(price.was, price.currency, locale) if price.was else None,
        "lowest": format_money(price.lowest, price.currency, locale) if shows_lowest and price.lowest else None,
        "percent": format_reduction(price.amount, price.was, locale) if price.was else None,
        "ends": format_day(price.ends, locale) if price.ends else None,
        "varies": varies,
    }
