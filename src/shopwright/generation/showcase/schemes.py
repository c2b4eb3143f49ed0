"""One colour scheme for good: pages and styles that are light, or dark, whatever the viewer's system prefers.

A frame cannot tell the page inside which scheme to be in: browsers differ in whether ``prefers-color-scheme`` follows
the ``color-scheme`` of the frame. So the showcase publishes each page twice, with the question answered in its styles.
"""

import re

SCHEMES = ("light", "dark")

_ASKED = re.compile(r"\(\s*prefers-color-scheme\s*(?::\s*(light|dark|no-preference)\s*)?\)", re.IGNORECASE)
_YES, _NO = "(min-width:0px)", "(min-width:99999px)"
_PROPERTY = re.compile(r"(?<![\w-])color-scheme\s*:([^;}]*)", re.IGNORECASE)
_META = re.compile(r'(<meta\s+name="color-scheme"\s+content=")([^"]*)(")', re.IGNORECASE)
_MEDIA = re.compile(r'(\smedia=")([^"]*)(")')


def resolve_styles(css: str, scheme: str) -> str:
    """A style sheet as it is in one scheme: each question for the scheme is a width that every or no window has."""
    return _PROPERTY.sub(lambda found: f"color-scheme:{_offered(found[1], scheme)}", _answered(css, scheme))


def resolve_page(html: str, scheme: str) -> str:
    """A page in one scheme: its ``color-scheme`` meta element and its ``media`` attributes."""
    html = _META.sub(lambda found: found[1] + _offered(found[2], scheme) + found[3], html)
    return _MEDIA.sub(lambda found: found[1] + _answered(found[2], scheme) + found[3], html)


def _answered(text: str, scheme: str) -> str:
    """``(prefers-color-scheme)`` alone asks whether there is a preference at all."""
    return _ASKED.sub(lambda found: _YES if (found[1] or scheme).lower() == scheme else _NO, text)


def _offered(value: str, scheme: str) -> str:
    """Of several schemes offered, the one; what offers only one scheme keeps it."""
    words = value.lower().split()
    return scheme if {"light", "dark"} <= set(words) else value
