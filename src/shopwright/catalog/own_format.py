"""Shopwright's own format: a store folder with ``store.yaml``, products as JSON Lines, and pictures.

One line is one product (``products.jsonl`` or ``products/*.jsonl``) or one collection (``collections.jsonl``). A bad
line costs only itself.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

from pydantic import BaseModel, ValidationError

from shopwright.catalog.draft import Import
from shopwright.catalog.fault_rules import fault
from shopwright.catalog.implied_collections import MAX_COLLECTIONS, title_of
from shopwright.catalog.money import Money
from shopwright.catalog.product import Collection, Product, Variant
from shopwright.errors import SourceError

MAX_BYTES_OF_LINE = 4_000_000

Model = TypeVar("Model", bound=BaseModel)


def product_files(source: Path) -> list[Path]:
    """The product files of a store folder in reading order, or the single file itself."""
    if source.is_file():
        return [source]
    single = source / "products.jsonl"
    return [file for file in (single, *sorted((source / "products").glob("*.jsonl"))) if file.is_file()]


def read_own(source: Path, run: Import) -> Iterator[Product | Collection]:
    """Every collection, then every product, of a store folder or a products file."""
    known = {collection.handle for collection in run.store.collections}
    described = source / "collections.jsonl"
    if source.is_dir() and described.is_file():
        yield from _collections(described, run, known)
    for file in product_files(source):
        for number, product in _values(file, Product, run):
            yield from _offer(file, number, product, run, known)


def _collections(file: Path, run: Import, known: set[str]) -> Iterator[Collection]:
    for number, collection in _values(file, Collection, run):
        if collection.handle in known:
            found = f"{file.name}: the collection {collection.handle!r} is described already."
            run.report.add(fault("collection-repeated", found, number, "handle"))
            run.report.rows_refused += 1
        else:
            known.add(collection.handle)
            run.report.rows_used += 1
            yield collection


def _offer(file: Path, number: int, product: Product, run: Import, known: set[str]) -> Iterator[Product | Collection]:
    """One product, counted, after the collections that nobody has described."""
    report = run.report
    if product.handle in run.given:
        found = f"{file.name}: the handle {product.handle!r} belongs to another product already."
        report.add(fault("handle-repeated", found, number, "handle"))
        report.rows_refused += 1
        return
    run.given.add(product.handle)
    for handle in product.collections:
        if handle not in known and len(known) < MAX_COLLECTIONS:
            known.add(handle)
            found = f"{file.name}: no collection is described as {handle!r}."
            report.add(fault("collection-unknown", found, number, "collections"))
            yield Collection(handle=handle, title=title_of(handle))
    _look_for_pictures(file, number, product, run)
    product = _in_currency(file, number, product, run)
    report.rows_used += 1
    report.products += 1
    report.variants += len(product.variants)
    report.pictures += len(product.pictures)
    yield product


def _in_currency(file: Path, number: int, product: Product, run: Import) -> Product:
    """The product without variants' prices that are not in the store's currency."""
    wanted = run.store.currency
    if all(price.currency == wanted for variant in product.variants for price in _prices(variant)):
        return product
    found = f"{file.name}: {product.handle!r} has prices that are not in {wanted}."
    run.report.add(fault("price-currency", found, number, "variants"))
    nothing = {"price": None, "compare_at_price": None, "sale": None, "lowest_price_30_days": None}
    foreign = [any(price.currency != wanted for price in _prices(variant)) for variant in product.variants]
    variants = tuple(
        variant.model_copy(update=nothing) if is_foreign else variant
        for variant, is_foreign in zip(product.variants, foreign, strict=True)
    )
    return product.model_copy(update={"variants": variants})


def _prices(variant: Variant) -> Iterator[Money]:
    sale = variant.sale.price if variant.sale else None
    yield from filter(None, (variant.price, variant.compare_at_price, sale, variant.lowest_price_30_days))


def _look_for_pictures(file: Path, number: int, product: Product, run: Import) -> None:
    if not product.variants:
        run.report.add(fault("variants-missing", f"{file.name}: the product has no variant.", number, "variants"))
    for picture in product.pictures:
        if run.is_missing(picture.source):
            found = f"{file.name}: there is no picture {picture.source[:80]!r}."
            run.report.add(fault("picture-missing", found, number, "pictures"))


def _values(file: Path, kind: type[Model], run: Import) -> Iterator[tuple[int, Model]]:
    """The valid values of a file with their line numbers; other lines are counted as refused and reported."""
    for number, line in _lines(file):
        run.report.rows += 1
        if len(line) > MAX_BYTES_OF_LINE:
            run.report.add(fault("line-too-long", f"{file.name}: the line is too long.", number))
            run.report.rows_refused += 1
            continue
        try:
            value = kind.model_validate_json(line)
        except ValidationError as error:
            _refuse(file, number, error, run)
            continue
        yield number, value


def _refuse(file: Path, number: int, error: ValidationError, run: Import) -> None:
    run.report.rows_refused += 1
    for problem in error.errors(include_url=False, include_context=False)[:20]:
        column = ".".join(str(part) for part in problem["loc"]) or None
        code = "json-invalid" if problem["type"] == "json_invalid" else "value-invalid"
        place = f"{column}: " if column else ""
        value = "" if code == "json-invalid" else str(problem["input"])[:200]
        run.report.add(fault(code, f"{file.name}: {place}{problem['msg']}.", number, column, value))


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """Numbered lines that are not blank; of a line that is too long only its beginning is kept."""
    try:
        with file.open("rb") as stream:
            number = 0
            while line := stream.readline(MAX_BYTES_OF_LINE + 1):
                number += 1
                if len(line) > MAX_BYTES_OF_LINE and not line.endswith(b"\n"):
                    _skip_line(stream)
                if text := line.strip().removeprefix(b"\xef\xbb\xbf"):
                    yield number, text if len(line) <= MAX_BYTES_OF_LINE else line
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror}).", where=str(file)) from error


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
        pass
