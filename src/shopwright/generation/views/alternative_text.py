"""Alternative texts of product pictures, made by rule where the catalogue has none in the page's language.

``catalog.alternative_text`` has taken out what says nothing; the rules: ``docs/reference/alternative-texts.md``.
"""

from typing import Any

from shopwright.generation.edition import Edition, Words

Json = dict[str, Any]


def gallery_texts(record: Json, sources: list[str], edition: Edition) -> list[str]:
    """What each picture of a product's page shows: the catalogue's text, else one made from its data.

    The catalogue's texts are in its own language, so they serve where the product is shown in it. A made text names
    the product, what it is or the colour the picture stands for, and from the second picture on its number.
    """
    words = edition.words(record)
    own_language = not edition.foreign or words.lang("title")
    said = _said(record) if own_language else {}
    colors = _colors(record, words)
    kind = words.term(record["product_type"]) if record.get("product_type") else ""
    return [
        said.get(source) or _made(edition, words.title, colors.get(source) or kind, number)
        for number, source in enumerate(sources, start=1)
    ]


def _said(record: Json) -> dict[str, str]:
    """The catalogue's texts of a product's pictures, by source."""
    return {picture["source"]: picture["alt"] for picture in record.get("pictures", []) if picture.get("alt")}


def _colors(record: Json, words: Words) -> dict[str, str]:
    """The colour that a picture stands for, by source: that of the variants it belongs to, if they have one colour."""
    found: dict[str, set[str]] = {}
    for variant in record.get("variants", []):
        if variant.get("picture") and variant.get("color"):
            found.setdefault(variant["picture"], set()).add(variant["color"]["name"])
    return {source: words.term(next(iter(names))) for source, names in found.items() if len(names) == 1}


def _made(edition: Edition, title: str, what: str, number: int) -> str:
    named = edition.say("picture.named", title=title, what=what) if what and what not in title else title
    return edition.say("picture.alt", title=named, number=number) if number > 1 else named
