from tests.unit.catalog.reading import read_csv

from shopwright.catalog import spool
from shopwright.catalog.csv_file import sniff_csv
from shopwright.catalog.dialects.dialect import named_currency
from shopwright.catalog.dialects.shopify import SHOPIFY
from shopwright.catalog.dialects.table import TABLE


def test_a_product_with_too_many_rows_loses_only_those(tmp_path, monkeypatch):
    monkeypatch.setattr(spool, "MAX_FAMILY", 2)
    read = read_csv(tmp_path, "Handle,Title,Option1 Value,Price\na,A,1,5\na,,2,5\na,,3,5\nb,B,1,5\n")
    assert read.counts == (4, 3, 0, 1)
    assert (4, None, "too-many-variants") in read.faults
    assert len(read.products["a"].variants) == 2


def test_the_currency_is_that_of_the_first_rows(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("Title,Price\nA,5\nB,XYZ 5\nC,£5\n")
    assert named_currency(TABLE, sniff_csv(path)) == "GBP"
    path.write_text("Title,Price\n" + "A,5\n" * 20 + "B,£5\n")
    assert named_currency(TABLE, sniff_csv(path)) is None
    assert named_currency(SHOPIFY, sniff_csv(path)) is None
