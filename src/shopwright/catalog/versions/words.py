"""Words of a product that a search finds, in every language: folded, so that spelling differences do not matter."""

import re
import unicodedata
from collections.abc import Iterator

from shopwright.catalog.product import Product, Translation

MAX_WORDS = 200
"""Words kept of one product: the first ones, and a title comes first."""
MAX_LETTERS = 40

_RUN = re.compile(r"\w+")
_IDEOGRAPHS = re.compile("[぀-ヿ㐀-䶿一-鿿豈-﫿가-힯]+")
"""Scripts that are written without spaces between words; Hangul compounds run together as well."""


def words_of(text: str) -> list[str]:
    """The words of a text, each once, in order: case and accents folded, unspaced scripts as pairs of characters."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    folded = unicodedata.normalize("NFC", plain).casefold()
    return list(dict.fromkeys(word for run in _RUN.findall(folded) for word in _split(run)))


def _split(run: str) -> Iterator[str]:
    end = 0
    for found in _IDEOGRAPHS.finditer(run):
        yield from _alphabetic(run[end : found.start()])
        yield from _pairs(found.group())
        end = found.end()
    yield from _alphabetic(run[end:])


def _alphabetic(run: str) -> Iterator[str]:
    if run:
        yield run[:MAX_LETTERS]


def _pairs(run: str) -> Iterator[str]:
    yield from (run[place : place + 2] for place in range(len(run) - 1)) if len(run) > 1 else (run,)


def product_words(product: Product) -> tuple[str, ...]:
    """What a search finds a product by: its names and kinds in every language, its numbers, its summaries."""
    return tuple(words_of(" ".join(_texts(product)))[:MAX_WORDS])


def _texts(product: Product) -> Iterator[str]:
    yield product.title
    yield from (translation.title or "" for translation in product.translations.values())
    yield from filter(None, (product.brand, product.product_type, *product.category, *product.tags))
    if product.frame:
        yield from filter(None, (product.frame.shape, product.frame.rim, product.frame.material))
    for variant in product.variants:
        yield from filter(None, (variant.sku, variant.gtin, *variant.options))
    yield product.summary
    for translation in product.translations.values():
        yield from _translated(translation)


def _translated(translation: Translation) -> Iterator[str]:
    yield translation.summary or ""
    yield from translation.terms.values()
