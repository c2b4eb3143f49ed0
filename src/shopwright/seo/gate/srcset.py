"""How a browser chooses among the candidates of a ``srcset``: by ``sizes`` and ``type``, if they are right."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

_LENGTH = (
    r"(?:\d*\.?\d+(?:px|r?em|r?ch|ex|[sld]?v(?:w|h|i|b|min|max)|cm|mm|in|pt|pc|q)|0|auto|(?:calc|min|max|clamp)\(.*\))"
)
_SIZE = re.compile(rf"(?:(?:not\s)?\s*\(.*\)\s*)?{_LENGTH}", re.IGNORECASE)
_OUTSIDE = re.compile(r",(?![^(]*\))")
_LONGEST = 1_000
_ENDINGS = {
    "image/avif": (".avif",),
    "image/webp": (".webp",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/svg+xml": (".svg",),
}
_EVERY = tuple(ending for endings in _ENDINGS.values() for ending in endings)


def chosen_wrongly(attributes: Mapping[str, str]) -> Iterator[str]:
    """What makes browsers choose another candidate than is meant (HTML Standard, 4.8.4.2.2, 4.8.4.3.1)."""
    srcset, sizes = attributes.get("srcset", ""), attributes.get("sizes")
    if sizes is None:
        if srcset.endswith("w"):
            yield "candidates by width, no sizes"
    elif fault := wrong_sizes(sizes):
        yield fault
    first = srcset.partition(" ")[0].partition("?")[0].lower()
    kind = attributes.get("type", "").lower()
    if kind in _ENDINGS and first.endswith(_EVERY) and not first.endswith(_ENDINGS[kind]):
        yield f"{kind}, of {first[-60:]}"


@lru_cache(maxsize=512)
def wrong_sizes(sizes: str) -> str:
    """What is wrong with a list of sizes; nothing if each is a length, perhaps after a condition."""
    if len(sizes) > _LONGEST:
        return f"sizes of {len(sizes):,} characters"
    wrong = (part for part in _OUTSIDE.split(sizes) if not _SIZE.fullmatch(part.strip()))
    return next((f'sizes="{part.strip()[:60]}"' for part in wrong), "")
