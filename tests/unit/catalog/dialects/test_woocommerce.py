import pytest
from tests.unit.catalog.reading import FIXTURES, Read, read_csv, usd


@pytest.fixture(scope="module")
def read() -> Read:
    return Read(FIXTURES / "woocommerce.csv")


def test_variations_before_their_parent_and_by_id_belong_to_it(read):
    assert read.source.dialect == "woocommerce"
    assert read.counts == (8, 7, 0, 1)
    assert list(read.products) == ["elm", "oak", "set", "afar", "voucher"]
    assert [(one["sku"], one["options"]) for one in read.variants("elm")] == [
        ("ELM-R", ["Red", "S"]),
        ("ELM-R", ["Red", "M"]),
        ("ELM-B-S", ["Blue", "S"]),
    ]


def test_faults_name_row_column_and_code(read):
    assert read.faults == [
        (None, None, "currency-assumed"),
        (4, "Published", "variation-disabled"),
        (6, "Grouped products", "reference-missing"),
        (9, "Parent", "parent-missing"),
    ]


def test_texts_categories_and_measures_of_a_variable_product(read):
    elm = read.dump("elm")
    assert elm["description"] == "<p>First line<br>second line</p>"
    assert elm["summary"] == "A short word."
    assert elm["category"] == ["Eyewear", "Round"]
    assert elm["collections"] == ["eyewear", "eyewear-round", "new"]
    assert elm["frame"] == {"lens_width_mm": 50.0, "rim": "Full rim"}
    assert elm["custom"] == {"SKU": "ELM", "Visibility in catalog": "visible"}
    assert [picture["source"][-11:] for picture in elm["pictures"]] == ["ple/elm.jpg", "e/elm-2.jpg", "elm-red.jpg"]
    assert elm["featured"] is True


def test_collections_come_before_the_first_product_that_names_them(read):
    titles = [getattr(item, "title", "") for item in read.items]
    assert titles[:6] == ["Eyewear", "Round", "New", "Elm", "Square", "Oak"]


def test_a_sale_has_a_start_and_ends_after_its_last_day(read):
    (oak,) = read.variants("oak")
    assert oak["price"] == usd(6900)
    assert oak["sale"] == {"price": usd(5900), "starts": "2026-01-01T00:00:00Z", "ends": "2026-02-01T00:00:00Z"}
    assert (oak["weight_g"], oak["color"]) == (21.0, {"name": "Brown"})


def test_grouped_external_and_virtual_products(read):
    assert (read.dump("set")["kind"], read.dump("set")["grouped"]) == ("grouped", ["oak", "elm"])
    afar = read.dump("afar")
    assert (afar["status"], afar["kind"], afar["external_label"]) == ("draft", "external", "Buy there")
    voucher = read.dump("voucher")
    assert voucher["requires_shipping"] is False
    assert voucher["variants"][0]["availability"] == "backorder"


def test_an_unpublished_variation_is_out_of_stock(read):
    assert read.variants("elm")[2]["availability"] == "out_of_stock"


def test_an_external_product_without_a_usable_address_is_not_shown(tmp_path):
    read = read_csv(tmp_path, "Type,Name,Regular price,External URL\nexternal,A,5,javascript:alert(1)\n")
    assert read.dump("a")["status"] == "draft"
    assert (2, "External URL", "address-invalid") in read.faults


def test_unknown_types_and_variable_products_without_variations_are_reported(tmp_path):
    read = read_csv(tmp_path, "Type,Name,Regular price\nsubscription,A,5\nvariable,B,\n")
    assert read.faults[1:] == [(2, "Type", "type-unknown"), (3, "Type", "variants-missing")]


def test_a_sale_that_is_not_lower_or_has_no_dates_that_can_be_read_is_left_out(tmp_path):
    header = "Type,Name,Regular price,Sale price,Date sale price starts,Date sale price ends\n"
    rows = "simple,A,5,6,,\nsimple,B,5,4,someday,\nsimple,C,5,4,2026-02-01,2026-01-01\nsimple,D,5,x,,\nsimple,E,,4,,\n"
    read = read_csv(tmp_path, header + rows)
    assert not any("sale" in read.variants(handle)[0] for handle in "abcde")
    assert [row for row, _, code in read.faults if code == "sale-invalid"] == [2, 3, 4, 5]


def test_times_keep_their_zone(tmp_path):
    header = "Type,Name,Regular price,Sale price,Date sale price starts,Date sale price ends\n"
    read = read_csv(tmp_path, header + "simple,A,5,4,2026-01-01T10:00:00+02:00,2026-01-02 9:30\n")
    sale = read.variants("a")[0]["sale"]
    assert (sale["starts"], sale["ends"]) == ("2026-01-01T08:00:00Z", "2026-01-02T09:30:00Z")


def test_more_than_three_attributes_become_three_options(tmp_path):
    names = ",".join(f"Attribute {number} name,Attribute {number} value(s)" for number in range(1, 5))
    rows = "variable,P,P,,,a,1,b,1,c,1,d,1\nvariation,V,,5,P,a,1,b,1,c,1,d,1\n"
    text = f"Type,SKU,Name,Regular price,Parent,{names}\n{rows}"
    read = read_csv(tmp_path, text)
    assert read.dump("p")["options"] == ["a", "b", "c / d"]
    assert read.variants("p")[0]["options"] == ["1", "1", "1 / 1"]
    assert "options-joined" in [code for *_, code in read.faults]


def test_a_variation_for_a_million_combinations_is_bounded(tmp_path):
    values = ",".join(f"v{number}" for number in range(1_000))
    names = ",".join(f"Attribute {number} name,Attribute {number} value(s)" for number in range(1, 4))
    text = f'Type,SKU,Name,Regular price,Parent,{names}\nvariable,P,P,,,a,"{values}",b,"{values}",c,x\n'
    read = read_csv(tmp_path, text + "variation,V,,5,P,a,,b,,c,x\nvariation,W,,5,P,a,v0,b,v0,c,x\n")
    assert len(read.products["p"].variants) == 2_048
    assert "too-many-variants" in [code for *_, code in read.faults]


def test_two_products_of_one_name_get_two_handles(tmp_path):
    read = read_csv(tmp_path, "Type,Name,Regular price\nsimple,Cap,5\nsimple,Cap,6\n")
    assert list(read.products) == ["cap", "cap-2"]


def test_stock_is_read_from_quantity_or_flag(tmp_path):
    header = "Type,Name,Regular price,In stock?,Stock,Backorders allowed?\n"
    rows = "simple,A,5,1,,\nsimple,B,5,0,,\nsimple,C,5,1,-2,notify\nsimple,D,5,1,many,\n"
    read = read_csv(tmp_path, header + rows)
    found = [read.variants(handle)[0] for handle in "abcd"]
    assert [one.get("availability", "in_stock") for one in found] == [
        "in_stock",
        "out_of_stock",
        "backorder",
        "in_stock",
    ]
    assert read.faults[1:] == [(4, "Stock", "quantity-negative"), (5, "Stock", "quantity-invalid")]
