from tests.unit.catalog.reading import FIXTURES, Read, eur, read_csv, usd

from shopwright.catalog.dialects.spree import translations_beside


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
