"""Which value may be printed at which spot."""

from dataclasses import replace

from shopwright.template_engine.contexts.attributes import Use, refusing_rule, use_of
from shopwright.template_engine.contexts.spot import Phase, Place, Spot
from shopwright.template_engine.contexts.values import Value

_SOURCE_SETS = frozenset({"srcset", "imagesrcset"})


def refused_by(spot: Spot, value: Value) -> tuple[str, str] | None:
    """The rule against printing a value there, and what is not allowed; none if it may be printed."""
    match spot.place:
        case Place.TEXT | Place.RCDATA:
            inside = "svg" if spot.svg else spot.element
            if value is Value.MARKUP and inside:
                return "markup", f"markup is printed in {inside!r}."
        case Place.TAG | Place.GLUED:
            return "tag", f"an expression stands in the tag {spot.element!r}, not in a quoted value."
        case Place.VALUE if refusing_rule(spot.attribute) is None:
            return _refused_in_value(spot, value)
    return None


def _refused_in_value(spot: Spot, value: Value) -> tuple[str, str] | None:
    attribute = repr(spot.attribute)
    if value is Value.MARKUP:
        return "markup", f"markup is printed in the attribute {attribute}."
    match use_of(spot.element, spot.attribute):
        case Use.ADDRESS if spot.phase is Phase.START:
            is_address = value in (Value.FILE, Value.ADDRESS)
            return None if is_address else ("address", f"the value of {attribute} is not known to be an address.")
        case Use.ADDRESS if spot.phase is not Phase.OPEN:
            return "address-part", f"an expression decides where the address in {attribute} leads."
        case Use.FILE if not (spot.phase is Phase.START and value is Value.FILE) and not spot.said.startswith("#"):
            return "file", f"the value of {attribute} is not a file of the theme."
        case Use.NAME if spot.phase is not Phase.OPEN:
            return "prefix", f"a value alone is the {attribute} of an element: it could hide a name of the page's own."
        case Use.FIXED:
            rule = "srcset" if spot.attribute in _SOURCE_SETS else "fixed"
            return rule, f"an expression stands in the attribute {attribute}."
    return None


def after_printing(spot: Spot) -> Spot:
    """The spot after a value was printed there."""
    if spot.place is Place.VALUE and spot.phase is Phase.START and use_of(spot.element, spot.attribute) in _BEGUN:
        return replace(spot, phase=Phase.CLOSED)
    return spot


_BEGUN = (Use.ADDRESS, Use.FILE)
"""A value that began with an expression is whole, but for what may follow an address."""
