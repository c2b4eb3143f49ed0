"""What a browser makes of a page: its elements and attributes, without any text; and what its addresses would run."""

import re

from selectolax.lexbor import LexborHTMLParser

ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "cite",
    "data",
    "ping",
    "srcset",
    "xlink:href",
    "background",
}
_IGNORED_IN_URLS = re.compile(r"[\x00-\x20]+|[\t\n\r]")
_RUNS = re.compile(r"(?:javascript|vbscript|data)\s*:", re.IGNORECASE)

Structure = list[tuple[int, str, tuple[str, ...]]]


def structure(html: str) -> Structure:
    """Every element in document order: its depth, its name, the names of its attributes."""
    return [(depth, node.tag, tuple(node.attributes)) for depth, node in _elements(html)]


def code_addresses(html: str) -> list[str]:
    """Addresses that would run, as the URL Standard reads them: without white space and control characters."""
    values = (
        (name, value) for _, node in _elements(html) for name, value in node.attributes.items() if name in ADDRESSES
    )
    return [value for _, value in values if value and _RUNS.match(_IGNORED_IN_URLS.sub("", value))]


def _elements(html):
    """With what stands in ``template`` elements, which a parser keeps apart."""
    html = html.replace("<template", "<x-template").replace("</template", "</x-template")
    found, waiting = [], [(0, LexborHTMLParser(html).root)]
    while waiting:
        depth, node = waiting.pop()
        if node.is_element_node:
            found.append((depth, node))
        children = list(node.iter(include_text=False))
        waiting += [(depth + 1, child) for child in reversed(children)]
    return found
