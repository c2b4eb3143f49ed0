"""Spree, Vendure, Magento, and tables without a dialect."""

from tests.unit.catalog.reading import FIXTURES, Read, read_csv, usd

from shopwright.catalog.dialects.spree import translations_beside


def eur(amount: int) -> dict:
    return {"amount": amount, "currency": "EUR"}


def test_spree_takes_the_currency_of_its_rows_and_the_translations_beside():
    read = Read(FIXTURES / "spree_products.csv")
    assert (read.source.dialect, read.source.store.currency) == ("spree", "EUR")
    assert read.counts == (8, 6, 0, 2)
    assert read.faults == [(3, "locale", "locale-unknown"), (4, "slug", "translation-orphan")]
    assert read.collections == {"eyewear": "Eyewear", "eyewear-round": "Round"}
    pine = read.dump("pine")
    assert pine["translations"]["de"]["title"] == "Kiefer"
    assert pine["custom"] == {"custom_field.custom.origin": "Example Valley"}
    assert [picture["source"] for picture in pine["pictures"]] == [
        "https://img.example/pine.webp",
        "https://img.example/pine-green.webp",
    ]
    assert read.dump("fir")["status"] == "draft"


def test_spree_master_rows_are_no_variants_and_other_currencies_are_market_prices():
    green, red = Read(FIXTURES / "spree_products.csv").variants("pine")
    assert green["price"] == eur(4900)
    assert green["markets"] == [{"market": "USD", "price": usd(5200)}]
    assert (green["weight_g"], green["quantity"]) == (22.68, 7)
    assert green["picture"] == "https://img.example/pine-green.webp"
    assert (red["compare_at_price"], red["availability"]) == (eur(5900), "backorder")


def test_spree_variants_without_a_price_in_the_store_currency_are_reported(tmp_path):
    store = tmp_path / "store.yaml"
    store.write_text("name: Test\ncurrency: GBP\n")
    text = "slug,sku,name,price,currency,status,category1\na,A,A,5,EUR,odd,X\nb,B,B,5,NOPE,,\n"
    read = read_csv(tmp_path, text, store_file=store)
    assert read.variants("a")[0]["markets"] == [{"market": "EUR", "price": eur(500)}]
    assert read.faults == [
        (2, "status", "status-unknown"),
        (2, "currency", "price-currency"),
        (3, "currency", "price-currency"),
    ]


def test_spree_translations_are_found_by_name(tmp_path):
    assert translations_beside(tmp_path / "products.csv") == []
    (tmp_path / "product_translations.csv").write_text("slug,locale,name\n")
    assert translations_beside(tmp_path / "products.csv") == [tmp_path / "product_translations.csv"]


def test_vendure_reads_padded_cells_facets_and_continued_products():
    read = Read(FIXTURES / "vendure.csv")
    assert read.source.dialect == "vendure"
    assert read.counts == (3, 3, 0, 0)
    spruce = read.dump("spruce")
    assert (spruce["brand"], spruce["tags"], spruce["category"]) == ("Example", ["Calm"], ["Eyewear"])
    assert [picture["source"] for picture in spruce["pictures"]] == ["a.jpg", "b.jpg", "c.jpg"]
    assert spruce["custom"] == {"taxCategory": "standard", "variantFacets": "color:red"}
    first, second, third = spruce["variants"]
    assert (first["options"], first["quantity"], first["picture"]) == (["red", "S"], 3, "c.jpg")
    assert second["availability"] == "out_of_stock"
    assert (third["options"], third.get("quantity")) == (["blue", "Default"], None)
    assert (4, "optionValues", "option-missing") in read.faults


def test_vendure_rows_before_any_product_are_refused(tmp_path):
    read = read_csv(tmp_path, "name,slug,optionGroups,optionValues,sku,price\n,,,,X,5\nA,a,,,Y,5\n")
    assert read.counts == (2, 1, 0, 1)
    assert read.faults[1] == (2, None, "row-without-product")


