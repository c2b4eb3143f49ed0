"""Whatever stands in a file: no crash, and rows = rows used + rows merged + rows refused."""

import csv
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.catalog.faults import Report
from shopwright.catalog.product import Collection, Product
from shopwright.catalog.source import open_source
from shopwright.errors import SourceError

HEADERS = {
    "shopify": "Handle,Title,Body (HTML),Type,Tags,Published,Status,Option1 Name,Option1 Value,"
    "Option2 Name,Option2 Value,"
    "Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Compare At Price,"
    "Variant Barcode,Image Src,Image Position,Variant Image,Gift Card,Product Category,Price / EU,Included / EU,"
    "Lens width (product.metafields.e.w),Shopwright product (product.metafields.shopwright.product),"
    "Shopwright variant (product.metafields.shopwright.variant),"
    "Shopwright collections (product.metafields.shopwright.collections)",
    "woocommerce": "ID,Type,SKU,Name,Published,Description,Short description,Date sale price starts,"
    "Date sale price ends,"
    "In stock?,Stock,Backorders allowed?,Weight (kg),Sale price,Regular price,Categories,Tags,Images,Parent,"
    "Grouped products,External URL,Attribute 1 name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s),Meta: x,"
    "Meta: shopwright_product",
    "spree": "slug,sku,name,price,compare_at_price,currency,status,description,category1,option1_name,option1_value,"
    "image1_src,weight,weight_unit,inventory_count,track_inventory",
    "vendure": "name,slug,description,assets,facets,optionGroups,optionValues,sku,price,stockOnHand,trackInventory,"
    "variantAssets",
    "magento": "sku,product_type,attribute_set_code,categories,name,price,special_price,special_price_to_date,url_key,"
    "base_image,additional_images,additional_attributes,qty,is_in_stock,configurable_variations,associated_skus",
    "table": "ref,title,price,offer price,color,lens color,size,image,ean,stock,lens_width_mm,rim,extra",
}
CELLS = st.sampled_from(
    [
        "", "", "", "a", "b", "A b", "Ünï", "9.90", "1,299.00", "0", "-3", "abc", "1.299", "$5", "€5", "true", "nope",
        "http://x.example/a.jpg", "../../etc/passwd", "a.jpg", "javascript:alert(1)", "<script>x</script><p>y</p>",
        "Title", "Default Title", "S, M", "variable", "variation", "simple", "external", "grouped", "id:1", "a>b, c",
        "sku=a,size=S|sku=b,size=M", "2020-01-01", "9999-12-31", "9999-99-99", "EUR", "lb", "52", "x" * 400, "a:b|c:d",
        '{"title": 1}', '{"title": "New"}', "[]", "[1]", '{"variants": 5}', "\x01", "\u202e", "'=1+1", "4006381333931",
        "[" * 5000, '{"a":' * 1000 + "1" + "}" * 1000,
    ]
) | st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=5)  # fmt: skip


@pytest.mark.parametrize("dialect", sorted(HEADERS))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_rows_add_up_for_any_content(dialect, data):
    header = HEADERS[dialect].split(",")
    width = st.integers(len(header) - 3, len(header) + 1)
    rows = data.draw(st.lists(width.flatmap(lambda n: st.lists(CELLS, min_size=n, max_size=n)), max_size=6))
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerow(header)
    writer.writerows(rows)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(stream.getvalue().encode("utf-8", "replace"))
        source, report = open_source(path), Report()
        assert source.dialect == dialect
        items = list(source.read(report))
    products = [item for item in items if isinstance(item, Product)]
    known = [item.handle for item in items if isinstance(item, Collection)]
    assert report.rows == len(rows) == report.rows_used + report.rows_merged + report.rows_refused
    assert report.products == len(products) == len({product.handle for product in products})
    assert {handle for product in products for handle in product.collections} == set(known)
    assert len(known) == len(set(known))


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused_with_one_clear_message(content):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_bytes(content)
        report = Report()
        try:
            list(open_source(path).read(report))
        except SourceError as error:
            assert str(path) in str(error)  # noqa: PT017 - most content is refused, some is a catalogue
        assert report.rows == report.rows_used + report.rows_merged + report.rows_refused
