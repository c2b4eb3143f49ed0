import pytest
from tests.unit.catalog.reading import FIXTURES, Read, read_csv, usd


@pytest.fixture(scope="module")
def older() -> Read:
    return Read(FIXTURES / "shopify-older.csv")


def test_the_dialect_is_explained(older):
    assert older.source.dialect == "shopify"
    assert older.source.reason == "it has the columns Handle, Title and Body (HTML)"


def test_rows_add_up_and_separate_blocks_are_one_product(older):
    assert older.counts == (6, 6, 0, 0)
    assert list(older.products) == ["linden", "weiher-cafe", "gift"]
    assert (older.report.products, older.report.variants, older.report.pictures) == (3, 5, 3)


def test_faults_name_row_column_and_code(older):
    assert older.faults == [
        (None, None, "currency-assumed"),
        (6, None, "handle-in-blocks"),
        (3, "Variant Barcode", "gtin-invalid"),
        (3, "Variant Inventory Qty", "quantity-negative"),
        (6, "Variant Price", "price-invalid"),
        (5, "Handle", "handle-changed"),
        (5, "Variant Price", "price-zero"),
    ]


def test_product_fields_come_from_the_first_row(older):
    linden = older.dump("linden")
    assert linden["description"] == "<p>A round frame.</p><p>Polished by hand.</p>"
    assert linden["tags"] == ["round", "light"]
    assert linden["seo"] == {"title": "Linden round frame", "description": "A light round frame."}
    assert linden["custom"] == {"Season (product.metafields.own.season)": "Autumn"}
    assert linden["frame"] == {"lens_width_mm": 48.0, "bridge_mm": 21.0, "material": "Acetate"}
    assert linden["collections"] == ["eyeglasses"]


def test_variants_keep_price_stock_color_weight_and_custom_fields(older):
    first, second, third = older.variants("linden")
    assert first == {
        "id": "black-m",
        "options": ["Black", "M"],
        "sku": "LIN-B-M",
        "gtin": "4006381333931",
        "price": usd(12900),
        "compare_at_price": usd(14900),
        "quantity": 4,
        "color": {"name": "Black"},
        "picture": "https://cdn.example/linden-1.jpg",
        "weight_g": 28.0,
        "custom": {"Variant Weight Unit": "kg", "Cost per item": "31.50"},
    }
    assert (second["quantity"], second["availability"], second["custom"]["Variant Barcode"]) == (
        0,
        "out_of_stock",
        "123",
    )
    assert "compare_at_price" not in second
    assert (third["availability"], third.get("price")) == ("backorder", None)


def test_pictures_stand_in_the_order_of_their_position(older):
    assert older.dump("linden")["pictures"] == [
        {"source": "https://cdn.example/linden-1.jpg", "alt": "Front view"},
        {"source": "https://cdn.example/linden-2.jpg", "alt": "Side view"},
        {"source": "https://cdn.example/linden-3.jpg"},
    ]


def test_default_title_is_no_option_and_line_ends_become_paragraphs(older):
    weiher = older.dump("weiher-cafe")
    assert "options" not in weiher
    assert weiher["description"] == "<p>First line<br>second line</p><p>New paragraph</p>"
    assert weiher["variants"] == [{"id": "wei", "sku": "WEI", "custom": {"Variant Weight Unit": "kg"}}]


def test_a_gift_card_that_is_not_published_is_a_draft_without_shipping(older):
    gift = older.dump("gift")
    assert (gift["status"], gift["requires_shipping"]) == ("draft", False)


def test_the_current_header_with_market_columns():
    read = Read(FIXTURES / "shopify-current.csv")
    assert read.counts == (3, 3, 0, 0)
    assert read.collections == {"eyeglasses": "Eyeglasses"}
    green, blue = read.variants("ahorn")
    assert green["markets"] == [{"market": "Europe", "price": usd(8900), "compare_at_price": usd(9900)}]
    assert green["color"] == {"name": "Grün"}
    assert green["id"] == "gruen"
    assert blue["markets"] == [{"market": "Europe", "included": False}]
    assert blue["availability"] == "backorder"
    assert read.dump("buche") == {"handle": "buche", "title": "Buche", "brand": "Example Optics", "status": "draft"}
    assert (4, "Price", "variants-missing") in read.faults


def test_a_product_may_have_no_handle(tmp_path):
    read = read_csv(tmp_path, "Title,Price,Published on online store,Option1 name\nQuiet Lamp,5,TRUE,\n")
    assert list(read.products) == ["quiet-lamp"]


