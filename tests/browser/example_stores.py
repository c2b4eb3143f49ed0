"""The stores the browser tests shop in: a part of the example store, with what the example does not have added."""

import datetime as dt
import json
from pathlib import Path

import pytest
import yaml

from shopwright.generation.pipeline import Order, build_store
from shopwright.settings import current_settings

EXAMPLE = Path(__file__).parents[2] / "examples/eyewear/store"
THEMES = Path(__file__).parents[2] / "src/shopwright/template_engine/themes"
DATE = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
"""Within the sales that begin on 20 November 2026 and end on 8 December."""

TWO_OPTIONS = ("ashcombe", "brackley", "copse", "dunlin", "foxglove", "lichen")
REDUCED = ("catkin", "elmet", "esker", "glade")
NOT_IN_STOCK = ("hush", "ragwort", "alderby", "eyebright", "heath", "bramble", "gannet")
USUAL = (
    *("anselm", "barley", "bellwether", "birchall", "calder", "candlewick", "chalkhill", "clove", "cobble"),
    *("brindle", "harebell", "kelp", "madder", "marl", "sandpiper"),
)
HANDLES = {*TWO_OPTIONS, *REDUCED, *NOT_IN_STOCK, *USUAL}
FEW = ("barley", "copse", "anselm")

ONE_THEME = pytest.mark.parametrize("theme", ["atelier"], indirect=True)
"""For what only the scripts decide: the built-in themes share them."""


def theme_names() -> list[str]:
    """The built-in themes."""
    return sorted(file.parent.name for file in THEMES.glob("*/theme.yaml"))


def build_shop(out: Path, theme: str) -> None:
    """32 products in three languages, with a checkout that takes a form."""
    _build(out, theme, HANDLES, {})


def build_small_shop(
    out: Path, theme: str, checkout: dict[str, str] | None, locales: tuple[str, ...] = ("en",)
) -> None:
    """Three products, with another checkout or none: orders are then written by e-mail."""
    changes = {"checkout": checkout, "locales": list(locales)}
    _build(out, theme, set(FEW), changes | ({} if "ar" in locales else {"markets": []}))


def _build(out: Path, theme: str, handles: set[str], changes: dict[str, object]) -> None:
    source = out.with_name(f"{out.name}-source")
    source.mkdir(exist_ok=True)
    store = yaml.safe_load((EXAMPLE / "store.yaml").read_text(encoding="utf-8")) | changes
    (source / "store.yaml").write_text(yaml.safe_dump(store, allow_unicode=True), encoding="utf-8")
    with (EXAMPLE / "products.jsonl").open(encoding="utf-8") as lines:
        products = [product for product in map(json.loads, lines) if product["handle"] in handles]
    chosen = [json.dumps(_changed(product), ensure_ascii=False) for product in products]
    (source / "products.jsonl").write_text("\n".join(chosen) + "\n", encoding="utf-8")
    settings = current_settings()
    order = Order(
        source=source,
        out=out,
        date=DATE,
        cache=settings.cache,
        workers=settings.workers,
        picture_folders=(EXAMPLE,),
        theme=theme,
    )
    built = build_store(order, lambda _stage, _done: None)
    missing = [fault for fault in built.faults if fault.severity == "error"]
    assert missing == []


def _changed(product: dict[str, object]) -> dict[str, object]:
    """Copse costs 10 € more in size 52, Harebell has no price, Candlewick has a name with accents.

    Nobody has said what Marl's pictures show.
    """
    for variant in product["variants"]:
        if product["handle"] == "copse" and variant["options"][1] == "52":
            variant["price"]["amount"] += 1000
        if product["handle"] == "harebell":
            del variant["price"]
    if product["handle"] == "marl":
        product["pictures"] = [{"source": picture["source"]} for picture in product["pictures"]]
    if product["handle"] == "candlewick":
        product["title"] = "Élan Forêt"
        product["translations"] = {}
    return product
