"""Rules on what a page tells social networks: Open Graph and Twitter cards."""

from collections import Counter
from collections.abc import Iterator, Mapping

from shopwright.seo.gate.languages import is_language
from shopwright.seo.gate.rules.rule import Found
from shopwright.seo.gate.said import Said, is_own

_REQUIRED = ("og:title", "og:type", "og:url", "og:image")
_ONCE = frozenset(
    {"og:title", "og:type", "og:url", "og:description", "og:site_name", "og:locale", "product:price:amount",
     "product:price:currency", "product:availability", "product:condition", "product:retailer_item_id"}
)  # fmt: skip
_ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "image/avif": (".avif",),
    "image/gif": (".gif",),
}
_TYPES = frozenset({"website", "article", "book", "profile", "music", "video", "product"})
"""What Open Graph knows, a vertical by its first word (ogp.me, Object Types); product is Facebook's."""
_CARDS = frozenset({"summary", "summary_large_image", "app", "player"})


def social_findings(said: Said, meta: Mapping[str, str]) -> Iterator[Found]:
    """What is broken in it; ``meta`` are the page's named meta elements."""
    line = said.line("open-graph")
    yield from (Found("open-graph", what, line) for what in _properties(said))
    card = meta.get("twitter:card", "")
    if card not in _CARDS:
        yield Found("open-graph", f"twitter:card is {card[:40]!r}" if card else "no twitter:card", line)


def _properties(said: Said) -> Iterator[str]:
    social = said.properties
    for name in _REQUIRED:
        if not social.get(name):
            yield f"no {name}"
    once = [name for name, _ in said.values("open-graph") if name in _ONCE]
    if len(set(once)) < len(once):
        yield from (f"{name} stands {times} times" for name, times in Counter(once).items() if times > 1)
    url, image = social.get("og:url", ""), social.get("og:image", "")
    if url and not is_own(said, url):
        yield f"og:url {url[:100]} is not the page's own address"
    yield from _picture(social, image, secure=said.origin.startswith("https:"))
    yield from _languages(said)
    sells, about = "product:price:amount" in social, social.get("og:type", "product")
    if about.partition(".")[0] not in _TYPES or (sells and about != "product"):
        yield f"og:type is {about[:40]}{', of a page that tells of an offer' if sells else ''}"


def _picture(social: Mapping[str, str], image: str, *, secure: bool) -> Iterator[str]:
    if image and not image.startswith(("https://", "http://")):
        yield f"og:image {image[:100]} is not absolute"
    elif secure and image.startswith("http://"):
        yield f"og:image {image[:100]} is not https"
    if "og:image:alt" in social and not social["og:image:alt"].strip():
        yield "og:image:alt is empty"
    kind = social.get("og:image:type", "")
    if kind and image and not image.lower().endswith(_ENDINGS.get(kind, ("",))):
        yield f"og:image:type is {kind[:40]}, of {image[-60:]}"


def _languages(said: Said) -> Iterator[str]:
    language, told = said.first("html", ("", ""))[0], said.properties.get("og:locale", "")
    if told and not _same_language(language, told):
        yield f"og:locale is {told[:40]} on a page in {language[:40]}"
    for name, other in said.values("open-graph"):
        if name == "og:locale:alternate" and (other == told or not is_language(other.replace("_", "-"))):
            yield f"og:locale:alternate is {other[:40]}"


def _same_language(language: str, told: str) -> bool:
    """Whether ``de_AT`` is ``de-AT`` or, where one of them names no country, the same language."""
    one, two = language.lower().split("-"), told.lower().split("_")
    countries = [{part for part in parts[1:] if len(part) == 2} for parts in (one, two)]
    return one[0] == two[0] and (not all(countries) or countries[0] == countries[1])