def test_magento_children_come_before_the_product_that_lists_them():
    read = Read(FIXTURES / "magento.csv")
    assert read.source.dialect == "magento"
    assert read.counts == (4, 4, 0, 0)
    assert read.collections == {"frames": "Frames", "frames-round": "Round", "sets": "Sets"}
    yew = read.dump("yew")
    assert (yew["options"], yew["category"], yew["summary"]) == (["Size"], ["Frames", "Round"], "Short")
    assert yew["frame"] == {"rim": "Full", "material": "Wood, oiled"}
    small, medium = yew["variants"]
    assert small["sale"] == {"price": usd(3000), "starts": "2026-01-01T00:00:00Z", "ends": "2026-02-01T00:00:00Z"}
    assert small["color"] == {"name": "Red"}
    assert (small["picture"], small["custom"]) == ("y/e/yew-s.jpg", {"weight": "1"})
    assert (medium["quantity"], medium["availability"]) == (0, "out_of_stock")
    assert read.dump("kit")["grouped"] == ["yew"]
    assert (5, "associated_skus", "reference-missing") in read.faults


def test_magento_children_of_a_product_without_a_row_are_refused(tmp_path):
    header = "sku,product_type,name,price,configurable_variations\n"
    read = read_csv(tmp_path, header + 'A,simple,A,5,"sku=A,size=S"\nB,simple,B,5,\n')
    assert read.counts == (2, 1, 0, 1)
    assert (2, "sku", "parent-missing") in read.faults


def test_magento_sample_files_name_a_category_line_by_line(tmp_path):
    read = read_csv(tmp_path, 'category,name,sku,price,attribute_set\n"Gear\nBags",Bag,B1,34,Bag\n,Sack,B2,30,Bag\n')
    assert read.dump("bag")["category"] == ["Gear", "Bags"]
    assert read.collections == {"gear": "Gear", "gear-bags": "Bags"}


def test_a_german_table_with_semicolons_signs_and_measures():
    read = Read(FIXTURES / "table.csv")
    assert (read.source.dialect, read.source.store.currency) == ("table", "EUR")
    assert read.counts == (4, 3, 1, 0)
    first = read.dump("a-1")
    assert (first["title"], first["options"]) == ("Ulme", ["Color"])
    assert first["frame"] == {"lens_width_mm": 52.0, "bridge_mm": 18.0, "temple_mm": 140.0, "rim": "Vollrand"}
    black, red = first["variants"]
    assert (black["price"], black["color"], black["quantity"]) == (eur(112950), {"name": "Schwarz"}, 3)
    assert red["availability"] == "out_of_stock"
    assert read.dump("a-2")["custom"] == {"Size": "L", "Glasbreite (mm)": "zwei"}
    assert read.faults == [
        (2, "Bild", "picture-missing"),
        (4, "name", "row-repeated"),
        (5, "Preis", "price-currency"),
        (5, "Glasbreite (mm)", "measure-invalid"),
    ]


def test_a_table_without_reference_groups_by_title(tmp_path):
    text = (
        "Title,Size,Price\nAir,Size: Medium,₹1700\nAir,Size: Wide,₹1700\nAir,Size: Wide,₹1800\nAir,Size: Wide,₹1800\n"
    )
    read = read_csv(tmp_path, text)
    assert read.source.store.currency == "INR"
    assert [one["options"] for one in read.variants("air")] == [["Medium"], ["Wide"], ["Wide (2)"]]
    assert read.counts == (4, 3, 1, 0)


def test_a_table_may_mark_what_is_sold_out_and_reduced(tmp_path):
    read = read_csv(tmp_path, "ref,price,offer price,out of stock,image,type\nA,9.00,7.00,yes,//x.example/a.jpg,Sun\n")
    (variant,) = read.variants("a")
    assert (variant["sale"], variant["availability"]) == ({"price": usd(700)}, "out_of_stock")
    assert read.dump("a")["pictures"] == [{"source": "https://x.example/a.jpg"}]
    assert read.collections == {"sun": "Sun"}
