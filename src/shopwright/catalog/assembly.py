"""From a draft to a product: what clashes is told apart, what is too much is cut, what is wrong is left out."""

from collections.abc import Collection
from typing import Any

import orjson
from pydantic import ValidationError

from shopwright.catalog.draft import Draft, Import, VariantDraft
from shopwright.catalog.fault_rules import fault
from shopwright.catalog.patch import apply_patch
from shopwright.catalog.product import MAX_OPTIONS, MAX_PICTURES, MAX_VARIANTS, Product
from shopwright.catalog.row import Row
from shopwright.catalog.text import make_handle

MAX_LINE = 300
"""Characters of a title, a name, an option value."""
MAX_NAMES = 250
"""Tags, and collections, of one product."""
PRODUCT_PATCH = "shopwright product"
VARIANT_PATCH = "shopwright variant"
COLLECTIONS = "shopwright collections"
"""Fields of the columns in which an exported file carries what its format has no column for."""


def assemble(draft: Draft, run: Import) -> Product | None:
    """The product of a draft, or ``None`` (and all its rows refused) when nothing can be made of it."""
    _limit_options(draft, run)
    _settle_variants(draft, run)
    fields = _cut_texts(draft, run)
    fields["options"] = tuple(draft.options)
    fields["variants"] = _variants(draft)
    fields["pictures"] = _pictures(draft, run)
    fields["collections"] = tuple(draft.groups)[:MAX_NAMES]
    product = _validated(fields, draft, run)
    product = product and _patched(product, draft, run)
    if product is None:
        for row in draft.rows:
            row.refuse()
    return product


def _limit_options(draft: Draft, run: Import) -> None:
    if len(draft.options) > MAX_OPTIONS:
        run.note("options-joined", draft.rows[0], "option1 name", f"The product has {len(draft.options)} options.")
        draft.options[2:] = [" / ".join(draft.options[2:])]
        for variant in draft.variants:
            variant.options = (*variant.options[:2], " / ".join(variant.options[2:]))
    draft.options = _told_apart([option[:MAX_LINE] for option in draft.options])


def _told_apart(names: list[str]) -> list[str]:
    taken: list[str] = []
    for name in names:
        free, number = name, 2
        while free in taken:
            free, number = f"{name[:290]} ({number})", number + 1
        taken.append(free)
    return taken


def _name_versions(draft: Draft, run: Import) -> None:
    """Give a product without options, but with several variants, an option that tells them apart."""
    if draft.options or len({tuple(variant.row.cells) for variant in draft.variants}) < 2:
        return
    run.note("variant-repeated", draft.variants[1].row, "title", "Several variants have no option values.")
    draft.options = ["Variant"]
    numbers: dict[tuple[str, ...], str] = {}
    for variant in draft.variants:
        variant.options = (numbers.setdefault(tuple(variant.row.cells), str(len(numbers) + 1)),)


def _settle_variants(draft: Draft, run: Import) -> None:
    """Merge repeated rows, tell apart variants with equal option values, refuse those beyond the bound."""
    _name_versions(draft, run)
    seen: dict[tuple[str, ...], Row] = {}
    settled: dict[tuple[str, ...], VariantDraft] = {}
    for variant in draft.variants:
        row = variant.row
        first = seen.setdefault(tuple(row.cells), row)
        if first is not row:
            run.note("row-repeated", row, "title", f"The row repeats row {first.number}.")
            row.merge()
        elif len(settled) == MAX_VARIANTS:
            run.note("too-many-variants", row, "title", f"A product has at most {MAX_VARIANTS:,} variants.")
            row.refuse()
        else:
            options = tuple(value[:MAX_LINE] for value in variant.options)
            variant.options = _free_options(options, settled, row, run)
            settled[variant.options] = variant
            row.use()
    draft.variants = list(settled.values())


def _free_options(
    options: tuple[str, ...], taken: Collection[tuple[str, ...]], row: Row, run: Import
) -> tuple[str, ...]:
    """The option values, the last one numbered when an earlier variant has the same."""
    free, number = options, 2
    while free in taken:
        free, number = (*options[:-1], f"{options[-1][:290]} ({number})"), number + 1
    if free != options:
        run.note("variant-repeated", row, "option1 value", f"The variant {' / '.join(options)[:80]!r} stands twice.")
    return free


def _variants(draft: Draft) -> tuple[dict[str, Any], ...]:
    """The variants with an id each: from the option values, else the SKU, else a number."""
    taken: set[str] = set()
    variants = []
    for variant in draft.variants:
        wanted = make_handle("-".join(variant.options)) or make_handle(variant.fields.get("sku") or "") or "default"
        free, number = wanted, 2
        while free in taken:
            free, number = f"{wanted[:140]}-{number}", number + 1
        taken.add(free)
        variants.append({**variant.fields, "id": free, "options": variant.options})
    return tuple(variants)


