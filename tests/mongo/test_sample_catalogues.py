"""Genuine catalogues: imported, changed, taken back, exported, and equal.

Reads the folder of the environment variable SHOPWRIGHT_SAMPLE_DATA, which is no part of this repository.
"""

import os
from pathlib import Path

import orjson
import pytest
from tests.unit.catalog.repository.shops import ANN, KINDS, shop_in

from shopwright.catalog.faults import Report
from shopwright.catalog.product import Collection, Product
from shopwright.catalog.source import open_source
from shopwright.catalog.versions.listed import Filter
from shopwright.catalog.versions.revision import Kind
from shopwright.database.migrations.run import migrate

FOLDER = Path(os.environ.get("SHOPWRIGHT_SAMPLE_DATA", "")) / "catalogues"
NAMES = (
    "shopify-gatsby-demo/products.csv",
    "shopify-packt/Product-data.csv",
    "shopify-official/apparel.csv",
    "shopify-official/jewelery.csv",
    "spree/products.csv",
    "vendure/products.csv",
    "woocommerce/sample_products_classic_commerce.csv",
    "magento2/fixtures/ConfigurableSampleData__products.csv",
    "eyewear-lenskart/sunglasses.csv",
    "eyewear-facts-only/sunglasshut_facts.csv",
)


def read(path):
    """A catalogue as values: settings without collections, collections, products, each in order."""
    source = open_source(path)
    items = [*source.store.collections, *source.read(Report())]
    store = source.store.model_copy(update={"collections": ()})
    return store, [item for item in items if isinstance(item, Collection)], [i for i in items if isinstance(i, Product)]


async def round_trip(database, tmp_path, path):
    await migrate(database, KINDS)
    catalog = shop_in(database, tmp_path).catalog
    first = await catalog.bring_in(open_source(path), ANN, Report())
    assert await catalog.bring_in(open_source(path), ANN, Report()) is None
    await catalog.write_folder(tmp_path / "first")
    assert read(tmp_path / "first") == read(path)

    states = ("active", "draft", "archived")
    edited = [await catalog.patch_all(Filter(status=each), {"brand": "Changed", "tags": ["x"]}, ANN) for each in states]
    handles = [product.handle for product in read(path)[2]]
    deleted = await catalog.delete(Kind.PRODUCT, handles[::2], ANN)
    assert deleted.products == first.products - len(handles[::2])
    for revision in filter(None, (deleted, *reversed(edited))):
        await catalog.undo(revision.number, ANN, merge=False)
    await catalog.write_folder(tmp_path / "undone")
    names = ("products.jsonl", "collections.jsonl", "store.yaml")
    first_files, undone_files = (
        {name: (tmp_path / folder / name).read_bytes() for name in names if (tmp_path / folder / name).exists()}
        for folder in ("first", "undone")
    )
    assert undone_files == first_files
    assert await catalog.bring_in(open_source(path), ANN, Report()) is None
    return first


@pytest.mark.skipif(
    not os.environ.get("SHOPWRIGHT_SAMPLE_DATA"), reason="SHOPWRIGHT_SAMPLE_DATA names no folder of sample catalogues"
)
@pytest.mark.parametrize("name", NAMES)
async def test_a_genuine_catalogue_comes_back_equal(tenant_database, tmp_path, name):
    first = await round_trip(tenant_database, tmp_path, FOLDER / name)
    assert first.products == first.counts.added - first.collections - 1 - pictures_of(tmp_path / "first")


def pictures_of(folder):
    usual = {"products.jsonl", "collections.jsonl", "store.yaml"}
    return sum(path.is_file() and path.name not in usual for path in folder.rglob("*"))


async def test_the_example_comes_back_equal(tenant_database, tmp_path):
    first = await round_trip(tenant_database, tmp_path, Path(__file__).parents[2] / "examples" / "eyewear" / "store")
    assert first.products > 50


async def test_a_small_foreign_file_comes_back_equal(tenant_database, tmp_path):
    file = tmp_path / "shop.csv"
    file.write_text(
        "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price\n"
        "aria,Aria,<p>Light</p>,Lumen,Frames,a,true,Size,S,A-S,99.00\naria,,,,,,,,M,A-M,99.00\n"
        "bosco,Bosco,,Lumen,Frames,,true,Title,Default Title,B,19.50\n"
    )
    first = await round_trip(tenant_database, tmp_path, file)
    assert (first.products, orjson.loads((tmp_path / "first" / "collections.jsonl").read_bytes())["handle"]) == (
        2,
        "frames",
    )
