"""Writing a CSV dialect so that reading it back gives the same catalogue.

What the dialect has columns for goes there, so that a merchant can edit it. The rows of each product are then read
back with the dialect's own importer, and what differs from the product is carried, as a JSON merge patch, in columns
of our own. Cells that begin with ``=``, ``+``, ``-`` or ``@`` are written as they are: see ``docs/reference``.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shopwright.catalog.assembly import COLLECTIONS, PRODUCT_PATCH, VARIANT_PATCH, assemble
from shopwright.catalog.dialects.dialect import Dialect
from shopwright.catalog.draft import Draft, Import
from shopwright.catalog.faults import Report
from shopwright.catalog.implied_collections import ImpliedCollections
from shopwright.catalog.patch import make_patch
from shopwright.catalog.product import Collection, Product
from shopwright.catalog.row import Header, Row, normalise, read_header
from shopwright.catalog.store import Store
from shopwright.catalog.text import clean_text

MAX_CUSTOM_COLUMNS = 300
"""Custom fields with a column of their own; the values of further ones travel in the patch."""
MAX_MARKETS = 50

Cells = dict[str, str]
"""The filled cells of one row, by column name."""


@dataclass(frozen=True)
class Layout:
    """How a dialect is written: its columns (with those in which patches travel), and the rows of a product."""

    dialect: Dialect
    columns: tuple[str, ...]
    carriers: Mapping[str, str]
    rows: Callable[[Product], list[Cells]]


@dataclass(frozen=True)
class Survey:
    """What must be known of a whole catalogue before its first row: which columns it needs, and SKUs by handle."""

    custom: tuple[str, ...]
    markets: tuple[str, ...]
    skus: Mapping[str, str]


def survey(items: Iterable[Product | Collection], dialect: Dialect, taken: Iterable[str]) -> Survey:
    """Look through a catalogue once. Custom fields become columns unless their name is unclean, taken or a field's."""
    custom: dict[str, str] = {}
    markets: dict[str, None] = {}
    skus: dict[str, str] = {}
    refused = {normalise(name) for name in taken}
    for product in items:
        if isinstance(product, Collection):
            continue
        skus[product.handle] = next((variant.sku for variant in product.variants if variant.sku), "")
        named = (market.market for variant in product.variants for market in variant.markets)
        markets.update((name, None) for name in named if name == clean_text(name))
        for name in (name for fields in (product.custom, *(one.custom for one in product.variants)) for name in fields):
            key = normalise(name)
            if len(custom) < MAX_CUSTOM_COLUMNS and key not in refused and dialect.field_of(key) is None:
                custom.setdefault(key, clean_text(name))
    return Survey(tuple(name for name in custom.values() if name), tuple(markets)[:MAX_MARKETS], skus)


def write_csv(items: Iterable[Product | Collection], layout: Layout, store: Store, out: Path) -> int:
    """Write every product to a file; returns how many. Collections travel with the product that follows them."""
    header = read_header(layout.columns, layout.dialect.field_of)
    known = ImpliedCollections(Import(Report(), store))
    written = 0
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, layout.columns, restval="", lineterminator="\r\n")
        writer.writeheader()
        for product, collections in _with_collections(items):
            rows = layout.rows(product)
            draft = _carry(product, rows, layout, header, store)
            implied = list(known.before(product, Draft(draft.rows, {}, groups=draft.groups)))
            if collections != implied:
                rows[0][layout.carriers[COLLECTIONS]] = _json([_dump(collection) for collection in collections])
            known.give(collections)
            writer.writerows(rows)
            written += 1
    return written


def _with_collections(items: Iterable[Product | Collection]) -> Iterator[tuple[Product, list[Collection]]]:
    """Each product with the collections that stand before it, the last one also with those after it."""
    held: tuple[Product, list[Collection]] | None = None
    waiting: list[Collection] = []
    for item in items:
        if isinstance(item, Collection):
            waiting.append(item)
            continue
        if held:
            yield held
        held, waiting = (item, waiting), []
    if held:
        yield held[0], [*held[1], *waiting]


def _carry(product: Product, rows: list[Cells], layout: Layout, header: Header, store: Store) -> Draft:
    """Add to the rows of a product what reading them back would not give; returns the draft they give."""
    read = [Row(number, [row.get(name, "") for name in header.names], header) for number, row in enumerate(rows, 2)]
    run = Import(Report(), store)
    reader = layout.dialect.reader(run, lambda: iter(read))
    draft = reader.draft(read)
    native = assemble(draft, run) if draft else None
    assert draft  # noqa: S101 - rows that have a title and a handle always make a product
    assert native  # noqa: S101 - as above
    old, new = _dump(native), _dump(product)
    olds, news = old.pop("variants", []), new.pop("variants", [])
    has_handles = layout.dialect.field_of("handle") is not None
    patch = make_patch(old, new) if has_handles else {**make_patch(old, new), "handle": product.handle}
    if len(olds) != len(news):
        patch["variants"] = news
    else:
        for drafted, before, after in zip(draft.variants, olds, news, strict=True):
            if changes := make_patch(before, after):
                rows[drafted.row.number - 2][layout.carriers[VARIANT_PATCH]] = _json(changes)
    if patch:
        rows[0][layout.carriers[PRODUCT_PATCH]] = _json(patch)
    return draft


def _dump(value: Product | Collection) -> dict[str, Any]:
    return value.model_dump(mode="json", exclude_defaults=True)


def _json(value: object) -> str:
    """JSON in ASCII, which no reading of a cell changes."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
