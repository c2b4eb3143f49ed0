r"""Regular expressions of models (Rust syntax) as those of the server (PCRE).

The syntax is the same, but ``$`` also matches before a last line end in PCRE, so it becomes ``\z``; and what a letter,
a digit or a space is beyond ASCII depends on the Unicode version of each, so classes such as ``\w`` take in everything
beyond ASCII. The server's expression thus never refuses what the model's accepts. Where no such expression can be
written there is none, and the model checks alone.
"""

import re
from typing import Any

_PARTS = re.compile(r"\\[pP]\{\^?\w+\}|\\.|\[\^?\]?(?:\[:\^?[a-z]+:\]|\\.|[^\]\\])*\]|\$", re.DOTALL)
_BEYOND_ASCII = r"\x{80}-\x{10FFFF}"
_BY_UNICODE = re.compile(r"\\[wWdDsSpP]")
_UNTRANSLATED = re.compile(
    r"\\[bB]|\(\?\w*i"  # boundaries, and letters of either case: by Unicode's tables, not widened by a class
    r"|&&|--|~~|\[\^?[^\]]*\[(?!:)"  # classes computed from classes: only Rust has them
    r"|\[\^[^\]]*\\[WDSP]"  # a class without a class that lacks something
)


def server_pattern(pattern: str) -> str | None:
    """An expression for the server that matches whatever ``pattern`` does, and of ASCII texts no other."""
    if _UNTRANSLATED.search(pattern):
        return None
    return _PARTS.sub(lambda part: _translated(part.group()), pattern)


def name_pattern(names: dict[str, Any]) -> str:
    """The expression for keys that a schema of names (``propertyNames``) allows: length and pattern.

    Unlike for values, the server reads keys as bytes unless it is told that they are UTF-8.
    """
    shortest, longest = names.get("minLength", 0), names.get("maxLength", "")
    pattern = server_pattern(names.get("pattern", "")) or ""
    return rf"(*UTF)^(?=[\s\S]{{{shortest},{longest}}}\z)(?=[\s\S]*?(?:{pattern}))"


def _translated(part: str) -> str:
    if part == "$":
        return r"\z"
    if not _BY_UNICODE.search(part):
        return part
    if part.startswith("[^"):
        return part  # its classes take out ASCII only, so everything beyond is in it
    inside = part[1:-1] if part.startswith("[") else part
    return f"[{_BEYOND_ASCII}{inside}]"
