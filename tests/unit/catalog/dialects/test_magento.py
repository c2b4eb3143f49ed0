from tests.unit.catalog.reading import FIXTURES, Read, read_csv, usd


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
