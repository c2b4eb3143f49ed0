"""Any other table with a title-like and a price-like column: price lists, scraped lists, sheets kept by hand."""

import re
from typing import Any

from shopwright.catalog import cells
from shopwright.catalog.dialects.dialect import Dialect, Rows
from shopwright.catalog.dialects.product_fields import add_frame, beyond_head, handle_from
from shopwright.catalog.draft import Draft, Import, VariantDraft
from shopwright.catalog.eyewear import label_of
from shopwright.catalog.prices import currency_of_price
from shopwright.catalog.product import MAX_OPTIONS
from shopwright.catalog.rich_text import merchant_html
from shopwright.catalog.row import Row

_LABELS = {
    "title": "title|name|product|product name|product title|titel|produkt|produktname|bezeichnung|artikel",
    "ref": "ref|reference|handle|slug|model|product id|item group id|modell|artikelnummer|art nr",
    "sku": "sku|variant sku",
    "price": "price|price text|list price|regular price|preis|uvp|verkaufspreis",
    "offer": "offer price|sale price|special price|aktionspreis|angebotspreis",
    "offer starts": "sale price starts|offer starts",
    "offer ends": "sale price ends|offer ends",
    "description": "description|body|text|beschreibung",
    "brand": "brand|vendor|manufacturer|marke|hersteller",
    "type": "type|category|product type|kategorie|warengruppe|art",
    "tags": "tags|schlagworte",
    "image": "image|image url|picture|photo|bild|image link",
    "quantity": "quantity|qty|stock|bestand|menge",
    "sold out": "out of stock|sold out|ausverkauft",
    "gtin": "gtin|ean|barcode|upc",
    "color": "color|colour|frame color|frame colour|farbe|rahmenfarbe|fassungsfarbe",
    "lens color": "lens color|lens colour|glasfarbe",
    "size": "size|größe|groesse",
    "usage": "usage|pack|packung",
    "polarized": "polarized|polarised|polarisiert",
}
_FIELDS = {label.casefold(): field for field, labels in _LABELS.items() for label in labels.split("|")}
_OPTIONS = {"color": "Color", "lens color": "Lens color", "size": "Size", "usage": "Usage", "polarized": "Polarized"}
"""Fields that may tell variants apart, in this order, and the names of the options they become."""


def _field_of(name: str) -> str | None:
    return _FIELDS.get(label_of(name))


def _recognise(fields: frozenset[str]) -> tuple[str, ...]:
    title = next((name for name in ("title", "ref") if name in fields), None)
    return (title, "price") if title and "price" in fields else ()


class TableReader:
    """Reads one table; see ``Reader``. Rows with one reference, or else one title, are variants of one product."""

    def __init__(self, run: Import, rows: Rows) -> None:  # noqa: ARG002 - this dialect needs no look ahead
        self._run = run

    def family(self, row: Row) -> str | None:
        """The reference, else the title."""
        return row.get("ref") or row.get("title") or None

    def draft(self, rows: list[Row]) -> Draft:
        """A product from its rows."""
        head = rows[0]
        head.use()
        different = list({tuple(row.cells): row for row in rows}.values())
        varying = _varying(different)
        draft = Draft(rows, self._fields(head), [_OPTIONS[name] for name in varying])
        kept = {_OPTIONS[name]: _value(head, name) for name in ("size", "usage", "polarized", "lens color")}
        if len(different) == 1:
            draft.fields["custom"] = {**{name: text for name, text in kept.items() if text}, **draft.fields["custom"]}
        for row in rows:
            draft.add_picture(self._run, row, "image", row.get("image"))
            options = tuple(_value(row, name) or "Default" for name in varying)
            draft.variants.append(VariantDraft(row, options, self._variant(row, head)))
        add_frame(draft, self._run)
        draft.add_group(head.get("type"))
        return draft

    def _fields(self, head: Row) -> dict[str, Any]:
        wanted = handle_from(head.get("ref") or head.get("title"), head.get("title"))
        return {
            "handle": self._run.free_handle(wanted),
            "title": head.get("title") or head.get("ref"),
            "description": merchant_html(head.get("description")),
            "brand": head.get("brand") or None,
            "product_type": head.get("type") or None,
            "tags": cells.split_list(head.get("tags")),
            "custom": head.extras(),
        }

    def _variant(self, row: Row, head: Row) -> dict[str, Any]:
        run = self._run
        custom = beyond_head(row, head)
        price = cells.price(row, "price", run)
        pieces = cells.quantity(row, "quantity", run)
        if cells.flag(row, "sold out", run, default=False):
            pieces = 0
        return {
            "sku": row.get("sku")[:200] or None,
            "gtin": cells.gtin(row, "gtin", run, custom),
            "price": price,
            "sale": cells.sale(row, price, ("offer", "offer starts", "offer ends"), run),
            **cells.stock(pieces, backorder=False),
            "color": {"name": row.get("color")[:300]} if row.get("color") else None,
            "custom": custom,
        }


def _varying(rows: list[Row]) -> list[str]:
    """The option fields that differ between the rows of a product."""
    found = [name for name in _OPTIONS if len({_value(row, name) for row in rows}) > 1]
    return found[:MAX_OPTIONS]


def _value(row: Row, name: str) -> str:
    """The value of an option, without a label that repeats its column: ``Size: Medium`` is ``Medium``."""
    text = row.get(name)
    label = row.column(name)
    return re.sub(rf"^{re.escape(label)}\s*:\s*", "", text, flags=re.IGNORECASE) if label else text


TABLE = Dialect(
    name="table",
    needs="Title (or Name, Product, Ref) and Price",
    field_of=_field_of,
    recognise=_recognise,
    reader=TableReader,
    currency_of=lambda row: currency_of_price(row.get("price")),
)
