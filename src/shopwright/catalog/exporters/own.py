"""Writing Shopwright's own format: a new store folder with everything in it."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import orjson
import yaml

from shopwright.catalog.faults import Report
from shopwright.catalog.pictures import find_picture, is_remote, picture_source
from shopwright.catalog.product import Collection, Product
from shopwright.catalog.source import CatalogSource
from shopwright.catalog.store import Store


class _Dumper(yaml.SafeDumper):
    """YAML without anchors, which ``read_store`` refuses."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ANN401, ARG002 - the signature is PyYAML's
        return True


def export_own(source: CatalogSource, out: Path) -> int:
    """Write a catalogue as a store folder; returns the number of products. Local pictures are copied into it."""
    out.mkdir(parents=True)
    (out / "store.yaml").write_text(store_text(source.store), encoding="utf-8")
    _copy_pictures(_of_store(source.store), source, out)
    products = 0
    with (out / "products.jsonl").open("wb") as lines, (out / "collections.jsonl").open("wb") as collections:
        for item in source.read(Report()):
            _copy_pictures(_of_item(item), source, out)
            _write(collections if isinstance(item, Collection) else lines, item)
            products += isinstance(item, Product)
    if not (out / "collections.jsonl").stat().st_size:
        (out / "collections.jsonl").unlink()
    return products


def store_text(store: Store) -> str:
    """A store as the text of ``store.yaml``."""
    values = {"name": store.name, "currency": store.currency, **store.model_dump(mode="json", exclude_defaults=True)}
    return yaml.dump(values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


def _write(lines: BinaryIO, value: Product | Collection) -> None:
    lines.write(orjson.dumps(value.model_dump(mode="json", exclude_defaults=True), option=orjson.OPT_APPEND_NEWLINE))


def _copy_pictures(sources: Iterable[str | None], source: CatalogSource, out: Path) -> None:
    """Copy the pictures that lie in a picture folder to the same relative place; others stay as they are."""
    for picture in sources:
        if not picture or is_remote(picture) or picture_source(picture) is None:
            continue
        target, file = out / picture, find_picture(picture, source.picture_folders)
        if file and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def _of_store(store: Store) -> Iterator[str | None]:
    own = (store.brand.logo, store.brand.logo_dark, store.hero.picture)
    pictures = (*own, *(collection.picture for collection in store.collections))
    return (picture.source if picture else None for picture in pictures)


def _of_item(item: Product | Collection) -> Iterator[str | None]:
    if isinstance(item, Collection):
        yield item.picture.source if item.picture else None
    else:
        yield from (picture.source for picture in item.pictures)
        yield from (variant.picture for variant in item.variants)
