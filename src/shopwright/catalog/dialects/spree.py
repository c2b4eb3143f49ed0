"""Spree's product CSV: the slug repeated on every row, a master row first, translations in a file beside it."""

import re
from pathlib import Path
from typing import Any

from shopwright.catalog import cells
from shopwright.catalog.dialects.dialect import Dialect, Rows
from shopwright.catalog.dialects.product_fields import (
    add_frame,
    beyond_head,
    claim_handle,
    color_of,
    option_names,
    option_values,
    title_or_handle,
)  # fmt: skip
from shopwright.catalog.draft import Draft, Import, VariantDraft
from shopwright.catalog.money import known_currencies
from shopwright.catalog.pictures import picture_source
from shopwright.catalog.prices import read_price
from shopwright.catalog.product import Status
from shopwright.catalog.rich_text import merchant_html
from shopwright.catalog.row import Row
from shopwright.catalog.text import is_locale

_NAMES = {
    "slug": "slug",
    "sku": "sku",
    "name": "name",
    "price": "price",
    "compare_at_price": "compare at",
    "currency": "currency",
    "status": "status",
    "description": "description",
    "meta_title": "seo title",
    "meta_description": "seo description",
    "tags": "tags",
    "product_type": "type",
    "weight": "weight",
    "weight_unit": "weight unit",
    "inventory_count": "quantity",
    "inventory_backorderable": "backorder",
    "track_inventory": "tracked",
    "locale": "locale",
}
_NUMBERED = re.compile(r"(option([1-3])_(name|value)|category([1-9])|image([1-9][0-9]?)_(src|alt))")
_STATUS = {"active": Status.ACTIVE, "draft": Status.DRAFT, "archived": Status.ARCHIVED}


def _field_of(name: str) -> str | None:
    return name.replace("_", " ") if _NUMBERED.fullmatch(name) else _NAMES.get(name)


def _recognise(fields: frozenset[str]) -> tuple[str, ...]:
    marks = sorted(fields & {"option1 name", "category1", "image1 src", "backorder"})
    return ("slug", "price", marks[0]) if {"slug", "name", "price"} <= fields and marks else ()


def translations_beside(path: Path) -> list[Path]:
    """``product_translations.csv`` beside ``products.csv``."""
    found = path.with_name(f"{path.stem.removesuffix('s')}_translations.csv")
    return [found] if found.is_file() else []


