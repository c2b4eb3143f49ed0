"""Rich text: merchant HTML, sanitised once, where the catalogue is read.

Only ``p br strong em ul ol li`` remain, without attributes (requirement T3). Everything else loses its tags and keeps
its text; scripts, styles and frames lose both.
"""

import re
from html import escape, unescape
from typing import Any

import nh3
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

ALLOWED_TAGS = frozenset({"p", "br", "strong", "em", "ul", "ol", "li"})
MAX_RICH_TEXT = 200_000
"""Longest rich text in characters, before it is sanitised."""

_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    attributes={},
    generic_attribute_prefixes=set(),
    clean_content_tags={"script", "style", "iframe", "object", "noscript", "template", "svg", "math", "title"},
    strip_comments=True,
)
_WORDS_ONLY = nh3.Cleaner(tags=set(), clean_content_tags={"script", "style", "iframe", "object", "noscript", "title"})
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_BLOCK = re.compile(
    r"</?(?:div|section|article|header|footer|h[1-6]|blockquote|figure|table|tbody|thead|tr|dl|dt|dd|pre|center)"
    r"(?:\s[^>]*)?/?>",
    re.IGNORECASE,
)
_BLOCK_END = re.compile(r"</(?:p|li)>|<br\s*/?>|</?(?:ul|ol)>", re.IGNORECASE)
_EMPTY_PARAGRAPH = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")
_RENAMED = {"<b>": "<strong>", "</b>": "</strong>", "<i>": "<em>", "</i>": "</em>"}


class RichText(str):
    """HTML that is safe to print as it is: it can only be made by ``sanitise``, which validation calls."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Sanitise whatever is validated as rich text."""
        return core_schema.no_info_after_validator_function(sanitise, core_schema.str_schema(max_length=MAX_RICH_TEXT))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe rich text in the published JSON Schema."""
        return {"type": "string", "maxLength": MAX_RICH_TEXT, "contentMediaType": "text/html"}


def sanitise(html: str) -> RichText:
    """Sanitise HTML (or plain text with ``<`` escaped) to the allow-list; sanitising its own result changes nothing."""
    if isinstance(html, RichText):
        return html
    for old, new in _RENAMED.items():
        html = html.replace(old, new)
    return RichText(_CLEANER.clean(html).strip())


def paragraphs(plain: str) -> RichText:
    """Rich text from plain text: blank lines part paragraphs, single line ends become ``<br>``."""
    blocks = [block for block in plain.split("\n\n") if block.strip()]
    lines = (escape(block.strip(), quote=False).replace("\n", "<br>") for block in blocks)
    return sanitise("".join(f"<p>{line}</p>" for line in lines))


def merchant_html(text: str) -> RichText:
    """Rich text from a catalogue cell that may hold HTML, loose text, or text with line ends.

    Headings, divisions and table rows become paragraphs, so that words which stood apart stay apart.
    """
    text = text[:MAX_RICH_TEXT]
    if not _TAG.search(text):
        blocks = (block.strip() for block in re.split(r"\n\s*\n", text))
        text = "".join(f"<p>{block}</p>" for block in blocks if block).replace("\n", "<br>")
    return sanitise(_EMPTY_PARAGRAPH.sub("", sanitise(_BLOCK.sub("<p>", text))))


def plain_text(html: str) -> str:
    """The words of an HTML fragment, block by block on lines of their own."""
    words = unescape(_WORDS_ONLY.clean(_BLOCK.sub("\n", _BLOCK_END.sub("\n", html))))
    return "\n".join(line for line in (" ".join(line.split()) for line in words.splitlines()) if line)
