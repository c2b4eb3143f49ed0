"""Alternative texts of pictures as catalogues have them: which say what is seen, and which are only in the way.

Feeds fill the field with file names, "image" or the product's title. Such a text is worse than none, for a screen
reader says it: it is taken out, and pages make one from the product's data (``docs/reference/alternative-texts.md``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from shopwright.catalog.fault_rules import fault
from shopwright.catalog.faults import Fault
from shopwright.catalog.product import Picture, Product, Status

LONGEST = 250
"""Characters: what is longer is listened to from beginning to end, and belongs into the description."""
PLACES_NAMED = 3
CODES = ("alt-missing", "alt-meaningless", "alt-too-long")

_WORDS = (
    "alt alternate alternative text image images img imagen imagem immagine afbeelding picture pictures pic photo foto "
    "fotografie bild produktbild produktfoto artikelbild produktansicht product produkt produit producto prodotto main "
    "front hauptbild zoom large small thumb thumbnail preview gallery placeholder platzhalter default untitled "
    "unbenannt sans titre no kein none null nil nan undefined unknown n a na todo tbd test copy kopie final new view "
    "ansicht vue of the de du del la الصورة صورة منتج المنتج"
)
_EMPTY_WORDS = frozenset(_WORDS.split())
"""Words that say that there is a picture, not what it shows."""
_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|webp|gif|avif|svg|tiff?|bmp|heic|jfif)(?:\?\S*)?", re.IGNORECASE)
_CAMERA = re.compile(
    r"(?:img|dsc[nf]?|dcim|pict?|pxl|mvimg|gopr|p|wp|screenshot|whatsapp image|bildschirmfoto)"
    r"[\s_.-]*\d{3}[\w\s.:()-]*",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?=\S*\d)(?:[0-9a-f]{8}[0-9a-f-]*|[A-Z0-9]+(?:[_-][A-Z0-9]+)+)|https?://\S+")
_BLANKS = re.compile(r"\s+")
_NO_LETTERS = re.compile(r"[\W\d_]+")


def judge(alt: str, source: str, title: str) -> tuple[str, str | None]:
    """The text that is worth keeping, else an empty one, and the code of the fault, if it is one.

    A text that repeats the product's title is dropped without a fault: the title stands beside the picture.
    """
    text = _BLANKS.sub(" ", alt).strip()
    if not text:
        return "", "alt-missing"
    if _is_meaningless(text, source):
        return "", "alt-meaningless"
    if text.casefold() == title.casefold():
        return "", None
    return (_shortened(text), "alt-too-long") if len(text) > LONGEST else (text, None)


def _is_meaningless(text: str, source: str) -> bool:
    if len(text) > LONGEST:
        return False
    words = _NO_LETTERS.sub(" ", text.casefold()).split()
    named = any(pattern.fullmatch(text) for pattern in (_FILE_NAME, _CAMERA, _CODE))
    return named or _EMPTY_WORDS.issuperset(words) or (" " not in text and text.casefold() == _stem(source).casefold())


def _stem(source: str) -> str:
    """The name of a picture's file without its ending."""
    return unquote(urlsplit(source).path.rpartition("/")[2]).rpartition(".")[0] if source else ""


def _shortened(text: str) -> str:
    """The sentences that fit, else the words."""
    start = text[:LONGEST]
    sentences = max(start.rfind(end) for end in (". ", "! ", "? ", "。", "؟ "))
    if sentences > LONGEST // 2:
        return start[: sentences + 1]
    return (
        start[: LONGEST - 1].rpartition(" ")[0].rstrip(" ,;:–-") + "…" if " " in start else start[: LONGEST - 1] + "…"
    )


@dataclass(slots=True)
class AlternativeTexts:
    """Judges the pictures of one product after another, and reports once how many were found and where first."""

    pictures: int = 0
    _counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CODES, 0))
    _places: dict[str, list[str]] = field(default_factory=lambda: {code: [] for code in CODES})

    def judged(self, product: Product) -> Product:
        """The product with the texts that are worth keeping; one that is not shown is left as it is."""
        if product.status is not Status.ACTIVE:
            return product
        pictures = tuple(self._judged(picture, product, number) for number, picture in enumerate(product.pictures, 1))
        return product if pictures == product.pictures else product.model_copy(update={"pictures": pictures})

    def _judged(self, picture: Picture, product: Product, number: int) -> Picture:
        text, code = judge(picture.alt, picture.source, product.title)
        self.pictures += 1
        if code:
            self._counts[code] += 1
            if len(self._places[code]) < PLACES_NAMED:
                self._places[code].append(f"{product.handle}, picture {number}")
        return picture if text == picture.alt else picture.model_copy(update={"alt": text})

    def faults(self) -> Iterator[Fault]:
        """One fault for each kind that was found."""
        for code, count in self._counts.items():
            if count:
                first = "; ".join(self._places[code])
                found = f"Of {self.pictures:,} pictures, {count:,} {_FOUND[code]}. First: {first}."
                yield fault(code, found, column="alt", value=f"{count:,} pictures: {first}")


_FOUND = {
    "alt-missing": "have no alternative text",
    "alt-meaningless": "have one that says nothing, such as a file name",
    "alt-too-long": f"have one of more than {LONGEST} characters",
}