def test_a_handle_of_another_script_gets_a_stable_stand_in(tmp_path):
    read = read_csv(tmp_path, "Handle,Title,Price\nنظارة,نظارة,5\nنظارات,نظارات,5\n")
    assert list(read.products) == ["product-28c2c505", "product-d076531f"]
    assert [code for *_, code in read.faults] == ["currency-assumed", "handle-changed", "handle-changed"]


def test_a_handle_with_a_path_becomes_safe(tmp_path):
    read = read_csv(tmp_path, "Handle,Title,Price\n../../etc/passwd,A,5\netc-passwd,B,5\n")
    assert list(read.products) == ["etc-passwd", "etc-passwd-2"]
    assert [code for *_, code in read.faults][1:] == ["handle-changed", "handle-taken"]


def test_an_option_value_that_is_missing_is_filled_in(tmp_path):
    read = read_csv(tmp_path, "Handle,Title,Option1 Name,Option1 Value,Price\na,A,Size,,5\na,,,M,5\n")
    assert [variant["options"] for variant in read.variants("a")] == [["Default"], ["M"]]
    assert (2, "Option1 Value", "option-missing") in read.faults


def test_equal_variants_are_told_apart_and_equal_rows_merged(tmp_path):
    text = "Handle,Title,Option1 Name,Option1 Value,Price\na,A,Size,M,5\na,,,M,6\na,,,M,6\na,,,,\n"
    read = read_csv(tmp_path, text)
    assert [variant["options"] for variant in read.variants("a")] == [["M"], ["M (2)"]]
    assert read.counts == (4, 2, 2, 0)
    assert read.faults[1:] == [
        (3, "Option1 Value", "variant-repeated"),
        (4, "Title", "row-repeated"),
        (5, None, "row-without-content"),
    ]


def test_variants_without_option_values_are_numbered(tmp_path):
    read = read_csv(tmp_path, "Handle,Title,Price\na,A,5\na,,6\n")
    assert read.dump("a")["options"] == ["Variant"]
    assert [variant["options"] for variant in read.variants("a")] == [["1"], ["2"]]


def test_an_unknown_status_hides_the_product(tmp_path):
    read = read_csv(
        tmp_path, "Handle,Title,Status,Published,Price\na,A,sleeping,,5\nb,B,archived,false,5\nc,C,,maybe,5\n"
    )
    assert [read.dump(handle).get("status", "active") for handle in "abc"] == ["draft", "archived", "active"]
    assert read.faults[1:] == [(2, "Status", "status-unknown"), (4, "Published", "flag-unknown")]


def test_a_product_with_more_variants_than_allowed_keeps_the_first(tmp_path):
    rows = "".join(f"a,,,{number},5\n" for number in range(2_100))
    read = read_csv(tmp_path, "Handle,Title,Option1 Name,Option1 Value,Price\na,A,Size,first,5\n" + rows)
    assert len(read.products["a"].variants) == 2_048
    assert read.counts == (2_101, 2_048, 0, 53)


def test_a_column_of_ours_that_was_damaged_is_ignored(tmp_path):
    column = "Shopwright product (product.metafields.shopwright.product)"
    text = f'Handle,Title,Price,{column}\na,A,5,"[1]"\nb,B,5,"{{""title"": 7}}"\nc,C,5,"{{""title"": ""New""}}"\n'
    read = read_csv(tmp_path, text)
    assert [product.title for product in read.products.values()] == ["A", "B", "New"]
    assert [(row, code) for row, _, code in read.faults[1:]] == [(2, "patch-invalid"), (3, "patch-invalid")]


def test_a_patch_cannot_take_the_handle_of_another_product(tmp_path):
    column = "Shopwright product (product.metafields.shopwright.product)"
    read = read_csv(tmp_path, f'Handle,Title,Price,{column}\na,A,5,\nb,B,5,"{{""handle"": ""a""}}"\n')
    assert list(read.products) == ["a"]
    assert read.counts == (2, 1, 0, 1)
    assert (3, "Handle", "handle-repeated") in read.faults


def test_prices_of_a_market_are_in_its_currency(tmp_path):
    (tmp_path / "store.yaml").write_text(
        "name: S\nlocales: [en, en-GB]\nmarkets: [{name: Britain, countries: [GB], currency: GBP, locales: [en-GB]}]\n"
    )
    text = "Title,URL handle,Price,Price / Britain,Price / Elsewhere\nLuna,luna,5,£4.50,4.00\n"
    read = read_csv(tmp_path, text, store_file=tmp_path / "store.yaml")
    (variant,) = read.variants("luna")
    assert variant["markets"] == [
        {"market": "Britain", "price": {"amount": 450, "currency": "GBP"}},
        {"market": "Elsewhere", "price": usd(400)},
    ]
