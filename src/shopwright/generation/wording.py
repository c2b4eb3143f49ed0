"""Titles and descriptions for search results, by rules (docs/reference/meta.md); the merchant's own come first."""

from collections.abc import Iterator
from typing import Any

from shopwright.catalog.rich_text import plain_text
from shopwright.generation.cards import variant_colors
from shopwright.generation.edition import Edition, Words
from shopwright.generation.views.product import ProductView
from shopwright.seo.snippet import DESCRIPTION_WIDTH, SHORT_DESCRIPTION, display_width, fitted, title_of
from shopwright.template_engine.formats import list_separator

Json = dict[str, Any]

_OPENING = 1_000
"""Characters of HTML that hold enough words for a description."""
_COLORS_NAMED = 3
_FRAME_FACTS = ("shape", "rim", "material")


def product_title(view: ProductView, *, twin: bool) -> str:
    """The title of a product's page: its own, its type and its maker where there is room, the store's name.

    Of a ``twin``, which has its title from another product, colour and item tell it apart, however long that gets.
    """
    given = view.words.seo("title")
    if given:
        return given
    name, record, words = view.edition.site.store["name"], view.record, view.words
    kind, brand = record.get("product_type"), record.get("brand")
    if twin:
        colors = [words.term(color["name"]) for color in variant_colors(record)[:1]]
        return " – ".join([words.title, *colors, view.offer.item if view.offer else record["handle"]])
    return title_of(words.title, [fact for fact in (words.term(kind) if kind else "", brand or "") if fact], name)


def product_description(view: ProductView) -> str:
    """The merchant's own, else the summary or the beginning of the description, with facts where that is short.

    It names the product, so that products which share a text do not share a description.
    """
    words = view.words
    given = words.seo("description")
    if given:
        return fitted(given)
    text = words.summary or plain_text(words.description[:_OPENING])
    named = text if words.title.casefold() in text[:DESCRIPTION_WIDTH].casefold() else _joined(words.title, text)
    if display_width(named) >= SHORT_DESCRIPTION:
        return fitted(named)
    separator = list_separator(view.edition.locale)
    facts = [fact for fact in _facts(view) if fact.casefold() not in named.casefold()]
    return fitted(_with_facts(named, separator.join(dict.fromkeys(facts))) or view.edition.site.store["name"])


def _joined(title: str, text: str) -> str:
    return f"{title}: {text}" if text else title


def _with_facts(named: str, facts: str) -> str:
    if not facts:
        return named
    ended = named.endswith((".", "!", "?", "…", "。", "؟"))
    return f"{named} {facts}." if ended else f"{named} – {facts}."


def _facts(view: ProductView) -> Iterator[str]:
    """What is known of a product without a sentence around it: type, maker, make, colours, and who sells it."""
    record, words = view.record, view.words
    if record.get("product_type"):
        yield words.term(record["product_type"])
    if record.get("brand"):
        yield record["brand"]
    frame = record.get("frame") or {}
    yield from (words.term(frame[key]) for key in _FRAME_FACTS if frame.get(key))
    yield from (words.term(color["name"]) for color in variant_colors(record)[:_COLORS_NAMED])
    yield view.edition.site.store["name"]


def collection_title(given: str | None, title: str, number: int, edition: Edition) -> str:
    """The title of a collection's page; later pages are numbered."""
    name = edition.site.store["name"]
    if number == 1:
        return given or title_of(title, (), name)
    return title_of(f"{title}, {edition.say('seo.page_of', page=number)}", (), name)


def collection_description(words: Words, title: str, record: Json, number: int, edition: Edition) -> str:
    """The merchant's own, else the beginning of the collection's text, else what it holds; later pages say which."""
    own = plain_text(words.description[:_OPENING])
    said = own if display_width(own) >= SHORT_DESCRIPTION else ""
    ruled = edition.say("seo.collection_description", title=title, count=record["count"])
    description = words.seo("description") or said or ruled
    if number == 1:
        return fitted(description)
    rest = description.removeprefix(title).lstrip(" :–—")
    return fitted(f"{title}, {edition.say('seo.page_of', page=number)}: {rest}")


def home_description(edition: Edition, collections: list[str]) -> str:
    """What the store says of itself, else its tagline, else what it has."""
    context = edition.context
    listed = list_separator(edition.locale).join([context["name"], *collections])
    return fitted(context["description"] or context["tagline"] or listed)
