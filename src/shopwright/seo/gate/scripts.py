"""What script and style elements hold: data, structured data, rules, or code that has no place in a page."""

import hashlib
from base64 import b64encode
from collections.abc import Iterator

from shopwright.seo.gate.tag import Fact, Tag

_DATA = frozenset({"application/json", "text/plain", "text/template", "text/html", "importmap"})
_LATER = frozenset({"defer", "async"})
_MOST_HASHED = 1 << 20


def is_waited_for(tag: Tag) -> bool:
    """Whether a tag is a script that browsers load and run before they read on."""
    if tag.name != "script" or "src" not in tag.attributes or _LATER.intersection(tag.attributes):
        return False
    return tag.attributes.get("type", "") in ("", "text/javascript")


def script_facts(tag: Tag, text: str) -> Iterator[Fact]:
    """The facts of a script's or style's content: ``json-ld``, ``data`` (id, text), ``inline`` (hash, type)."""
    kind = tag.attributes.get("type", "").lower()
    if tag.name == "style":
        yield "inline", (source_hash(text), "style")
    elif kind == "application/ld+json":
        yield "json-ld", text
    elif kind == "application/json":
        yield "data", (tag.attributes.get("id", ""), text)
    elif "src" not in tag.attributes and kind not in _DATA:
        yield "inline", (source_hash(text), kind or "script")


def source_hash(text: str) -> str:
    """The hash source of CSP that allows an inline script, byte for byte."""
    return f"'sha256-{b64encode(hashlib.sha256(text[:_MOST_HASHED].encode()).digest()).decode()}'"
