"""Import, export, import: each format that can be written gives the same catalogue."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from tests.unit.catalog.products import catalogues

from shopwright.catalog.exporters.own import export_own
from shopwright.catalog.exporters.shopify import export_shopify
from shopwright.catalog.exporters.woocommerce import export_woocommerce
from shopwright.catalog.faults import Report
from shopwright.catalog.product import Collection, Product
from shopwright.catalog.source import CatalogSource, open_source
from shopwright.catalog.store import Store


def source_of(items: list) -> CatalogSource:
    return CatalogSource(Path("x"), "test", "made up", Store(name="X"), (), lambda run: iter(items))


def parted(items: list) -> tuple[list[Product], list[Collection]]:
    return [one for one in items if isinstance(one, Product)], [one for one in items if isinstance(one, Collection)]


@pytest.mark.parametrize(
    ("export", "name", "dialect"),
    [
        (export_own, "out", "shopwright"),
        (export_shopify, "out.csv", "shopify"),
        (export_woocommerce, "out.csv", "woocommerce"),
    ],
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(items=catalogues())
def test_export_then_import_gives_the_same_catalogue(export, name, dialect, items):
    with TemporaryDirectory() as folder:
        out = Path(folder) / name
        assert export(source_of(items), out) == len(parted(items)[0])
        source, report = open_source(out), Report()
        back = list(source.read(report))
    assert source.dialect == dialect
    assert parted(back) == parted(items)
    assert report.rows == report.rows_used + report.rows_merged
