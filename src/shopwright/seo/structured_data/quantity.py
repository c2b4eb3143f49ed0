"""Quantities with a unit of UN/CEFACT Recommendation 20."""

from dataclasses import dataclass

from shopwright.seo.structured_data.thing import Thing

DAY = "DAY"
GRAM = "GRM"
MILLIMETRE = "MMT"


def days(span: tuple[int, int]) -> Thing:
    """A QuantitativeValue of the fewest and the most days."""
    return {"@type": "QuantitativeValue", "minValue": span[0], "maxValue": span[1], "unitCode": DAY}


def grams(value: float) -> Thing:
    """A QuantitativeValue of a weight."""
    return {"@type": "QuantitativeValue", "value": value, "unitCode": GRAM}


@dataclass(frozen=True, slots=True)
class PropertyValue:
    """A measure of a product that schema.org has no property for: its name in the page's language, and its value."""

    name: str
    value: float
    unit: str

    def as_thing(self) -> Thing:
        """The PropertyValue."""
        return {"@type": "PropertyValue", "name": self.name, "value": self.value, "unitCode": self.unit}
