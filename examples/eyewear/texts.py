"""Texts of a frame in one language, put together from written sentences (``language/*.yaml``)."""

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml
from examples.eyewear.frames import Design

HERE = Path(__file__).parent
LOCALES = ("en", "de", "ar")


@dataclass(frozen=True)
class Texts:
    """The sentences of one language, and its terms (empty for English, the language of the catalogue)."""

    sentences: dict[str, Any]
    terms: dict[str, str]

    def written(self, design: Design) -> dict[str, Any]:
        """Summary, description (rich text) and search-engine texts of a frame."""
        values = self._values(design)
        opening, *rest = self._paragraphs(design)
        points = "".join(f"<li>{point.format(**values)}</li>" for point in self.sentences["list"])
        body = "".join(f"<p>{text.format(**values)}</p>" for text in rest)
        seo = {"title": self.sentences["seo_title"].format(**values)}
        if design.number % 2:
            seo["description"] = self.sentences["seo_description"].format(**values)
        return {
            "summary": self.sentences["summary"].format(**values),
            "description": f"<p>{opening.format(**values)}</p><ul>{points}</ul>{body}",
            "seo": seo if design.number % 3 == 0 else None,
        }

    def _values(self, design: Design) -> dict[str, Any]:
        """What stands in the braces of a sentence."""
        body = design.body
        measures = {
            "lens": body.lens_width, "height": body.lens_height, "bridge": body.bridge, "temple": body.temple,
            "frame_width": body.frame_width, "weight": design.weight, "rim": self._decimal(body.rim[0]),
        }  # fmt: skip
        names = {key: self.sentences[key] for key in ("shape_form", "material_name", "hinge", "type")}
        return {
            "name": design.name,
            "brand": design.brand,
            **measures,
            "shape_form": names["shape_form"][body.shape],
            "material_name": names["material_name"][design.material],
            "hinge": names["hinge"][design.hinge],
            "type": names["type"]["sun" if design.sun else "clear"],
        }

    def _decimal(self, value: float) -> str:
        return str(value).replace(".", self.sentences.get("decimal", "."))

    def _paragraphs(self, design: Design) -> list[str]:
        """Three paragraphs: shape and material, bridge and fit, lens and care. All languages make the same choices."""
        random, body, told = Random(f"{design.name} text"), design.body, self.sentences
        first = [random.choice(told["opening"][body.shape]), random.choice(told["material"][design.material])]
        first += [random.choice(told["rim"][body.build])] if body.build in told["rim"] else []
        nose = (
            "pads" if (body.wire or body.build == "browline") and body.bridge_style != "double" else body.bridge_style
        )
        second = [random.choice(told["fit"][design.fit]), told["bridge"][nose]]
        random.shuffle(second)
        second += [told["sizes"]] if design.sizes else []
        third = [told["lens"][design.tint], random.choice(told["care"])]
        return [" ".join(sentences) for sentences in (first, second, third)]


def read_texts() -> dict[str, Texts]:
    """Every language's sentences; terms come from the store file, where a merchant keeps them."""
    terms = _yaml(HERE / "store" / "store.yaml")["terms"]
    return {locale: Texts(_yaml(HERE / "language" / f"{locale}.yaml"), terms.get(locale, {})) for locale in LOCALES}


def _yaml(file: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return read
