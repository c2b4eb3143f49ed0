"""Magento's product CSV: children first, then a configurable product that lists their SKUs.

Both the export of the shop (packed ``additional_attributes`` and ``configurable_variations``) and the simpler files of
its sample data (``category`` with one part a line) are read.
"""

from typing import Any

from shopwright.catalog import cells
from shopwright.catalog.dialects.dialect import Dialect, Rows
from shopwright.catalog.dialects.product_fields import add_frame, color_of, handle_from, take_color
from shopwright.catalog.draft import Draft, Import, VariantDraft
from shopwright.catalog.product import Kind, Status
from shopwright.catalog.rich_text import merchant_html, plain_text
from shopwright.catalog.row import Row

_NAMES = {
    "sku": "sku",
    "product_type": "type",
    "attribute_set_code": "set",
    "attribute_set": "set",
    "categories": "categories",
    "category": "category",
    "name": "name",
    "description": "description",
    "short_description": "summary",
    "product_online": "online",
    "visibility": "visibility",
    "price": "price",
    "special_price": "special price",
    "special_price_from_date": "special from",
    "special_price_to_date": "special to",
    "url_key": "handle",
    "meta_title": "seo title",
    "meta_description": "seo description",
    "base_image": "image",
    "base_image_label": "image label",
    "additional_images": "images",
    "additional_attributes": "attributes",
    "qty": "quantity",
    "is_in_stock": "in stock",
    "allow_backorders": "backorders",
    "manage_stock": "tracked",
    "configurable_variations": "variations",
    "associated_skus": "grouped",
    "associated_sku": "grouped",
}
_ROOT = "Default Category"
_HOUSEKEEPING = frozenset({"has_options", "required_options"})


def _recognise(fields: frozenset[str]) -> tuple[str, ...]:
    marks = sorted(fields & {"set", "type"})
    return ("sku", "name", "price", marks[0]) if {"sku", "name", "price"} <= fields and marks else ()


class MagentoReader:
    """Reads one Magento file; see ``Reader``. The first pass learns which product each child belongs to."""

    def __init__(self, run: Import, rows: Rows) -> None:
        self._run = run
        self._parents: dict[str, str] = {}
        self._handles: dict[str, str] = {}
        for row in rows():
            for sku in _variations(row):
                self._parents.setdefault(sku, row.get("sku"))
        for row in rows():
            if row.get("sku") and row.get("sku") not in self._parents:
                wanted = handle_from(row.get("handle"), row.get("name"), row.get("sku"))
                self._handles.setdefault(row.get("sku"), run.free_handle(wanted))

    def family(self, row: Row) -> str | None:
        """The SKU of the product, or of the configurable product."""
        sku = row.get("sku")
        return self._parents.get(sku, sku) or None

    def draft(self, rows: list[Row]) -> Draft | None:
        """A product from its own row and those of its children."""
        own = [row for row in rows if row.get("sku") not in self._parents]
        if not own:
            for row in rows:
                self._run.note("parent-missing", row, "sku", "The product that lists this child has no row.")
            return None
        head = own[0]
        head.use()
        draft = Draft(rows, self._fields(head))
        self._add_pictures(draft, head)
        listed = _variations(head)
        children = [row for row in rows if row.get("sku") in listed]
        draft.options = list(dict.fromkeys(name for values in listed.values() for name in values))
        for row in children or ([] if draft.fields["kind"] is Kind.GROUPED else [head]):
            values = listed.get(row.get("sku"), {})
            self._add_variant(draft, row, tuple(values.get(name) or "Default" for name in draft.options))
        for path in _categories(head):
            draft.add_group(*path)
        add_frame(draft, self._run)
        return draft

    def _fields(self, head: Row) -> dict[str, Any]:
        attributes = {name: text for name, text in _packed(head.get("attributes")).items() if name not in _HOUSEKEEPING}
        members = [self._handles.get(sku) for sku in cells.split_list(head.get("grouped"))]
        if None in members:
            self._run.note("reference-missing", head, "grouped", "Some of the grouped products are not in this file.")
        return {
            "handle": self._handles[head.get("sku")],
            "title": head.get("name") or head.get("sku"),
            "description": merchant_html(head.get("description")),
            "summary": plain_text(head.get("summary")),
            "category": max(_categories(head), key=len, default=()),
            "status": Status.ACTIVE if head.get("online") in ("", "1") else Status.DRAFT,
            "kind": Kind.GROUPED if head.get("grouped") else Kind.STANDARD,
            "grouped": tuple(dict.fromkeys(filter(None, members)))[:250],
            "requires_shipping": head.get("type") not in ("virtual", "downloadable"),
            "seo": {
                "title": head.get("seo title")[:300] or None,
                "description": head.get("seo description")[:1_000] or None,
            },
            "custom": {**attributes, **head.extras()},
        }

    def _add_pictures(self, draft: Draft, row: Row) -> str | None:
        first = draft.add_picture(self._run, row, "image", row.get("image"), row.get("image label"))
        for text in cells.split_list(row.get("images")):
            draft.add_picture(self._run, row, "images", text)
        return first

    def _add_variant(self, draft: Draft, row: Row, options: tuple[str, ...]) -> None:
        run = self._run
        price = cells.price(row, "price", run)
        pieces = cells.quantity(row, "quantity", run)
        if not cells.flag(row, "in stock", run, default=True):
            pieces = 0
        is_child = row.get("sku") in self._parents
        picture = self._add_pictures(draft, row) if is_child else None
        attributes = _packed(row.get("attributes")) if is_child else {}
        told = {*_HOUSEKEEPING, *(name.casefold() for name in draft.options)}
        kept = {name: text for name, text in attributes.items() if name.casefold() not in told}
        fields = {
            "sku": row.get("sku")[:200],
            "price": price,
            "sale": cells.sale(row, price, ("special price", "special from", "special to"), run),
            **cells.stock(pieces, backorder=cells.flag(row, "backorders", run, default=False)),
            "color": color_of(draft.options, options) or take_color(kept),
            "picture": picture,
            "custom": {**kept, **row.extras()} if is_child else {},
        }
        draft.variants.append(VariantDraft(row, options, fields))


def _variations(row: Row) -> dict[str, dict[str, str]]:
    """Option values by SKU from ``sku=A,size=S,color=Red|sku=B,…``."""
    found = {}
    for part in row.get("variations").split("|"):
        values = _packed(part)
        sku = values.pop("sku", "")
        if sku:
            found[sku] = {name.capitalize(): text for name, text in values.items()}
    return found


def _packed(text: str) -> dict[str, str]:
    """Values from ``size=S,color=Red``; a comma in a value, where no ``name=`` follows, stays in it."""
    found: dict[str, str] = {}
    last = ""
    for part in text.split(","):
        name, equals, value = part.partition("=")
        if equals:
            last = name.strip()
            found[last] = value.strip()
        elif last:
            found[last] += f",{part}"
    return found


def _categories(row: Row) -> list[tuple[str, ...]]:
    """Category paths without the root that every shop has."""
    if row.has("category"):
        lines = tuple(line.strip() for line in row.get("category").split("\n") if line.strip())
        return [lines] if lines else []
    paths = (cells.split_list(path, "/") for path in cells.split_list(row.get("categories")))
    return [path[path[:1] == (_ROOT,) :] for path in paths if path not in ((), (_ROOT,))]


MAGENTO = Dialect(
    name="magento",
    needs="sku, name, price and product_type, attribute_set_code or attribute_set",
    field_of=_NAMES.get,
    recognise=_recognise,
    reader=MagentoReader,
)
