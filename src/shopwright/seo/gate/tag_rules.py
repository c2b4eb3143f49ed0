"""Rules that one tag keeps or breaks wherever it stands. Each is a generator of (rule, what was found)."""

import re
from collections import Counter
from collections.abc import Iterator

from shopwright.seo.gate.aria import (
    ANY_TEXT,
    AUTOCOMPLETE,
    HAVE_STATES,
    MUST_SAY,
    NAMED_BY_AUTHOR,
    NUMBERS,
    REFERENCES,
    ROLES,
    TAKE_FOCUS,
    VALUES,
)
from shopwright.seo.gate.enumerated import wrong_words
from shopwright.seo.gate.languages import is_language
from shopwright.seo.gate.srcset import chosen_wrongly
from shopwright.seo.gate.tag import Tag

Broken = Iterator[tuple[str, str]]

CODE_ADDRESS = re.compile(r"[\x00-\x20]*(javascript|data|vbscript)\s*:", re.IGNORECASE)
"""Addresses that are code or content of their own."""

_SUSPECT = re.compile(r"[&{\x00-\x1f]|[\s\"'/]on|s(?:tyle|rcdoc|cript:)|data:|undefined|n(?:an|one|ull)|\[object")
"""What a tag (in lower case) is looked at closely for: code, and values that are none, perhaps behind references."""
_IGNORED_IN_ADDRESSES = re.compile(r"[\t\n\r]")
_ADDRESSES = frozenset(
    {"href", "xlink:href", "src", "action", "formaction", "poster", "data", "srcset", "imagesrcset", "ping", "from",
     "to", "by", "values", "background", "cite", "longdesc", "manifest", "code", "archive", "codebase", "profile"}
)  # fmt: skip
"""Attributes whose values are addresses, or become some by an animation."""
_NOWHERE = frozenset({"", "mailto:", "tel:"})
_DATA_SHOWN = frozenset({"img", "source", "image"})
_OWN_WIDTH = re.compile(r"/assets/pictures/[0-9a-f]{16}-([0-9]+)\.[a-z0-9]++(?! \1w)")
"""A candidate whose width is not the one that our pictures carry in their names."""
_NOT_PRINTED = frozenset({"undefined", "NaN", "[object Object]"})
_MISSING = _NOT_PRINTED | {"None", "null"}
_WORDS = frozenset({"alt", "title", "aria-label", "placeholder", "value", "content", "label"})
_PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg", ".tif", ".tiff", ".bmp", ".heic")


def broken_by(tag: Tag) -> Broken:
    """Every rule that a start tag breaks by itself."""
    yield from tag.faults
    if "</noscript" in tag.source.lower():
        yield "html-syntax", "a value that ends a noscript around it"
    if not tag.attributes:
        return
    if _is_suspect(tag.source):
        yield from _values(tag)
        yield from _code(tag)
    if "aria-" in tag.source or "role" in tag.source:
        yield from _aria(tag)
    yield from _attributes(tag)
    check = _BY_NAME.get(tag.name)
    if check is not None:
        yield from check(tag)


def _is_suspect(source: str) -> bool:
    return _SUSPECT.search(source.lower()) is not None


def _values(tag: Tag) -> Broken:
    for name, value in tag.attributes.items():
        wrong = _NOT_PRINTED if name in _WORDS else _MISSING
        if value.strip() in wrong:
            yield "no-value", f'{name}="{value.strip()}" on {tag.name}'
        elif "{{" in value or "{%" in value:
            yield "template-leftover", f'{name}="{value[:60]}" on {tag.name}'


