"""Genuine catalogue files: each is imported, or refused with a message that names what it has and what it lacks.

Reads the folder of the environment variable SHOPWRIGHT_SAMPLE_DATA, which is no part of this repository.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

from shopwright.catalog.faults import Report, Severity
from shopwright.catalog.product import Product
from shopwright.catalog.source import open_source
from shopwright.errors import SourceError

FOLDER = os.environ.get("SHOPWRIGHT_SAMPLE_DATA", "")
FILES = sorted(Path(FOLDER).rglob("*.csv")) if FOLDER else []
NO_CATALOGUES = ("_attributes", "categories", "crosssell", "related", "upsell", "images_", "tax_", "rules", "reviews",
                 "downloadable_data", "product_translations", "guidance")  # fmt: skip
EXPLAINED = frozenset({"row-repeated", "row-without-content", "row-empty", "header-repeated"})

pytestmark = pytest.mark.skipif(not FOLDER, reason="SHOPWRIGHT_SAMPLE_DATA names no folder of sample catalogues")


def is_catalogue(path: Path) -> bool:
    return not any(part in path.name for part in NO_CATALOGUES)


@pytest.mark.parametrize(
    "path", [path for path in FILES if is_catalogue(path)], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_every_row_is_used_or_explained(path):
    source, report = open_source(path), Report()
    products = [item for item in source.read(report) if isinstance(item, Product)]
    codes = Counter(fault.code for fault in report.faults)
    counts = (report.rows, report.rows_used, report.rows_merged, report.rows_refused)
    print(f"| {path.parent.name}/{path.name} | {source.dialect} | {counts} | {report.products} | {report.variants} "
          f"| {report.pictures} | {dict(codes)} |")  # fmt: skip
    assert report.rows == report.rows_used + report.rows_merged + report.rows_refused
    assert report.rows_merged == sum(count for code, count in codes.items() if code in EXPLAINED)
    assert report.rows_refused <= sum(fault.severity is Severity.ERROR for fault in report.faults)
    usable = report.rows - codes["row-repeated"] - codes["row-empty"] - codes["header-repeated"]
    assert report.rows_used >= 0.99 * usable > 0
    assert len(products) == report.products == len({product.handle for product in products})


@pytest.mark.parametrize("path", [path for path in FILES if not is_catalogue(path)], ids=lambda path: path.name)
def test_what_is_no_catalogue_says_so(path):
    with pytest.raises(SourceError, match="no catalogue of products: it has the columns"):
        open_source(path)
