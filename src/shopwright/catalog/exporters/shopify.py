"""Writing Shopify's product CSV, in the current header."""

from functools import partial
from itertools import zip_longest
from pathlib import Path

from shopwright.catalog.assembly import COLLECTIONS, PRODUCT_PATCH, VARIANT_PATCH
from shopwright.catalog.dialects.shopify import SHOPIFY
from shopwright.catalog.exporters.csv_export import Cells, Layout, survey, write_csv
from shopwright.catalog.faults import Report
from shopwright.catalog.money import Money, decimal_text
from shopwright.catalog.product import Availability, Condition, Frame, MarketPrice, Picture, Product, Status, Variant
from shopwright.catalog.source import CatalogSource

_COLUMNS = (
    "Title", "URL handle", "Description", "Vendor", "Product category", "Type", "Tags",
    "Published on online store", "Status", "SKU", "Barcode", "Option1 name", "Option1 value", "Option2 name",
    "Option2 value", "Option3 name", "Option3 value", "Price", "Compare-at price", "Inventory tracker",
    "Inventory quantity", "Continue selling when out of stock", "Weight value (grams)", "Requires shipping",
    "Product image URL", "Image position", "Image alt text", "Variant image URL", "Gift card", "SEO title",
    "SEO description", "Google Shopping / Condition", "Google Shopping / MPN",
)  # fmt: skip
_CARRIERS = {
    PRODUCT_PATCH: "Shopwright product (product.metafields.shopwright.product)",
    VARIANT_PATCH: "Shopwright variant (product.metafields.shopwright.variant)",
    COLLECTIONS: "Shopwright collections (product.metafields.shopwright.collections)",
}
FRAME_COLUMNS = {
    name: f"{label} (product.metafields.eyewear.{name})"
    for name, label in {
        "lens_width_mm": "Lens width",
        "bridge_mm": "Bridge",
        "temple_mm": "Temple length",
        "lens_height_mm": "Lens height",
        "frame_width_mm": "Frame width",
        "shape": "Frame shape",
        "rim": "Rim type",
        "material": "Frame material",
        "weight_g": "Frame weight",
    }.items()
}
"""The metafield columns of spectacle measures, in millimetres and grams."""


def export_shopify(source: CatalogSource, out: Path) -> int:
    """Write a catalogue as Shopify's product CSV; returns the number of products. The source is read twice."""
    found = survey(source.read(Report()), SHOPIFY, (*_COLUMNS, *FRAME_COLUMNS.values()))
    markets = [name for market in found.markets for name in _market_columns(market)]
    columns = (*_COLUMNS, *FRAME_COLUMNS.values(), *dict.fromkeys(markets), *found.custom, *_CARRIERS.values())
    layout = Layout(SHOPIFY, columns, _CARRIERS, partial(_rows, frozenset(columns)))
    return write_csv(source.read(Report()), layout, source.store, out)


def _rows(columns: frozenset[str], product: Product) -> list[Cells]:
    """One row per variant, further rows for further pictures, the product's own fields on the first row."""
    rows = [
        {**(_variant(product, variant) if variant else {}), **(_picture(picture, number) if picture else {})}
        for number, (variant, picture) in enumerate(zip_longest(product.variants, product.pictures), start=1)
    ] or [{}]
    rows[0] |= _product(product)
    return [
        {name: text for name, text in row.items() if name in columns} | {"URL handle": product.handle} for row in rows
    ]


def _product(product: Product) -> Cells:
    seo = product.seo
    return {
        **product.custom,
        "Title": product.title,
        "Description": product.description,
        "Vendor": product.brand or "",
        "Product category": " > ".join(product.category),
        "Type": product.product_type or "",
        "Tags": ", ".join(product.tags),
        "Published on online store": "TRUE" if product.status is Status.ACTIVE else "FALSE",
        "Status": product.status.value.capitalize(),
        "Gift card": "FALSE",
        "SEO title": seo.title or "",
        "SEO description": seo.description or "",
        "Google Shopping / Condition": product.condition.value if product.condition is not Condition.NEW else "",
        **frame_cells(product.frame),
        **{f"Option{place} name": name for place, name in enumerate(product.options or ("Title",), start=1)},
    }


def _variant(product: Product, variant: Variant) -> Cells:
    values = variant.options or ("Default Title",)
    markets = [cells for market in variant.markets for cells in _market(market).items()]
    return {
        **variant.custom,
        **dict(markets),
        "SKU": variant.sku or "",
        "Barcode": variant.gtin or "",
        "Price": price_text(variant.price),
        "Compare-at price": price_text(variant.compare_at_price),
        "Inventory tracker": "shopify" if _is_tracked(variant) else "",
        "Inventory quantity": str(variant.quantity or 0) if _is_tracked(variant) else "",
        "Continue selling when out of stock": "CONTINUE" if variant.availability is Availability.BACKORDER else "DENY",
        "Weight value (grams)": f"{variant.weight_g:g}" if variant.weight_g is not None else "",
        "Requires shipping": "TRUE" if product.requires_shipping else "FALSE",
        "Variant image URL": variant.picture or "",
        "Google Shopping / MPN": variant.mpn or "",
        **{f"Option{place} value": value for place, value in enumerate(values, start=1)},
    }


def _is_tracked(variant: Variant) -> bool:
    return variant.quantity is not None or variant.availability is not Availability.IN_STOCK


def _picture(picture: Picture, number: int) -> Cells:
    return {"Product image URL": picture.source, "Image position": str(number), "Image alt text": picture.alt}


def _market_columns(market: str) -> tuple[str, str, str]:
    return f"Included / {market}", f"Price / {market}", f"Compare-at price / {market}"


def _market(market: MarketPrice) -> Cells:
    given = "TRUE" if market.included else "FALSE", price_text(market.price), price_text(market.compare_at_price)
    return dict(zip(_market_columns(market.market), given, strict=True))


def price_text(money: Money | None) -> str:
    """The plain decimal of a price, empty for none."""
    return decimal_text(money) if money else ""


def frame_cells(frame: Frame | None) -> Cells:
    """The measures of a frame by the name of their column."""
    given = frame.model_dump(exclude_none=True) if frame else {}
    return {FRAME_COLUMNS[name]: f"{value:g}" if isinstance(value, float) else value for name, value in given.items()}
