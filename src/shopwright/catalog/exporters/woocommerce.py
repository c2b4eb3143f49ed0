"""Writing WooCommerce's product CSV: parents before their variations, which name them by SKU.

No ids are written, because in another shop they would name other products.
"""

from functools import partial
from pathlib import Path

from shopwright.catalog.assembly import COLLECTIONS, PRODUCT_PATCH, VARIANT_PATCH
from shopwright.catalog.dialects.woocommerce import PARENT_SKU, WOOCOMMERCE
from shopwright.catalog.exporters.csv_export import Cells, Layout, Survey, survey, write_csv
from shopwright.catalog.exporters.shopify import FRAME_COLUMNS, frame_cells, price_text
from shopwright.catalog.faults import Report
from shopwright.catalog.product import MAX_OPTIONS, Availability, Kind, Product, Status, Variant
from shopwright.catalog.source import CatalogSource

_BEFORE = (
    "Type", "SKU", "GTIN, UPC, EAN, or ISBN", "Name", "Published", "Is featured?", "Short description",
    "Description", "Date sale price starts", "Date sale price ends", "In stock?", "Stock", "Backorders allowed?",
    "Weight (g)", "Sale price", "Regular price", "Categories", "Tags", "Images", "Parent", "Grouped products",
    "External URL", "Button text", "Brands",
)  # fmt: skip
_ATTRIBUTES = tuple(
    f"Attribute {number} {part}" for number in range(1, MAX_OPTIONS + 1) for part in ("name", "value(s)", "visible")
)
_STOCK = {Availability.OUT_OF_STOCK: "0", Availability.BACKORDER: "backorder"}
_FRAME = {shopify: f"Meta: {name}" for name, shopify in FRAME_COLUMNS.items()}
_CARRIERS = {
    PRODUCT_PATCH: "Meta: shopwright_product",
    VARIANT_PATCH: "Meta: shopwright_variant",
    COLLECTIONS: "Meta: shopwright_collections",
}


def export_woocommerce(source: CatalogSource, out: Path) -> int:
    """Write a catalogue as WooCommerce's product CSV; returns the number of products. The source is read twice."""
    taken = (*_BEFORE, *_ATTRIBUTES, *_FRAME.values())
    found = survey(source.read(Report()), WOOCOMMERCE, taken)
    columns = (*taken, *found.custom, *_CARRIERS.values())
    layout = Layout(WOOCOMMERCE, columns, _CARRIERS, partial(_rows, found, frozenset(columns)))
    return write_csv(source.read(Report()), layout, source.store, out)


def _rows(found: Survey, columns: frozenset[str], product: Product) -> list[Cells]:
    """The product's row, and unless it is simple one row per variation."""
    simple = len(product.variants) == 1 and not product.options and product.kind is not Kind.GROUPED
    head = _product(product, found)
    if simple:
        rows = [{**head, **_variant(product.variants[0]), "Type": _type(product, simple=True)}]
    else:
        head |= {"Type": _type(product, simple=False), "SKU": f"{PARENT_SKU}{product.handle}"}
        rows = [head, *(_variation(product, variant) for variant in product.variants)]
    return [{name: text for name, text in row.items() if name in columns} for row in rows]


def _type(product: Product, *, simple: bool) -> str:
    kinds = {
        Kind.STANDARD: "simple" if simple else "variable",
        Kind.GROUPED: "grouped",
        Kind.EXTERNAL: "external" if simple else "external, variable",
    }
    return kinds[product.kind] + ("" if product.requires_shipping else ", virtual")


def _product(product: Product, found: Survey) -> Cells:
    return {
        **product.custom,
        "Name": product.title if product.title.strip() else product.handle,
        "Published": "1" if product.status is Status.ACTIVE else "-1",
        "Is featured?": "1" if product.featured else "0",
        "Short description": product.summary,
        "Description": product.description,
        "Categories": " > ".join(_escaped(part) for part in product.category),
        "Tags": ", ".join(_escaped(tag) for tag in product.tags),
        "Brands": product.brand or "",
        "Images": ", ".join(picture.source for picture in product.pictures),
        "Grouped products": ", ".join(found.skus.get(handle) or f"{PARENT_SKU}{handle}" for handle in product.grouped),
        "External URL": product.external_url or "",
        "Button text": product.external_label or "",
        **{_FRAME[name]: text for name, text in frame_cells(product.frame).items()},
        **_attributes(product),
    }


def _attributes(product: Product) -> Cells:
    cells: Cells = {}
    for place, name in enumerate(product.options):
        values = dict.fromkeys(variant.options[place] for variant in product.variants)
        cells[f"Attribute {place + 1} name"] = name
        cells[f"Attribute {place + 1} value(s)"] = ", ".join(_escaped(value) for value in values)
        cells[f"Attribute {place + 1} visible"] = "1"
    return cells


def _variation(product: Product, variant: Variant) -> Cells:
    pairs = enumerate(zip(product.options, variant.options, strict=True), start=1)
    options = [(f"Attribute {place}", name, value) for place, (name, value) in pairs]
    return {
        **_variant(variant),
        "Type": "variation",
        "Name": f"{product.title} - {', '.join(variant.options)}",
        "Published": "1",
        "Parent": f"{PARENT_SKU}{product.handle}",
        "Images": variant.picture or "",
        **{f"{place} name": name for place, name, _ in options},
        **{f"{place} value(s)": _escaped(value) for place, _, value in options},
    }


def _variant(variant: Variant) -> Cells:
    sale = variant.sale
    return {
        **variant.custom,
        "SKU": variant.sku or "",
        "GTIN, UPC, EAN, or ISBN": variant.gtin or "",
        "Regular price": price_text(variant.price),
        "Sale price": price_text(sale.price if sale else None),
        "Date sale price starts": sale.starts.isoformat() if sale and sale.starts else "",
        "Date sale price ends": sale.ends.isoformat() if sale and sale.ends else "",
        "In stock?": {Availability.OUT_OF_STOCK: "0", Availability.BACKORDER: "backorder"}.get(
            variant.availability, "1"
        ),
        "Stock": "" if variant.quantity is None else str(variant.quantity),
        "Backorders allowed?": "1" if variant.availability is Availability.BACKORDER else "0",
        "Weight (g)": f"{variant.weight_g:g}" if variant.weight_g is not None else "",
    }


def _escaped(text: str) -> str:
    return text.replace(",", "\\,")
