"""Write the example store: ``python -m examples.eyewear.generate`` from the top of a source checkout.

Products and pictures follow from the files of this folder alone; running it again changes no byte.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from examples.eyewear.frames import Design, designs
from examples.eyewear.products import picture_path, product
from examples.eyewear.texts import read_texts
from examples.eyewear.views import VIEWS, draw
from shopwright.catalog.product import Product

HERE = Path(__file__).parent


def main() -> None:
    """Read the options, write the store."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=HERE / "store", help="store folder to write to")
    options.add_argument("--only", default="", help="handles of the frames to write, parted by commas (default: all)")
    chosen = options.parse_args()
    wanted = set(filter(None, chosen.only.split(",")))
    write([design for design in designs() if not wanted or design.handle in wanted], chosen.out)


def write(range_: list[Design], out: Path) -> None:
    """Write products and pictures of frames into a store folder."""
    texts = read_texts()
    (out / "pictures").mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(product(design, texts), ensure_ascii=False) for design in range_]
    for line in lines:
        Product.model_validate_json(line)
    (out / "products.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    drawn = dict(pictures(range_))
    for path, svg in drawn.items():
        (out / path).write_text(svg, encoding="utf-8", newline="\n")
    print(f"{len(lines)} products, {len(drawn)} pictures, {sum(map(len, drawn.values())):,} bytes of pictures")


def pictures(range_: list[Design]) -> Iterator[tuple[str, str]]:
    """Path in the store folder and SVG of every picture."""
    for design in range_:
        for color in design.colors:
            for view in VIEWS:
                yield picture_path(design, color, view), draw(design, color, view)


if __name__ == "__main__":
    main()
