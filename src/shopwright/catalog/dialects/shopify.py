"""Shopify's product CSV: one row per variant, further rows for further pictures, product fields on the first row."""

from collections.abc import Iterator
from typing import Any

from shopwright.catalog import cells
from shopwright.catalog.dialects.dialect import Dialect, Rows
from shopwright.catalog.dialects.product_fields import (
    add_frame,
    claim_handle,
    color_of,
    option_names,
    option_values,
    title_or_handle,
)  # fmt: skip
from shopwright.catalog.dialects.shopify_columns import MARKET, OF_VARIANTS, field_of, recognise
from shopwright.catalog.draft import Draft, Import, VariantDraft
from shopwright.catalog.product import Status
from shopwright.catalog.rich_text import merchant_html
from shopwright.catalog.row import Row, normalise

_OF_A_VARIANT = (
    "option1 value", "option2 value", "option3 value", "price", "sku", "barcode", "grams", "quantity", "policy",
    "compare at", "shipping", "tracker",
)  # fmt: skip
_STATUS = {"active": Status.ACTIVE, "draft": Status.DRAFT, "archived": Status.ARCHIVED, "unlisted": Status.DRAFT}


class ShopifyReader:
    """Reads one Shopify file; see ``Reader``."""

    def __init__(self, run: Import, rows: Rows) -> None:  # noqa: ARG002 - this dialect needs no look ahead
        self._run = run

    def family(self, row: Row) -> str | None:
        """The handle; a product without one is known by its title."""
        return row.get("handle") or row.get("title") or None

    def draft(self, rows: list[Row]) -> Draft:
        """A product from its rows."""
        head = next((row for row in rows if row.get("title")), rows[0])
        head.use()
        handle = claim_handle(head, "handle", "title", self._run)
        names = option_names(rows)
        draft = Draft(rows, self._fields(head, handle), list(names.values()))
        for row in rows:
            self._add_row(draft, row, tuple(names), is_head=row is head)
        add_frame(draft, self._run)
        if not draft.variants:
            self._run.note("variants-missing", head, "price", "The product has no variant.")
        return draft

    def _fields(self, head: Row, handle: str) -> dict[str, Any]:
        run = self._run
        return {
            "handle": handle,
            "title": title_or_handle(head, "title", handle, run),
            "description": merchant_html(head.get("body")),
            "brand": head.get("vendor") or None,
            "product_type": head.get("type") or None,
            "category": cells.split_list(head.get("category"), ">"),
            "tags": cells.split_list(head.get("tags")),
            "status": self._status(head),
            "condition": cells.condition(head, "condition", run),
            "requires_shipping": not cells.flag(head, "gift card", run, default=False)
            and cells.flag(head, "shipping", run, default=True),
            "seo": {
                "title": head.get("seo title")[:300] or None,
                "description": head.get("seo description")[:1_000] or None,
            },
            "custom": {name: text for name, text in head.extras().items() if normalise(name) not in OF_VARIANTS},
        }

    def _status(self, head: Row) -> Status:
        text = head.get("status").casefold()
        if text not in _STATUS and text:
            self._run.note("status-unknown", head, "status", f"{text[:40]!r} is no status.")
        status = _STATUS.get(text, Status.DRAFT if text else Status.ACTIVE)
        shown = cells.flag(head, "published", self._run, default=True)
        return status if shown or status is not Status.ACTIVE else Status.DRAFT

    def _add_row(self, draft: Draft, row: Row, places: tuple[int, ...], *, is_head: bool) -> None:
        position = cells.number(row.get("image position"))
        if draft.add_picture(self._run, row, "image src", row.get("image src"), row.get("image alt")):
            draft.pictures[-1].position = int(position) if position is not None else None
        if any(row.get(name) for name in _OF_A_VARIANT):
            options = option_values(draft, row, places, self._run)
            draft.variants.append(VariantDraft(row, options, self._variant(draft, row, options, is_head=is_head)))
        if is_head:
            for group in (draft.fields["category"][-1:], (row.get("type"),), (row.get("collection"),)):
                draft.add_group(*group)

    def _variant(self, draft: Draft, row: Row, options: tuple[str, ...], *, is_head: bool) -> dict[str, Any]:
        run = self._run
        custom = {name: text for name, text in row.extras().items() if not is_head or normalise(name) in OF_VARIANTS}
        price = cells.price(row, "price", run)
        return {
            "sku": row.get("sku")[:200] or None,
            "gtin": cells.gtin(row, "barcode", run, custom),
            "mpn": row.get("mpn")[:70] or None,
            "price": price,
            "compare_at_price": cells.compare_at(row, "compare at", price, run),
            "markets": tuple(_markets(row, run)),
            **self._stock(row),
            "color": color_of(draft.options, options),
            "picture": draft.add_picture(run, row, "variant image", row.get("variant image")),
            "weight_g": cells.grams(row, "grams", "g", run),
            "custom": custom,
        }

    def _stock(self, row: Row) -> dict[str, Any]:
        """Shopify counts pieces only where a tracker is named."""
        if row.has("tracker") and not row.get("tracker"):
            return cells.stock(None, backorder=False)
        backorder = row.get("policy").casefold() in ("continue", "true")
        return cells.stock(cells.quantity(row, "quantity", self._run), backorder=backorder)


def _markets(row: Row, run: Import) -> Iterator[dict[str, Any]]:
    """Prices of markets from ``Included / X``, ``Price / X`` and ``Compare-at price / X``, in the market's currency."""
    currencies = {market.name: market.currency for market in run.store.markets}
    names: dict[str, str] = {}
    for name, place in row.header.fields.items():
        found = MARKET.fullmatch(name)
        if found:
            names.setdefault(found.group(2), row.header.names[place].split("/", 1)[1].strip())
    for key, market in names.items():
        cells_given = [row.get(f"{part} / {key}") for part in ("included", "price", "compare-at price")]
        if any(cells_given):
            yield {
                "market": market[:300],
                "included": cells.flag(row, f"included / {key}", run, default=True),
                **{
                    field: cells.other_price(
                        row, f"{name} / {key}", run, "market-price-invalid", currencies.get(market)
                    )
                    for field, name in (("price", "price"), ("compare_at_price", "compare-at price"))
                },
            }


SHOPIFY = Dialect(
    name="shopify",
    needs="Handle (or URL handle), Title and Variant Price (or Price)",
    field_of=field_of,
    recognise=recognise,
    reader=ShopifyReader,
    adjoining=True,
)