def _pictures(draft: Draft, run: Import) -> tuple[dict[str, str], ...]:
    """The pictures in their order, each address once."""
    ordered = sorted(draft.pictures, key=lambda picture: (picture.position is None, picture.position or 0))
    pictures: dict[str, dict[str, str]] = {}
    for picture in ordered:
        if len(pictures) == MAX_PICTURES and picture.source not in pictures:
            run.note("too-many-pictures", picture.row, "image src", f"A product has at most {MAX_PICTURES} pictures.")
            break
        known = pictures.get(picture.source)
        if known is None:
            pictures[picture.source] = {"source": picture.source, "alt": picture.alt[:1_000]}
            picture.row.use()
        elif not known["alt"]:
            known["alt"] = picture.alt[:1_000]
    return tuple(pictures.values())


def _cut_texts(draft: Draft, run: Import) -> dict[str, Any]:
    """The fields of the product within their bounds."""
    fields = dict(draft.fields)
    for name in ("title", "brand", "product_type", "external_label"):
        text = fields.get(name)
        if text and len(text) > MAX_LINE:
            run.note("text-cut", draft.rows[0], name, f"{name} has {len(text):,} characters, more than {MAX_LINE}.")
            fields[name] = text[:MAX_LINE]
    if fields.get("summary"):
        fields["summary"] = fields["summary"][:2_000]
    tags = tuple(dict.fromkeys(tag[:MAX_LINE] for tag in fields.get("tags", ())))
    if max(len(tags), len(draft.groups)) > MAX_NAMES:
        run.note("too-many-values", draft.rows[0], "tags", f"There are more than {MAX_NAMES} tags or collections.")
    fields["tags"] = tags[:MAX_NAMES]
    fields["category"] = tuple(part[:MAX_LINE] for part in fields.get("category", ()))[:10]
    fields["custom"] = {name[:200]: text[:20_000] for name, text in fields.get("custom", {}).items()}
    return fields


def _validated(fields: dict[str, Any], draft: Draft, run: Import) -> Product | None:
    """The checked product. Optional values that break a rule are left out one round after the other."""
    for _ in range(10):
        try:
            return Product.model_validate(fields)
        except ValidationError as error:
            problems = error.errors(include_url=False, include_context=False)[:50]
        code = "value-dropped" if all(_drop(fields, problem["loc"]) for problem in problems) else "product-invalid"
        for problem in problems:
            place = ".".join(str(part) for part in problem["loc"]) or "product"
            found = f"{place}: {problem['msg']}."
            run.report.add(fault(code, found, draft.rows[0].number, place, str(problem.get("input"))[:200]))
        if code == "product-invalid":
            return None
    return None


def _drop(fields: dict[str, Any], place: tuple[int | str, ...]) -> bool:
    """Leave out an optional value; false if the product cannot be without it."""
    match place:
        case ("variants", int(index), str(name), *_) if name not in ("id", "options"):
            fields["variants"][index].pop(name, None)
        case (str(name), *_) if name not in ("handle", "title", "variants", "options"):
            fields.pop(name, None)
        case _:
            return False
    return True


def _patched(product: Product, draft: Draft, run: Import) -> Product:
    """The product with what an exported file carries in columns of our own."""
    texts = [variant.row.get(VARIANT_PATCH) for variant in draft.variants]
    first = next((row for row in draft.rows if row.get(PRODUCT_PATCH)), None)
    if first is None and not any(texts):
        return product
    try:
        whole = product.model_dump(mode="json", exclude_defaults=True)
        pairs = zip(whole.pop("variants", ()), texts, strict=True)
        whole["variants"] = [apply_patch(variant, read_patch(text)) for variant, text in pairs]
        whole = apply_patch(whole, read_patch(first.get(PRODUCT_PATCH) if first else ""))
        return Product.model_validate(whole)
    except (ValueError, RecursionError) as error:
        row = first or draft.rows[0]
        run.note(
            "patch-invalid", row, PRODUCT_PATCH, f"The column cannot be used ({str(error).splitlines()[0][:120]})."
        )
        return product


def read_patch(text: str) -> dict[str, Any]:
    """A patch from a cell. Raises ``ValueError`` if it is no JSON object."""
    patch = orjson.loads(text) if text else {}
    if not isinstance(patch, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - callers handle one error, as from orjson.loads
    return patch
