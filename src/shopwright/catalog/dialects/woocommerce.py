"""WooCommerce's product CSV: variations name their parent by SKU or ``id:``, in any order."""

from collections.abc import Iterator
from itertools import islice
from itertools import product as combinations
from math import prod
from typing import Any

from shopwright.catalog import cells
from shopwright.catalog.dialects.dialect import Dialect, Rows
from shopwright.catalog.dialects.product_fields import add_frame, color_of, handle_from
from shopwright.catalog.dialects.woocommerce_columns import field_of, recognise
from shopwright.catalog.draft import Draft, Import, VariantDraft
from shopwright.catalog.product import MAX_VARIANTS, Availability, Kind, Status
from shopwright.catalog.rich_text import merchant_html, plain_text
from shopwright.catalog.row import Row
from shopwright.catalog.text import is_web_address

_KINDS = frozenset({"simple", "variable", "variation", "grouped", "external", "virtual", "downloadable"})
PARENT_SKU = "shopwright:"
"""How the SKU begins that an exported file gives to a product without one, so that its variations can name it."""
Attributes = dict[str, tuple[str, ...]]
"""Attribute values by name."""


class WooReader:
    """Reads one WooCommerce file; see ``Reader``. The first pass learns which handle each SKU and id has."""

    def __init__(self, run: Import, rows: Rows) -> None:
        self._run = run
        self._by_id: dict[str, str] = {}
        self._by_sku: dict[str, str] = {}
        self._by_number: dict[int, str] = {}
        for row in rows():
            if row.get("name") and not _is_variation(row):
                self._learn(row)

    def _learn(self, row: Row) -> None:
        handle = self._run.free_handle(handle_from(row.get("name"), row.get("sku")))
        self._by_number[row.number] = handle
        if row.get("id"):
            self._by_id.setdefault(row.get("id"), handle)
        if row.get("sku"):
            self._by_sku.setdefault(row.get("sku"), handle)

    def _referred(self, text: str) -> str | None:
        """The handle of a product by ``id:5``, SKU, or plain id."""
        if text.startswith("id:"):
            return self._by_id.get(text[3:].strip())
        return self._by_sku.get(text) or self._by_id.get(text)

    def family(self, row: Row) -> str | None:
        """The handle of the product, or of the parent."""
        if not _is_variation(row):
            return self._by_number.get(row.number)
        return self._referred(row.get("parent")) or f"orphan of {row.get('parent')}"

    def draft(self, rows: list[Row]) -> Draft | None:
        """A product from its own row and those of its variations."""
        head = next((row for row in rows if not _is_variation(row)), None)
        if head is None:
            for row in rows:
                self._run.note("parent-missing", row, "parent", f"There is no product {row.get('parent')[:80]!r}.")
            return None
        head.use()
        draft = Draft(rows, self._fields(head, self._by_number[head.number]))
        self._add_variants(draft, head, [row for row in rows if row is not head])
        self._add_pictures(draft, head)
        add_frame(draft, self._run)
        for path in cells.split_list(head.get("categories")):
            draft.add_group(*cells.split_list(path, ">"))
        return draft

    def _fields(self, head: Row, handle: str) -> dict[str, Any]:
        kinds = self._kinds(head)
        paths = [cells.split_list(path, ">") for path in cells.split_list(head.get("categories"))]
        return {
            "handle": handle,
            "title": head.get("name"),
            "description": merchant_html(head.get("description").replace("\\n", "\n")),
            "summary": plain_text(head.get("summary").replace("\\n", "\n")),
            "brand": head.get("brand") or None,
            "category": max(paths, key=len, default=()),
            "tags": cells.split_list(head.get("tags")),
            "status": Status.ACTIVE if head.get("published") in ("", "1") else Status.DRAFT,
            **self._kind(head, kinds),
            "requires_shipping": "virtual" not in kinds,
            "featured": cells.flag(head, "featured", self._run, default=False),
            "custom": {**self._own_sku(head), **head.extras()},
        }

    def _own_sku(self, head: Row) -> dict[str, str]:
        """The SKU of a product that is sold by its variations, which no variant can carry."""
        is_parent = {"variable", "grouped"} & set(cells.split_list(head.get("type").casefold()))
        sku = head.get("sku")
        return {"SKU": sku} if sku and is_parent and not sku.startswith(PARENT_SKU) else {}

    def _kinds(self, head: Row) -> set[str]:
        kinds = {kind.casefold() for kind in cells.split_list(head.get("type"))}
        if kinds - _KINDS:
            self._run.note("type-unknown", head, "type", f"{head.get('type')[:80]!r} is no product type.")
        return kinds

    def _kind(self, head: Row, kinds: set[str]) -> dict[str, Any]:
        if "external" in kinds:
            try:
                address = is_web_address(head.get("external url"))
            except ValueError as error:
                self._run.note("address-invalid", head, "external url", f"{error}.")
                return {"kind": Kind.STANDARD, "status": Status.DRAFT}
            label = head.get("external label") or None
            return {"kind": Kind.EXTERNAL, "external_url": address, "external_label": label}
        if "grouped" in kinds:
            return {"kind": Kind.GROUPED, "grouped": tuple(dict.fromkeys(self._members(head)))[:250]}
        return {"kind": Kind.STANDARD}

    def _members(self, head: Row) -> Iterator[str]:
        for text in cells.split_list(head.get("grouped")):
            handle = self._referred(text)
            if handle:
                yield handle
            else:
                self._run.note("reference-missing", head, "grouped", f"There is no product {text[:80]!r}.")

    def _add_variants(self, draft: Draft, head: Row, variations: list[Row]) -> None:
        attributes = _attributes(head)
        own = [{name: values for name, values in _attributes(row).items() if values} for row in variations]
        varying = [name for name in attributes if any(name in values for values in own)]
        varying += dict.fromkeys(name for values in own for name in values if name not in attributes)
        if variations:
            draft.options = varying or list(attributes)[:1]
            self._add_variations(draft, variations, own, attributes)
        elif draft.fields["kind"] is not Kind.GROUPED and "variable" not in head.get("type").casefold():
            draft.variants.append(VariantDraft(head, (), self._variant(draft, head)))
        if not draft.variants and draft.fields["kind"] is not Kind.GROUPED:
            self._run.note("variants-missing", head, "type", "The product has no variation.")
        rest = {name: ", ".join(values) for name, values in attributes.items() if name not in draft.options}
        draft.fields["custom"] = {**rest, **draft.fields["custom"]}

    def _add_variations(self, draft: Draft, rows: list[Row], own: list[Attributes], attributes: Attributes) -> None:
        """One variant per variation. One for *any* value of an attribute becomes one for each value that is left."""
        names = draft.options
        choices = [[values.get(name) or attributes.get(name) or ("Any",) for name in names] for values in own]
        exact = {tuple(one[0] for one in choice) for choice in choices if all(len(one) == 1 for one in choice)}
        for row, choice in zip(rows, choices, strict=True):
            fields = self._variant(draft, row)
            is_any, room = prod(map(len, choice)) > 1, max(1, MAX_VARIANTS - len(draft.variants))
            if prod(map(len, choice)) > room:
                self._run.note("too-many-variants", row, "attribute1 values", "The variation stands for too many.")
            for options in islice(combinations(*choice), room):
                if not (is_any and options in exact):
                    color = {"color": color_of(names, options)}
                    draft.variants.append(VariantDraft(row, options, {**fields, **color}))

    def _variant(self, draft: Draft, row: Row) -> dict[str, Any]:
        run = self._run
        is_variation = _is_variation(row)
        custom = row.extras() if is_variation else {}
        price = cells.price(row, "price", run)
        variant = {
            "sku": row.get("sku")[:200] or None,
            "gtin": cells.gtin(row, "gtin", run, custom),
            "price": price,
            "sale": cells.sale(row, price, ("sale price", "sale starts", "sale ends"), run),
            **self._stock(row),
            "picture": self._add_own_picture(draft, row) if is_variation else None,
            "weight_g": self._weight(row),
            "custom": custom,
        }
        if is_variation and row.get("published") not in ("", "1"):
            run.note("variation-disabled", row, "published", "The variation is not published.")
            variant["availability"] = Availability.OUT_OF_STOCK
        return variant

    def _stock(self, row: Row) -> dict[str, Any]:
        backorder = row.get("backorders").casefold() in ("1", "notify", "yes")
        pieces = cells.quantity(row, "stock", self._run)
        if pieces is not None:
            return cells.stock(pieces, backorder=backorder)
        text = row.get("in stock").casefold()
        if text in ("backorder", "onbackorder"):
            return {"availability": Availability.BACKORDER}
        shown = cells.flag(row, "in stock", self._run, default=True)
        return {"availability": Availability.IN_STOCK if shown else Availability.OUT_OF_STOCK}

    def _weight(self, row: Row) -> float | None:
        found = (
            cells.grams(row, f"weight {unit}", unit, self._run) for unit in cells.GRAMS if row.has(f"weight {unit}")
        )
        return next(found, None)

    def _add_own_picture(self, draft: Draft, row: Row) -> str | None:
        first = cells.split_list(row.get("images"))[:1]
        return draft.add_picture(self._run, row, "images", first[0]) if first else None

    def _add_pictures(self, draft: Draft, head: Row) -> None:
        """The product's own pictures, before those that its variations brought."""
        brought, draft.pictures = draft.pictures, []
        for text in cells.split_list(head.get("images")):
            draft.add_picture(self._run, head, "images", text)
        draft.pictures += brought


def _is_variation(row: Row) -> bool:
    return "variation" in row.get("type").casefold()


def _attributes(row: Row) -> Attributes:
    """The attributes of a row, in the order of their columns. A variation has one value of each, or none for any."""
    found: Attributes = {}
    number = 1
    while row.has(f"attribute{number} name"):
        name, text = row.get(f"attribute{number} name"), row.get(f"attribute{number} values")
        if name and _is_variation(row):
            found.setdefault(name, (text.replace("\\,", ","),) if text else ())
        elif name:
            found.setdefault(name, tuple(dict.fromkeys(cells.split_list(text))))
        number += 1
    return found


WOOCOMMERCE = Dialect(
    name="woocommerce",
    needs="Type, Name and Regular price",
    field_of=field_of,
    recognise=recognise,
    reader=WooReader,
)
