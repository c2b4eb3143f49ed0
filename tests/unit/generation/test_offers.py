"""What is offered: one set of facts for everything that speaks of a variant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.generation.records import editions, money, plain, product, site, variant

from shopwright.generation.offers import ITEM_LENGTH, OfferFacts, group_of, offers_of
from shopwright.generation.prices import Asked


def offers(record, locale="en", **shop):
    return offers_of(record, editions(site(**shop))[locale], record["handle"])


def test_the_facts_of_a_variant():
    record = product(
        variants=[
            variant(sku="L-1", gtin="4006381333931", mpn="M1", compare_at_price=money(15_000), availability="preorder")
        ]
    )
    assert offers(record, "de") == [
        OfferFacts(
            item="L-1",
            variant="black",
            url="https://shop.example/de/products/luna/",
            asked=Asked(12_900, "EUR", 15_000),
            availability="preorder",
            condition="new",
            buyable=True,
            sku="L-1",
            gtin="4006381333931",
            mpn="M1",
        )
    ]


def test_products_whose_handles_begin_alike_are_groups_of_their_own():
    long = "l" * ITEM_LENGTH
    groups = [group_of({"handle": handle}) for handle in ("luna", long, f"{long}-a", f"{long}-b")]
    assert groups[:2] == ["luna", long]
    assert len(set(groups)) == 4
    assert max(map(len, groups)) == ITEM_LENGTH


def test_the_address_of_a_variant_preselects_it_where_there_are_several():
    several = offers(product(variants=[variant("black"), variant("red")]))
    assert several[1].url == "https://shop.example/products/luna/?variant=red"


def test_prices_are_plain_decimals():
    (reduced,) = offers(product(variants=[variant(price=money(990), compare_at_price=money(1_000))]))
    assert (reduced.price, reduced.list_price) == ("9.90", "10.00")
    (full,) = offers(plain())
    assert (full.price, full.list_price) == ("129.00", None)
    (unpriced,) = offers(product(variants=[variant(price=None)]))
    assert (unpriced.price, unpriced.list_price, unpriced.buyable) == (None, None, False)


@pytest.mark.parametrize(
    ("values", "buyable"),
    [({}, True), ({"kind": "grouped"}, False), ({"kind": "external", "external_url": "https://away.example/"}, False)],
)
def test_only_what_this_store_sells_can_be_bought(values, buyable):
    assert [offer.buyable for offer in offers(plain(**values))] == [buyable]


def test_what_is_sold_out_cannot_be_bought():
    assert [offer.buyable for offer in offers(product(variants=[variant(availability="out_of_stock")]))] == [False]
    assert [offer.buyable for offer in offers(product(variants=[variant(availability="backorder")]))] == [True]


@pytest.mark.parametrize(
    ("skus", "items"),
    [
        (("A", "B"), ["A", "B"]),
        (("A", None), ["A", "luna-b"]),
        (("A", "A"), ["luna-a", "luna-b"]),
        (("x" * 51, "B"), ["luna-a", "B"]),
        (("luna-b", None), ["luna-b", "luna-b-6aeae883f007df19"]),
    ],
)
def test_an_item_is_named_by_its_sku_unless_that_cannot_name_one_variant(skus, items):
    variants = [variant(name, **({"sku": sku} if sku else {})) for name, sku in zip("ab", skus, strict=True)]
    assert [offer.item for offer in offers(product(variants=variants))] == items


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), st.sampled_from([None, "A", "B", "C" * 60])),
        unique_by=lambda each: each[0],
        max_size=6,
    ),
    st.sampled_from(["luna", "l" * 120]),
)
def test_items_are_short_and_each_names_one_variant(given_variants, handle):
    variants = [variant(name, **({"sku": sku} if sku else {})) for name, sku in given_variants]
    items = [offer.item for offer in offers(product(handle, variants=variants))]
    assert len(set(items)) == len(items) == len(variants)
    assert all(0 < len(item) <= ITEM_LENGTH for item in items)


def test_only_identifiers_that_name_the_goods_everywhere_are_told():
    (offer,) = offers(product(variants=[variant(gtin="2000000010007", mpn="N/A")]))
    assert (offer.gtin, offer.mpn) == (None, None)
