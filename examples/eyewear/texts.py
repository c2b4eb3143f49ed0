"""Texts of a frame in one language, put together from written sentences."""

from dataclasses import dataclass
from typing import Any

from examples.eyewear.frames import Design

LOCALES = ("en", "de", "ar")


@dataclass(frozen=True)
class Texts:
    terms: dict[str, str]

    def written(self, design: Design) -> dict[str, Any]:
        b = design.body
        text = f"{design.name}: {b.lens_width} □ {b.bridge} {b.temple}"
        return {"summary": text, "description": f"<p>{text}</p>", "seo": {"title": text}}


def read_texts() -> dict[str, Texts]:
    return {locale: Texts({}) for locale in LOCALES}
