"""Write the example store: ``python -m examples.eyewear.generate`` from the top of a source checkout.

Products and pictures follow from the files of this folder alone; running it again changes no byte.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from examples.eyewear.frames import Design, designs
from examples.eyewear.products import picture_path, product
from examples.eyewear.scenes import hero, logo
from examples.eyewear.season import season, shown
from examples.eyewear.texts import read_texts
from examples.eyewear.views import draw

from shopwright.catalog.product import Product

HERE = Path(__file__).parent


def main() -> None:
    """Read the options, write the store."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=HERE / "store", help="store folder to write to")
    options.add_argument("--only", default="", help="handles of frames of the whole range, parted by commas")
    chosen = options.parse_args()
    wanted = set(filter(None, chosen.only.split(",")))
    if not wanted and (chosen.out / "pictures").is_dir():
        for old in (chosen.out / "pictures").glob("*.svg"):
            old.unlink()
    write([design for design in designs() if design.handle in wanted] if wanted else season(), chosen.out)


def write(chosen: list[Design], out: Path) -> None:
    """Write products and pictures of frames, and the store's own pictures, into a store folder."""
    texts = read_texts()
    lines = [json.dumps(product(design, texts), ensure_ascii=False) for design in chosen]
    for line in lines:
        Product.model_validate_json(line)
    drawn = dict(pictures(chosen))
    (out / "pictures").mkdir(parents=True, exist_ok=True)
    _write(out / "products.jsonl", "\n".join(lines) + "\n")
    for path, svg in drawn.items():
        _write(out / path, svg)
    print(f"{len(lines)} products, {len(drawn)} pictures, {sum(map(len, drawn.values())):,} bytes of pictures")


def pictures(chosen: list[Design]) -> Iterator[tuple[str, str]]:
    """Path in the store folder and SVG of every picture."""
    yield "pictures/hero.svg", hero({design.name: design for design in designs()})
    yield "pictures/logo.svg", logo()
    for design in chosen:
        for color, view in shown(design):
            yield picture_path(design, color, view), draw(design, color, view)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
