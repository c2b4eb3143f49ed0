"""Shipping and returns of ``store.yaml``: on which terms an edition's offers are sent and taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shopwright.generation.edition import Edition
from shopwright.generation.prices import plain_price
from shopwright.seo.structured_data.returns import MerchantReturnPolicy
from shopwright.seo.structured_data.shipping import OfferShippingDetails, ShippingConditions, ShippingService
from shopwright.seo.structured_data.thing import Thing

Json = dict[str, Any]

RETURNS = "#returns"
"""Id of the return policy within its page."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What sending to ``countries`` costs in minor units of ``currency``; nothing for an order of ``free_from``."""

    countries: tuple[str, ...]
    amount: int
    currency: str
    free_from: int | None
    handling: tuple[int, int]
    transit: tuple[int, int]

    def details(self, *, free: bool) -> OfferShippingDetails:
        """The terms of one item, ``free`` because its own price reaches ``free_from``."""
        return OfferShippingDetails(
            identifier=f"#shipping-{self.countries[0].lower()}" + ("-free" if free else ""),
            countries=self.countries,
            price=plain_price(0 if free else self.amount, self.currency),
            currency=self.currency,
            handling=self.handling,
            transit=self.transit,
        )

    def conditions(self) -> Iterator[ShippingConditions]:
        """The terms of whole orders."""
        if not self.free_from or not self.amount:
            yield self._condition(self.amount, None, None)
            return
        yield self._condition(self.amount, 0, self.free_from - 1)
        yield self._condition(0, self.free_from, None)

    def _condition(self, amount: int, least: int | None, most: int | None) -> ShippingConditions:
        return ShippingConditions(
            countries=self.countries,
            price=plain_price(amount, self.currency),
            currency=self.currency,
            transit=self.transit,
            least=None if least is None else plain_price(least, self.currency),
            most=None if most is None else plain_price(most, self.currency),
        )


def rates(edition: Edition) -> list[Rate]:
    """The edition's shipping rates; countries of the same terms stand together, in the order of ``store.yaml``."""
    alike: dict[tuple[Any, ...], list[str]] = {}
    for rate in edition.shipping:
        free = rate["free_from"]
        free_from = free["amount"] if free and free["currency"] == rate["price"]["currency"] else None
        terms = (rate["price"]["amount"], rate["price"]["currency"], free_from)
        times = (tuple(rate["handling_days"]), tuple(rate["transit_days"]))
        alike.setdefault((*terms, *times), []).append(rate["country"])
    return [Rate(tuple(countries), *terms) for terms, countries in alike.items()]


def shipping_services(edition: Edition) -> tuple[ShippingService, ...]:
    """How the store sends orders: one service for each time that handling takes."""
    by_handling: dict[tuple[int, int], list[ShippingConditions]] = {}
    for rate in rates(edition):
        by_handling.setdefault(rate.handling, []).extend(rate.conditions())
    return tuple(ShippingService(handling, tuple(conditions)) for handling, conditions in by_handling.items())


def return_policy(edition: Edition) -> MerchantReturnPolicy | None:
    """The return policy, for the countries that are shipped to; none without either."""
    store, at = edition.site.store, edition.addresses
    returns, countries = store["returns"], tuple(rate["country"] for rate in edition.shipping)
    if not returns or not countries:
        return None
    described = "policies/returns" in edition.site.information
    return MerchantReturnPolicy(
        identifier=RETURNS,
        countries=countries,
        days=returns["days"],
        free=returns["fees"] == "free",
        country=returns["country"],
        link=at.absolute(at.page("policies/returns")) if described else None,
    )


class OfferTerms:
    """The terms of one page's offers: each stands once in its document, and offers refer to it by id."""

    def __init__(self, edition: Edition, *, shipped: bool) -> None:
        self._rates = rates(edition) if shipped else []
        self._policy = return_policy(edition)
        self._used: dict[str, Thing] = {}

    @property
    def returns(self) -> str | None:
        """The id of the return policy."""
        return RETURNS if self._policy else None

    def shipping(self, amount: int, currency: str) -> tuple[str, ...]:
        """The ids of what sending an item of this price costs."""
        return tuple(self._details(rate, amount) for rate in self._rates if rate.currency == currency)

    def _details(self, rate: Rate, amount: int) -> str:
        details = rate.details(free=bool(rate.amount and rate.free_from and amount >= rate.free_from))
        if details.identifier not in self._used:
            self._used[details.identifier] = details.as_thing()
        return details.identifier

    def things(self) -> list[Thing]:
        """What offers have referred to so far, and the return policy."""
        return [*self._used.values(), *([self._policy.as_thing()] if self._policy else [])]
