"""What sending costs and how long it takes: OfferShippingDetails of one offer, ShippingService of the whole store.

An offer says what sending that one item costs. From which value of an order sending is free, only the store's service
can say (``orderValue``); an offer whose own price reaches that value is sent for nothing and says so.
"""

from dataclasses import dataclass

from shopwright.seo.structured_data.quantity import days
from shopwright.seo.structured_data.thing import Thing, present, term

Days = tuple[int, int]
"""The fewest and the most working days."""


def _rate(price: str, currency: str) -> Thing:
    return {"@type": "MonetaryAmount", "value": price, "currency": currency}


def _destinations(countries: tuple[str, ...]) -> list[Thing]:
    return [{"@type": "DefinedRegion", "addressCountry": country} for country in countries]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferShippingDetails:
    """What sending one item to ``countries`` (ISO 3166-1) costs: a plain decimal in ``currency``, zero for nothing."""

    identifier: str
    countries: tuple[str, ...]
    price: str
    currency: str
    handling: Days
    transit: Days

    def as_thing(self) -> Thing:
        """The OfferShippingDetails, to be referred to by its id."""
        return {
            "@type": "OfferShippingDetails",
            "@id": self.identifier,
            "shippingRate": _rate(self.price, self.currency),
            "shippingDestination": _destinations(self.countries),
            "deliveryTime": {
                "@type": "ShippingDeliveryTime",
                "handlingTime": days(self.handling),
                "transitTime": days(self.transit),
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippingConditions:
    """What sending an order to ``countries`` costs when its value is from ``least`` to ``most`` (none: no bound)."""

    countries: tuple[str, ...]
    price: str
    currency: str
    transit: Days
    least: str | None = None
    most: str | None = None

    def as_thing(self) -> Thing:
        """The ShippingConditions."""
        return present(
            {
                "@type": "ShippingConditions",
                "shippingDestination": _destinations(self.countries),
                "orderValue": self._order_value(),
                "shippingRate": _rate(self.price, self.currency),
                "transitTime": _period(self.transit),
            }
        )

    def _order_value(self) -> Thing | None:
        if self.least is None and self.most is None:
            return None
        bounds = {"minValue": self.least, "maxValue": self.most}
        return present({"@type": "MonetaryAmount", **bounds, "currency": self.currency})


@dataclass(frozen=True, slots=True)
class ShippingService:
    """How the store sends orders that it handles within so many days."""

    handling: Days
    conditions: tuple[ShippingConditions, ...]

    def as_thing(self) -> Thing:
        """The ShippingService."""
        return {
            "@type": "ShippingService",
            "fulfillmentType": term("FulfillmentTypeDelivery"),
            "handlingTime": _period(self.handling),
            "shippingConditions": [each.as_thing() for each in self.conditions],
        }


def _period(span: Days) -> Thing:
    return {"@type": "ServicePeriod", "duration": days(span)}