class SpreeReader:
    """Reads one Spree file with its translations; see ``Reader``."""

    def __init__(self, run: Import, rows: Rows) -> None:  # noqa: ARG002 - this dialect needs no look ahead
        self._run = run

    def family(self, row: Row) -> str | None:
        """The slug."""
        return row.get("slug") or row.get("name") or None

    def draft(self, rows: list[Row]) -> Draft | None:
        """A product from its master row, its variant rows and its translations."""
        own = [row for row in rows if not row.has("locale")]
        translations = [row for row in rows if row.has("locale")]
        if not own:
            for row in translations:
                self._run.note("translation-orphan", row, "slug", f"There is no product {row.get('slug')[:80]!r}.")
            return None
        head = next((row for row in own if row.get("name")), own[0])
        head.use()
        names = option_names(own)
        draft = Draft(rows, self._fields(head), list(names.values()))
        draft.fields["translations"] = self._translations(translations)
        for number in range(1, 10):
            path = cells.split_list(head.get(f"category{number}"), "->")
            draft.add_group(*path)
            draft.fields["category"] = draft.fields["category"] or path
        is_master = names and not any(head.get(f"option{place} value") for place in names)
        self._add_variants(draft, [row for row in own if not (row is head and is_master)], tuple(names))
        for row in own:
            self._add_pictures(draft, row)
        add_frame(draft, self._run)
        return draft

    def _fields(self, head: Row) -> dict[str, Any]:
        run = self._run
        handle = claim_handle(head, "slug", "name", run)
        status = head.get("status").casefold()
        if status and status not in _STATUS:
            run.note("status-unknown", head, "status", f"{status[:40]!r} is no status.")
        return {
            "handle": handle,
            "title": title_or_handle(head, "name", handle, run),
            "description": merchant_html(head.get("description")),
            "product_type": head.get("type") or None,
            "category": (),
            "tags": cells.split_list(head.get("tags")),
            "status": _STATUS.get(status, Status.DRAFT if status else Status.ACTIVE),
            "seo": _seo(head),
            "custom": head.extras(),
        }

    def _add_variants(self, draft: Draft, rows: list[Row], places: tuple[int, ...]) -> None:
        """One variant per SKU; a further row of a SKU in another currency is a price for that market."""
        known: dict[str, VariantDraft] = {}
        for row in rows:
            first = known.get(row.get("sku"))
            if first and row.get("currency") != first.row.get("currency"):
                self._add_price(first.fields, row)
                row.use()
                continue
            options = option_values(draft, row, places, self._run)
            variant = VariantDraft(row, options, self._variant(draft, row, options))
            draft.variants.append(variant)
            known.setdefault(row.get("sku"), variant)
            self._add_price(variant.fields, row)
        for variant in draft.variants:
            self._look_for_price(variant)

    def _add_price(self, fields: dict[str, Any], row: Row) -> None:
        """Take the price of a row: the variant's own in the store's currency, else that of a market."""
        run, currency = self._run, row.get("currency").upper() or self._run.store.currency
        if currency == run.store.currency:
            fields["price"] = cells.price(row, "price", run)
            fields["compare_at_price"] = cells.compare_at(row, "compare at", fields["price"], run)
        elif currency in known_currencies():
            price = read_price(row.get("price"), currency).money
            fields["markets"] = (*fields["markets"], {"market": currency, "price": price})[:50]

    def _look_for_price(self, variant: VariantDraft) -> None:
        if "price" not in variant.fields:
            currency = self._run.store.currency
            self._run.note("price-currency", variant.row, "currency", f"There is no price in {currency}.")

    def _add_pictures(self, draft: Draft, row: Row) -> None:
        for number in range(1, 100):
            name = f"image{number} src"
            if not row.has(name):
                break
            draft.add_picture(self._run, row, name, row.get(name), row.get(f"image{number} alt"))

    def _variant(self, draft: Draft, row: Row, options: tuple[str, ...]) -> dict[str, Any]:
        run = self._run
        tracked = cells.flag(row, "tracked", run, default=True)
        pieces = cells.quantity(row, "quantity", run) if tracked else None
        unit = row.get("weight unit").casefold()
        return {
            "sku": row.get("sku")[:200] or None,
            **cells.stock(pieces, backorder=cells.flag(row, "backorder", run, default=False)),
            "markets": (),
            "color": color_of(draft.options, options),
            "picture": picture_source(row.get("image1 src")) if row.get("image1 src") and draft.options else None,
            "weight_g": cells.grams(row, "weight", unit, run) if unit in cells.GRAMS else None,
            "custom": beyond_head(row, draft.rows[0]),
        }

    def _translations(self, rows: list[Row]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row in rows:
            try:
                locale = is_locale(row.get("locale").replace("_", "-"))
            except ValueError as error:
                self._run.note("locale-unknown", row, "locale", f"{error}.")
                row.refuse()
                continue
            description = merchant_html(row.get("description")) if row.get("description") else None
            title = row.get("name")[:300] or None
            found[locale] = {"title": title, "description": description, "seo": _seo(row)}
            row.use()
        return found


def _seo(row: Row) -> dict[str, str | None]:
    return {"title": row.get("seo title")[:300] or None, "description": row.get("seo description")[:1_000] or None}


SPREE = Dialect(
    name="spree",
    needs="slug, name, price and option1_name, category1 or image1_src",
    field_of=_field_of,
    recognise=_recognise,
    reader=SpreeReader,
    siblings=translations_beside,
    currency_of=lambda row: row.get("currency").upper() or None,
)
