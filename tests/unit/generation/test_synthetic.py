"""Made-up stores for measuring."""

import orjson

from shopwright.catalog.faults import Report
from shopwright.catalog.product import Product
from shopwright.catalog.source import open_source
from shopwright.generation.synthetic import change_product, product, write_store


def tree(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_number_makes_the_same_store(tmp_path):
    assert tree(write_store(tmp_path / "a", 30)) == tree(write_store(tmp_path / "deep" / "b", 30))


def test_every_product_is_valid_and_has_what_it_names(tmp_path):
    report = Report()
    products = [value for value in open_source(write_store(tmp_path, 60)).read(report) if isinstance(value, Product)]
    assert (len(products), report.rows_refused, report.faults) == (60, 0, [])
    assert {len(each.variants) for each in products} == {2, 3, 4}
    assert all(each.frame and each.pictures for each in products)
    assert len({each.handle for each in products}) == 60


def test_one_product_changes_and_no_other(tmp_path):
    before = write_store(tmp_path, 5).joinpath("products.jsonl").read_bytes().splitlines()
    change_product(tmp_path, 3, "Renamed")
    after = (tmp_path / "products.jsonl").read_bytes().splitlines()
    assert orjson.loads(after.pop(3)) == {**product(3), "title": "Renamed"}
    assert after == before[:3] + before[4:]
