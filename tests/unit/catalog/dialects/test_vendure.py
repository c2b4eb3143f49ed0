from tests.unit.catalog.reading import FIXTURES, Read, read_csv


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
