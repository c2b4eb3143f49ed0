"""Text as it stands in XML: sitemaps, merchant feeds, RSS."""

import re
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

Node = tuple[str, "str | Sequence[Node]"]
"""An element: its name, and its text or its children."""

_NEEDS = re.compile(r"[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text(value: str) -> str:
    """Character data: escaped, without the characters XML 1.0 has no place for."""
    return escape(_FORBIDDEN.sub("", value)) if _NEEDS.search(value) else value


def elements(nodes: Iterable[Node]) -> str:
    """Elements one after the other."""
    return "".join(
        f"<{name}>{text(content) if isinstance(content, str) else elements(content)}</{name}>"
        for name, content in nodes
    )


def cut(value: str, length: int) -> str:
    """Text of at most ``length`` characters, white space made single, cut between words where it has to be cut."""
    value = " ".join(value.split())
    if len(value) <= length:
        return value
    head = value[: length - 1]
    words, _, _ = head.rpartition(" ")
    return (words or head).rstrip(" ,;:.–-") + "…"
