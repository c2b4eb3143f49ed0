"""What an attribute's value is for, which decides what may stand in it (HTML Standard, SVG 2)."""

from enum import Enum


class Use(Enum):
    """What a value is used for."""

    TEXT = "text"
    ADDRESS = "an address to go to or to show"
    FILE = "an address of something that is run or applied"
    NAME = "a name in the page"
    FIXED = "a word of HTML"


REFUSED = {"style": "style", "srcdoc": "frame", "http-equiv": "meta"}
"""Attributes that no template may have, and the rule that says so; those that begin with ``on`` are refused too."""

_ADDRESSES = frozenset("action background cite formaction href longdesc poster src xlink:href".split())  # noqa: SIM905 - words read better
_FILES = frozenset({("script", "src"), ("link", "href"), ("use", "href"), ("use", "xlink:href")})
_NAMES = frozenset("commandfor form id list name popovertarget slot usemap".split())  # noqa: SIM905
_TEXTS = frozenset(
    """abbr accept accesskey alt autocapitalize autocomplete class cols colspan content coords datetime dir dirname
    disabled download draggable enterkeyhint for headers height high hreflang inputmode itemprop label lang loading low
    max maxlength media method min minlength optimum pattern placeholder property role rows rowspan scope sizes
    size span spellcheck start step tabindex title translate value width
    cx cy d dx dy fill fill-opacity fill-rule font-size height offset opacity points r rx ry stop-color stop-opacity
    stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-opacity stroke-width text-anchor
    transform viewbox x x1 x2 y y1 y2""".split()  # noqa: SIM905
)


def refusing_rule(attribute: str) -> str | None:
    """The rule against an attribute, if there is one. ``attribute`` is in lower case."""
    return "event-handler" if attribute.startswith("on") else REFUSED.get(attribute)


def use_of(element: str, attribute: str) -> Use:
    """What the value of an attribute is for; both names are in lower case. What is not known here is FIXED."""
    if (element, attribute) in _FILES:
        return Use.FILE
    if attribute in _ADDRESSES:
        return Use.ADDRESS
    if element == "meta" and attribute == "name":
        return Use.FIXED
    if attribute in _NAMES:
        return Use.NAME
    known = attribute in _TEXTS or attribute.startswith(("aria-", "data-"))
    return Use.TEXT if known else Use.FIXED
