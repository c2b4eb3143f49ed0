"""Which identifiers may be told to the world."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.catalog.faults import Severity
from shopwright.catalog.identifiers import IdentifierAudit, is_global_gtin, is_maker_number
from shopwright.catalog.product import Product
from shopwright.catalog.text import is_gtin


def with_check_digit(body: str) -> str:
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    return body + str((10 - weighted % 10) % 10)


@pytest.mark.parametrize(
    "gtin", ["96385074", "036000291452", "614141000036", "4006381333931", "10614141000415", "9521234543213"]
)
def test_makers_gtins(gtin):
    assert is_global_gtin(is_gtin(gtin))


@pytest.mark.parametrize(
    "body",
    [
        "2123456", "0123456",  # GTIN-8 of a house
        "21234567890", "41234567890", "51234567890",  # GTIN-12: house, house, coupon
        "200123456789", "021234567890", "041234567890", "981234567890", "991234567890", "051234567890",
        "9061414100041",  # by weight
        "0000000", "000000000000", "0000000000000", "00000000000",
    ],
)  # fmt: skip
def test_numbers_of_one_house_and_coupons(body):
    assert not is_global_gtin(is_gtin(with_check_digit(body)))


@settings(max_examples=100)
@given(st.sampled_from([7, 11, 12, 13]).flatmap(lambda size: st.text("0123456789", min_size=size, max_size=size)))
def test_one_number_is_judged_alike_at_every_length_it_can_be_written_in(body):
    gtin = with_check_digit(body)
    if len(gtin) == 12:
        assert is_global_gtin(gtin) == is_global_gtin(f"0{gtin}") == is_global_gtin(f"00{gtin}")
    if len(gtin) == 13:
        assert is_global_gtin(gtin) == is_global_gtin(f"0{gtin}")


@pytest.mark.parametrize(
    ("mpn", "real"), [("RB2140-901", True), ("7", True), ("N/A", False), ("-", False), ("none ", False)]
)
def test_words_that_stand_for_no_number(mpn, real):
    assert is_maker_number(mpn) is real


def test_a_catalogue_is_told_once_what_is_not_told_to_others():
    audit = IdentifierAudit()
    for handle in ("luna", "sol"):
        audit.see(Product(handle=handle, title="X", variants=[{"id": "a", "gtin": "2000000010007", "mpn": "n/a"}]))
    audit.see(Product(handle="vega", title="X", variants=[{"id": "a", "gtin": "4006381333931", "mpn": "V1"}]))
    assert [(fault.code, fault.severity, fault.value) for fault in audit.faults()] == [
        ("gtin-restricted", Severity.WARNING, "2000000010007"),
        ("mpn-placeholder", Severity.WARNING, "n/a"),
    ]
    assert next(audit.faults()).message.startswith("2 of the catalogue's variants have one, the first '2000000010007'.")
