"""What the exported files look like, and what they carry besides the catalogue."""

import csv
import json
from pathlib import Path

import pytest
from tests.unit.catalog.reading import FIXTURES, Read

from shopwright.catalog.exporters.own import export_own
from shopwright.catalog.exporters.shopify import export_shopify
from shopwright.catalog.exporters.woocommerce import export_woocommerce

SOURCES = ["shopify-older.csv", "shopify-current.csv", "woocommerce.csv", "spree_products.csv", "vendure.csv",
           "magento.csv", "table.csv", "store"]  # fmt: skip


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return [{name: text for name, text in row.items() if text} for row in csv.DictReader(file)]


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("export", [export_own, export_shopify, export_woocommerce])
def test_every_dialect_comes_back_the_same_from_every_format(tmp_path, name, export):
    first = Read(FIXTURES / name)
    out = tmp_path / ("out" if export is export_own else "out.csv")
    assert export(first.source, out) == len(first.products)
    export_own(first.source, tmp_path / "store")
    again = Read(out, store_file=tmp_path / "store" / "store.yaml")
    assert list(again.products.values()) == list(first.products.values())
    assert list(again.collections) == list(first.collections)


def test_shopify_rows_hold_what_a_merchant_edits(tmp_path):
    export_shopify(Read(FIXTURES / "shopify-older.csv").source, tmp_path / "out.csv")
    rows = rows_of(tmp_path / "out.csv")
    assert [(row["URL handle"], row.get("Price"), row.get("Option1 value")) for row in rows] == [
        ("linden", "129.00", "Black"),
        ("linden", "129.00", "Black"),
        ("linden", None, "Red"),
        ("weiher-cafe", None, "Default Title"),
        ("gift", "25.00", "Default Title"),
    ]
    assert rows[0]["Lens width (product.metafields.eyewear.lens_width_mm)"] == "48"
    assert rows[0]["Season (product.metafields.own.season)"] == "Autumn"
    assert rows[0]["Cost per item"] == "31.50"
    assert [row["Product image URL"][-5] for row in rows[:3]] == ["1", "2", "3"]


def test_what_shopify_has_no_column_for_travels_in_a_column_of_ours(tmp_path):
    export_shopify(Read(FIXTURES / "woocommerce.csv").source, tmp_path / "out.csv")
    oak = next(row for row in rows_of(tmp_path / "out.csv") if row["URL handle"] == "oak")
    patch = json.loads(oak["Shopwright variant (product.metafields.shopwright.variant)"])
    assert sorted(patch) == ["color", "sale"]


def test_an_edited_price_wins_over_what_travels(tmp_path):
    path = tmp_path / "out.csv"
    export_shopify(Read(FIXTURES / "woocommerce.csv").source, path)
    path.write_text(path.read_text().replace("69.00", "75.00"))
    assert Read(path).variants("oak")[0]["price"]["amount"] == 7500


def test_woocommerce_writes_parents_before_their_variations(tmp_path):
    export_woocommerce(Read(FIXTURES / "woocommerce.csv").source, tmp_path / "out.csv")
    rows = rows_of(tmp_path / "out.csv")
    assert [(row["Type"], row.get("SKU"), row.get("Parent")) for row in rows] == [
        ("variable", "shopwright:elm", None),
        ("variation", "ELM-R", "shopwright:elm"),
        ("variation", "ELM-R", "shopwright:elm"),
        ("variation", "ELM-B-S", "shopwright:elm"),
        ("simple", "OAK", None),
        ("grouped", "shopwright:set", None),
        ("external", "AFAR", None),
        ("simple, virtual", None, None),
    ]
    assert rows[0]["Attribute 1 value(s)"] == "Red, Blue"
    assert rows[0]["Meta: lens_width_mm"] == "50"
    assert rows[5]["Grouped products"] == "OAK, ELM-R"
    assert rows[4]["Date sale price ends"] == "2026-02-01T00:00:00+00:00"


def test_our_own_format_brings_the_pictures_that_are_there(tmp_path):
    assert export_own(Read(FIXTURES / "store").source, tmp_path / "out") == 2
    files = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert files == ["collections.jsonl", "pictures/larch.txt", "products.jsonl", "store.yaml"]
    assert Read(tmp_path / "out").source.store == Read(FIXTURES / "store").source.store


def test_a_cell_that_looks_like_a_formula_is_kept_as_it_is(tmp_path):
    (tmp_path / "in.csv").write_text("Handle,Title,Price\na,=1+1,5\n")
    export_shopify(Read(tmp_path / "in.csv").source, tmp_path / "out.csv")
    assert rows_of(tmp_path / "out.csv")[0]["Title"] == "=1+1"
