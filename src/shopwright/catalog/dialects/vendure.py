"""Vendure's product CSV: rows without name and slug continue the product above; ``|`` parts values."""

from typing import Any

from shopwright.catalog import cells
from shopwright.catalog.dialects.dialect import Dialect, Rows
from shopwright.catalog.dialects.product_fields import add_frame, beyond_head, claim_handle, color_of, title_or_handle
from shopwright.catalog.draft import Draft, Import, VariantDraft
from shopwright.catalog.rich_text import merchant_html
from shopwright.catalog.row import Row

_FIELDS = frozenset(
    (
        "name", "slug", "description", "assets", "facets", "optiongroups", "optionvalues", "sku", "price",
        "stockonhand", "trackinventory", "variantassets",
    )
)  # fmt: skip


def _field_of(name: str) -> str | None:
    return name if name in _FIELDS else None


def _recognise(fields: frozenset[str]) -> tuple[str, ...]:
    needed = ("name", "price", "optiongroups", "optionvalues")
    return needed if fields.issuperset(needed) else ()


class VendureReader:
    """Reads one Vendure file; see ``Reader``."""

    def __init__(self, run: Import, rows: Rows) -> None:  # noqa: ARG002 - this dialect needs no look ahead
        self._run = run
        self._family: str | None = None

    def family(self, row: Row) -> str | None:
        """The slug, or that of the product above."""
        self._family = row.get("slug") or row.get("name") or self._family
        return self._family

    def draft(self, rows: list[Row]) -> Draft:
        """A product from its first row, which is a variant too, and its further variants."""
        run, head = self._run, rows[0]
        head.use()
        handle = claim_handle(head, "slug", "name", run)
        fields: dict[str, Any] = {
            "handle": handle,
            "title": title_or_handle(head, "name", handle, run),
            "description": merchant_html(head.get("description")),
            "custom": head.extras(),
        }
        draft = Draft(rows, fields, list(cells.split_list(head.get("optiongroups"), "|")))
        for text in cells.split_list(head.get("assets"), "|"):
            draft.add_picture(run, head, "assets", text)
        self._add_facets(draft, head)
        for row in rows:
            options = self._options(draft, row)
            draft.variants.append(VariantDraft(row, options, self._variant(draft, row, options)))
        add_frame(draft, run)
        return draft

    def _add_facets(self, draft: Draft, head: Row) -> None:
        """``category`` facets are categories, ``brand`` is the brand, every other facet is a tag."""
        facets = [text.partition(":") for text in cells.split_list(head.get("facets"), "|")]
        draft.fields["category"] = [value.strip() for name, _, value in facets if name.strip() == "category" and value]
        for category in draft.fields["category"]:
            draft.add_group(category)
        draft.fields["brand"] = next((value.strip() for name, _, value in facets if name.strip() == "brand"), None)
        others = [value or name for name, _, value in facets if name.strip() not in ("category", "brand")]
        draft.fields["tags"] = [text.strip() for text in others if text.strip()]

    def _options(self, draft: Draft, row: Row) -> tuple[str, ...]:
        values = list(cells.split_list(row.get("optionvalues"), "|"))[: len(draft.options)]
        missing = len(draft.options) - len(values)
        if missing:
            self._run.note("option-missing", row, "optionvalues", f"{missing} of the option values are missing.")
        return (*values, *["Default"] * missing)

    def _variant(self, draft: Draft, row: Row, options: tuple[str, ...]) -> dict[str, Any]:
        run = self._run
        tracked = cells.flag(row, "trackinventory", run, default=True)
        pieces = cells.quantity(row, "stockonhand", run)
        own = [
            draft.add_picture(run, row, "variantassets", text)
            for text in cells.split_list(row.get("variantassets"), "|")
        ]
        return {
            "sku": row.get("sku")[:200] or None,
            "price": cells.price(row, "price", run),
            **cells.stock(pieces if tracked else None, backorder=False),
            "color": color_of(draft.options, options),
            "picture": next(filter(None, own), None),
            "custom": beyond_head(row, draft.rows[0]),
        }


VENDURE = Dialect(
    name="vendure",
    needs="name, slug, optionGroups, optionValues and price",
    field_of=_field_of,
    recognise=_recognise,
    reader=VendureReader,
    adjoining=True,
)