def _code(tag: Tag) -> Broken:
    for name in tag.attributes:
        if name.startswith("on"):
            yield "inline-code", f"the handler {name} on {tag.name}"
    if "style" in tag.attributes:
        yield "inline-code", f"a style attribute on {tag.name}"
    if "srcdoc" in tag.attributes:
        yield "inline-code", f"a srcdoc attribute on {tag.name}"
    for name in sorted(_ADDRESSES.intersection(tag.attributes)):
        for address in tag.attributes[name].split(";") if name == "values" else (tag.attributes[name],):
            found = CODE_ADDRESS.match(_IGNORED_IN_ADDRESSES.sub("", address))
            if found and not (tag.name in _DATA_SHOWN and found[1].lower() == "data"):
                yield "inline-code", f"a {found[1].lower()}: address on {tag.name}"


def _aria(tag: Tag) -> Broken:
    for role in tag.attributes.get("role", "").split():
        if role not in ROLES:
            yield "bad-role", f'role="{role[:40]}" on {tag.name}'
        elif role in MUST_SAY and MUST_SAY[role] not in tag.attributes and tag.name not in HAVE_STATES:
            yield "bad-aria", f'role="{role}" on {tag.name} without {MUST_SAY[role]}'
        elif role in TAKE_FOCUS and not tag.is_control and "tabindex" not in tag.attributes:
            yield "bad-role", f'role="{role}" on {tag.name}, which no key reaches'
        elif role in ("none", "presentation") and tag.takes_focus:
            yield "bad-role", f'role="{role}" on {tag.name}, which keys reach'
        elif role in NAMED_BY_AUTHOR and not tag.label and tag.name not in ("img", "svg"):
            yield ("no-alt" if role == "img" else "frame-title"), tag.shown()
    for name, value in tag.attributes.items():
        if name.startswith("aria-"):
            yield from _aria_value(tag, name, value.strip())


def _aria_value(tag: Tag, name: str, value: str) -> Broken:
    allowed = VALUES.get(name)
    if allowed is None:
        yield "bad-aria", f"{name} on {tag.name} is no attribute of WAI-ARIA"
    elif name in NUMBERS:
        if not value.lstrip("-").replace(".", "", 1).isdigit():
            yield "bad-aria", f'{name}="{value[:40]}" on {tag.name} is no number'
    elif allowed is ANY_TEXT:
        if not value and name in REFERENCES:
            yield "bad-aria", f"{name} on {tag.name} names nothing"
    elif value not in allowed:
        yield "bad-aria", f'{name}="{value[:40]}" on {tag.name}'


def _attributes(tag: Tag) -> Broken:
    named = tag.attributes
    yield from (("bad-attribute", what) for what in wrong_words(tag.name, named))
    index = named.get("tabindex", "0").strip()
    if index.removeprefix("+").isdecimal() and index.strip("+0"):
        yield "tabindex", f'tabindex="{index[:20]}" on {tag.name}'
    if "lang" in named and not is_language(named["lang"]):
        yield "bad-lang", f'lang="{named["lang"][:40]}" on {tag.name}'
    if named.get("dir", "ltr").lower() not in ("ltr", "rtl", "auto"):
        yield "wrong-dir", f'dir="{named["dir"][:20]}" on {tag.name}'
    if "id" in named and (not named["id"] or any(map(str.isspace, named["id"]))):
        yield "double-id", f'id="{named["id"][:60]}" on {tag.name}: an id has characters, and no blank'


def _candidates(tag: Tag) -> Broken:
    """Candidates of a srcset: each with a width or density, none as another has (HTML Standard, 4.8.4.2.1)."""
    srcset = tag.attributes.get("srcset", "")
    if " " not in srcset:
        return
    wrong = _OWN_WIDTH.search(srcset)
    if wrong:
        yield "bad-srcset", f"{srcset[wrong.start() : wrong.end() + 6].split(',')[0]} on {tag.name}"
        return
    yield from (("bad-srcset", f"{what} on {tag.name}") for what in chosen_wrongly(tag.attributes))
    sizes = [candidate.rpartition(" ")[2] for candidate in srcset.split(", ")]
    twice = [size for size, times in Counter(sizes).items() if times > 1]
    if twice:
        yield "bad-srcset", f"{twice[0][:20]} stands twice on {tag.name}"


