"""Which identifiers of a catalogue may be told to the world: a GTIN or MPN that is only a number in this house may not.

A search engine that is told one takes the item for another company's, or refuses it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from shopwright.catalog.fault_rules import fault
from shopwright.catalog.faults import Fault
from shopwright.catalog.product import Product

_HOUSE_PREFIXES = ("02", "04", "2")
"""GS1 prefixes of the 13 digits for restricted circulation (GS1 General Specifications 1.4.2)."""
_COUPON_PREFIXES = ("05", "981", "982", "983", "984", "99")
_HOUSE_GTIN_8 = ("0", "2")
_VARIABLE_MEASURE = "9"
"""Indicator digit of a GTIN-14 that stands for goods sold by weight."""
_NO_MPN = frozenset({"n/a", "na", "none", "null", "nil", "unknown", "does not apply", "not applicable", "tbd", "0"})


def is_global_gtin(gtin: str) -> bool:
    """Whether a GTIN with a right check digit names the same goods everywhere, and not only within one company."""
    if len(gtin) == 8:
        return not gtin.startswith(_HOUSE_GTIN_8)
    thirteen = gtin[1:] if len(gtin) == 14 else gtin.zfill(13)
    weighed = len(gtin) == 14 and gtin.startswith(_VARIABLE_MEASURE)
    return not (weighed or thirteen.startswith((*_HOUSE_PREFIXES, *_COUPON_PREFIXES)) or not thirteen.strip("0"))


def is_maker_number(mpn: str) -> bool:
    """Whether an MPN is a maker's number, and not a word that stands for none."""
    return mpn.strip().casefold() not in _NO_MPN and any(character.isalnum() for character in mpn)


@dataclass(slots=True)
class IdentifierAudit:
    """Looks at the identifiers of every product of a catalogue and remembers how many cannot be told, and the first."""

    _found: dict[str, tuple[int, str]] = field(default_factory=dict)

    def see(self, product: Product) -> None:
        """Look at one product."""
        for variant in product.variants:
            if variant.gtin and not is_global_gtin(variant.gtin):
                self._count("gtin-restricted", variant.gtin)
            if variant.mpn and not is_maker_number(variant.mpn):
                self._count("mpn-placeholder", variant.mpn)

    def _count(self, code: str, value: str) -> None:
        times, first = self._found.get(code, (0, value))
        self._found[code] = times + 1, first

    def faults(self) -> Iterator[Fault]:
        """One fault of each kind that was found."""
        for code, (times, first) in sorted(self._found.items()):
            yield fault(code, f"{times:,} of the catalogue's variants have one, the first {first[:40]!r}.", value=first)
