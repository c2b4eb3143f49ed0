"""Every fault a source can have: how grave it is, what is done about it, and what the merchant should do.

``docs/reference/faults.md`` is made from this table, and so is the message of each fault.
"""

from typing import NamedTuple

from shopwright.catalog.faults import Fault, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


class Rule(NamedTuple):
    """``done``: what Shopwright did about it. ``remedy``: what to do in the source."""

    severity: Severity
    done: str
    remedy: str


RULES: dict[str, Rule] = {
    # The file as a whole
    "encoding-damaged": Rule(
        WARNING, "Each damaged place shows a replacement mark.", "Export the file again as UTF-8."
    ),
    "currency-assumed": Rule(INFO, "Prices are read in that currency.", "Name the currency in store.yaml (--store)."),
    # The brand, and the accessibility statement
    "color-corrected": Rule(
        WARNING, "The nearest tone that can be read is used.", "Give that tone in store.yaml, or leave it so."
    ),
    "conformance-contradicted": Rule(
        WARNING, "The statement says partially conformant.", "Mend what was found, or say partial in store.yaml."
    ),
    # Rows
    "header-repeated": Rule(WARNING, "The row is skipped.", "Remove the header row from the middle of the file."),
    "row-empty": Rule(INFO, "The row is skipped.", "Remove the row."),
    "row-too-long": Rule(WARNING, "The cells beyond the header are ignored.", "Quote cells that hold the separator."),
    "row-too-short": Rule(INFO, "The missing cells count as empty.", "Check that no cell was lost in this row."),
    "row-repeated": Rule(INFO, "The row is merged with the earlier one.", "Remove the row."),
    "row-without-product": Rule(ERROR, "The row is not used.", "Give the row the handle or name of its product."),
    "row-without-content": Rule(INFO, "The row is merged with its product.", "Remove the row."),
    "json-invalid": Rule(ERROR, "The line is not used.", "Write one JSON object per line."),
    "line-too-long": Rule(ERROR, "The line is not used.", "Keep each line under 4,000,000 bytes."),
    "value-invalid": Rule(ERROR, "The line is not used.", "Correct the value; see the reference of the format."),
    "value-dropped": Rule(WARNING, "The value is left out.", "Correct the value; see the reference of the format."),
    "patch-invalid": Rule(WARNING, "The column is ignored.", "Leave the Shopwright columns as they were exported."),
    # Products
    "product-invalid": Rule(
        ERROR, "The product and its rows are not used.", "Correct the value in the product's rows."
    ),
    "handle-changed": Rule(WARNING, "The safe form is used.", "Use only a-z, 0-9 and hyphens in handles."),
    "handle-repeated": Rule(ERROR, "The second product is not used.", "Give each product a handle of its own."),
    "handle-taken": Rule(WARNING, "A number is added to the handle.", "Give each product a handle of its own."),
    "handle-in-blocks": Rule(INFO, "The blocks are joined into one product.", "Keep a product's rows together."),
    "title-missing": Rule(WARNING, "The handle stands in for it.", "Give the product a title."),
    "text-cut": Rule(WARNING, "The text is cut at the limit.", "Shorten the text."),
    "status-unknown": Rule(WARNING, "The product is not shown.", "Use active, draft or archived."),
    "type-unknown": Rule(WARNING, "It is read as a simple product.", "Use a product type that the format knows."),
    "parent-missing": Rule(ERROR, "The variation is not used.", "Add the parent, or correct the Parent cell."),
    "address-invalid": Rule(WARNING, "The address is left out.", "Give a complete http or https address."),
    "reference-missing": Rule(WARNING, "The reference is left out.", "Add the product, or correct the reference."),
    "collection-unknown": Rule(INFO, "A collection is made from the handle.", "Describe it in collections.jsonl."),
    "collection-repeated": Rule(ERROR, "The second collection is not used.", "Give each collection its own handle."),
    "too-many-collections": Rule(WARNING, "Later ones are not made.", "Use fewer types or categories."),
    "too-many-values": Rule(WARNING, "Only the first ones are kept.", "Use fewer."),
    "previous-handle-live": Rule(WARNING, "It keeps its own page.", "Remove it from previous_handles."),
    "redirect-loop": Rule(ERROR, "The redirects are left out.", "Let one of them lead to a page."),
    "redirect-shadow": Rule(WARNING, "The redirects are left out.", "A page stands there: remove the redirect."),
    "redirect-dead": Rule(WARNING, "The redirects are left out.", "Let them lead to a page of the store."),
    "redirects-many": Rule(
        INFO, "All are written; Cloudflare Pages reads 2,000.", "Publish to a target, or use fewer."
    ),
    "address-taken": Rule(
        ERROR, "The page keeps its own handle in the address.", "Give each its own translated handle."
    ),
    "translation-missing": Rule(WARNING, "It is shown in the catalogue's own language.", "Translate it."),
    "interface-untranslated": Rule(
        WARNING, "Its buttons and labels are shown in English.", "Use a language that has them: ar, de, en, fr."
    ),
    "market-without-price": Rule(WARNING, "They are not sold there.", "Give them a price in the market's currency."),
    "market-unknown": Rule(
        WARNING, "The market's prices are not used.", "Name it in store.yaml under markets, or correct the name."
    ),
    "feed-left-out": Rule(WARNING, "They are not in the merchant feed.", "Give them what is missing."),
    "translation-orphan": Rule(ERROR, "The translation is not used.", "Correct its slug, or add the product."),
    "locale-unknown": Rule(ERROR, "The translation is not used.", "Use a language code such as de or pt-BR."),
    # Variants
    "variants-missing": Rule(WARNING, "It is shown, but cannot be bought.", "Give it a price."),
    "variant-repeated": Rule(
        WARNING, "A number is added to its last option value.", "Give each variant its own values."
    ),
    "too-many-variants": Rule(ERROR, "The further variants are not used.", "Split the product."),
    "option-missing": Rule(WARNING, "A stand-in is used.", "Give every variant a value for every option."),
    "options-joined": Rule(WARNING, "The third and further options become one.", "Use at most three options."),
    "variation-disabled": Rule(INFO, "It is shown as out of stock.", "Publish the variation to sell it."),
    "price-missing": Rule(WARNING, "It is shown, but cannot be bought.", "Give it a price above 0."),
    "price-zero": Rule(WARNING, "It is shown, but cannot be bought.", "Give it a price above 0."),
    "price-invalid": Rule(ERROR, "It is shown, but cannot be bought.", "Write a price such as 129.50."),
    "price-ambiguous": Rule(
        ERROR, "It is shown, but cannot be bought.", "Write two decimals and no grouping: 1299.00."
    ),
    "price-rounded": Rule(WARNING, "The price is rounded half up.", "Give as many decimals as the currency has."),
    "price-currency": Rule(ERROR, "It is shown, but cannot be bought.", "Use the store's currency in every price."),
    "compare-at-not-higher": Rule(WARNING, "The earlier price is left out.", "Give one above the price, or none."),
    "compare-at-invalid": Rule(WARNING, "The earlier price is left out.", "Write a price such as 129.50."),
    "sale-invalid": Rule(WARNING, "The sale is left out.", "Give a sale price below the price, and dates in order."),
    "market-price-invalid": Rule(WARNING, "The market's price is left out.", "Write a price such as 129.50."),
    "quantity-negative": Rule(WARNING, "It counts as 0.", "Correct the stock."),
    "quantity-invalid": Rule(WARNING, "The stock counts as unknown.", "Write a whole number."),
    "condition-unknown": Rule(WARNING, "It counts as new.", "Write new, refurbished or used."),
    "gtin-invalid": Rule(WARNING, "It is kept as a custom field, not as a GTIN.", "Correct the barcode."),
    "gtin-restricted": Rule(
        WARNING,
        "It is shown, but not told to search engines.",
        "Give the maker's GTIN, or none: this is a house number.",
    ),
    "mpn-placeholder": Rule(WARNING, "It is not told to search engines.", "Give the maker's number, or none."),
    "weight-invalid": Rule(WARNING, "The weight is left out.", "Write a number above 0."),
    "measure-invalid": Rule(WARNING, "It is kept as a custom field.", "Write millimetres, for example 52."),
    "flag-unknown": Rule(WARNING, "The default is used.", "Write TRUE or FALSE."),
    # Pictures
    "picture-address": Rule(WARNING, "The picture is left out.", "Give an http(s) address or a path in the store."),
    "picture-missing": Rule(WARNING, "A drawing stands in for it.", "Put the picture there (--pictures-folder)."),
    "alt-missing": Rule(INFO, "One is made from the product's data.", "Say what each picture shows, in its alt field."),
    "alt-meaningless": Rule(
        WARNING, "One is made from the product's data instead.", "Say what the picture shows, or leave the field empty."
    ),
    "alt-too-long": Rule(INFO, "It is shortened.", "Say in up to 250 characters what the picture shows."),
    "too-many-pictures": Rule(WARNING, "The further pictures are left out.", "Use at most 250 pictures."),
}


def fault(code: str, found: str, row: int | None = None, column: str | None = None, value: str = "") -> Fault:
    """A fault whose message says what was found, what was done and what to do."""
    rule = RULES[code]
    return Fault(code, rule.severity, f"{found} {rule.done} {rule.remedy}", row, column, value[:200])


def fault_table() -> str:
    """Every rule as a table in Markdown, for the reference of faults."""
    rows = (f"| `{code}` | {rule.severity} | {rule.done} | {rule.remedy} |" for code, rule in sorted(RULES.items()))
    return "\n".join(("| code | severity | what was done | what to do |", "|---|---|---|---|", *rows))