def _picture(tag: Tag) -> Broken:
    named = tag.attributes
    source = named.get("src", "")[:100]
    alt = named.get("alt")
    if alt is None:
        yield "no-alt", source
    elif alt.strip().lower().endswith(_PICTURE_ENDINGS):
        yield "alt-file-name", f'alt="{alt[:80]}"'
    if not all(named.get(side, "").strip("0").isdigit() for side in ("width", "height")):
        yield "no-size", source
    yield from _loading(tag)
    yield from _candidates(tag)


def _loading(tag: Tag) -> Broken:
    named = tag.attributes
    for name, allowed in (("loading", ("lazy", "eager")), ("fetchpriority", ("high", "low", "auto"))):
        if name in named and named[name] not in allowed:
            yield "loading", f'{name}="{named[name][:20]}" on {tag.name}'
    if named.get("loading") == "lazy" and named.get("fetchpriority") == "high":
        yield "loading", f"a lazy picture of high priority: {named.get('src', '')[:100]}"


def _link(tag: Tag) -> Broken:
    named = tag.attributes
    if named.get("href", "#").strip().lower() in _NOWHERE:
        yield "dead-link", f'href="{named["href"].strip()}" on {tag.name}'
    rel = named.get("rel", "").lower().split()
    if named.get("target", "").lower() == "_blank" and not {"noopener", "noreferrer"}.intersection(rel):
        yield "blank-target", named.get("href", "")[:100]
    if "hreflang" in named and "lang" in named and named["lang"].lower() != named["hreflang"].lower():
        yield "language-link", f'lang="{named["lang"][:40]}" on a link to a page in {named["hreflang"][:40]}'
    if "hreflang" in named and not is_language(named["hreflang"]):
        yield "bad-hreflang", f'hreflang="{named["hreflang"][:40]}"'


def _relation(tag: Tag) -> Broken:
    named = tag.attributes
    if "preload" in named.get("rel", "") and named.get("as") == "font" and "crossorigin" not in named:
        yield "loading", f"a font that is loaded twice, for want of crossorigin: {named.get('href', '')[:100]}"


def _frame(tag: Tag) -> Broken:
    if not tag.label:
        yield "frame-title", tag.attributes.get("src", "")[:100]


def _shape(tag: Tag) -> Broken:
    yield from _link(tag)
    if tag.is_link and "alt" not in tag.attributes:
        yield "no-alt", tag.shown()


def _field(tag: Tag) -> Broken:
    if tag.attributes.get("type", "").lower() == "image" and not tag.attributes.get("alt", "").strip():
        yield "no-alt", tag.shown()
    tokens = tag.attributes.get("autocomplete", "").lower().split()
    for token in tokens:
        if token not in AUTOCOMPLETE and not token.startswith("section-"):
            yield "autocomplete", f'autocomplete="{token[:40]}" on {tag.attributes.get("name", tag.name)[:60]}'


def _meta(tag: Tag) -> Broken:
    if tag.attributes.get("http-equiv", "").strip().lower() == "refresh":
        yield "meta-refresh", tag.attributes.get("content", "")[:200]
    content = tag.attributes.get("content", "").lower().replace(" ", "")
    if tag.attributes.get("name", "").lower() == "viewport":
        limits = [part for part in content.split(",") if part.startswith("maximum-scale=")]
        scale = limits[0].partition("=")[2] if limits else "5"
        if "user-scalable=no" in content or "user-scalable=0" in content or _number(scale) < 5:
            yield "zoom-blocked", content[:100]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


_BY_NAME = {
    "img": _picture,
    "source": _candidates,
    "a": _link,
    "area": _shape,
    "iframe": _frame,
    "link": _relation,
    "input": _field,
    "select": _field,
    "textarea": _field,
    "form": _field,
    "meta": _meta,
}
