from tests.unit.catalog.reading import FIXTURES, Read, eur, read_csv, usd


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
