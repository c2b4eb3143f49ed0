"""Which elements a template may write (HTML Standard, SVG 2). What is not listed is refused, never guessed."""

import re

RCDATA = frozenset({"title", "textarea"})
"""Their content is text: between their tags ``<`` begins nothing but the end."""

RAW = frozenset("frameset iframe listing noembed noframes plaintext style xmp math".split())  # noqa: SIM905 - words read better
"""After one of these the tokenizer reads on in another way: nothing behind it is known."""

REFUSED = {
    "applet": "embed",
    "base": "base",
    "embed": "embed",
    "fencedframe": "frame",
    "frame": "frame",
    "frameset": "frame",
    "iframe": "frame",
    "object": "embed",
    "portal": "frame",
    "style": "style",
}
"""Elements that are refused, and the rule that says what to do; all others that are not known break ``element``."""

SVG = frozenset(
    """circle clippath defs ellipse g line lineargradient mask path pattern polygon polyline radialgradient rect stop
    svg symbol text title tspan use""".split()  # noqa: SIM905
)
"""Inside ``svg``: shapes and text, nothing that runs, animates or leaves it."""

_HTML = frozenset(
    """a abbr address area article aside audio b bdi bdo blockquote body br button canvas caption center cite code col
    colgroup data datalist dd del details dfn dialog div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5
    h6 head header hgroup hr html i img input ins kbd label legend li link main map mark menu meta meter nav noscript ol
    optgroup option output p picture pre progress q rp rt ruby s samp script search section select slot small source
    span strong sub summary sup svg table tbody td template textarea tfoot th thead time title tr track u ul var video
    wbr""".split()  # noqa: SIM905
)
_CUSTOM = re.compile(r"[a-z][a-z0-9]*-[a-z0-9-]+")
_NOT_CUSTOM = frozenset({"annotation-xml", "color-profile", "missing-glyph"})


def is_known(element: str, in_svg: bool) -> bool:
    """Whether an element may stand there, by its name in lower case."""
    if in_svg:
        return element in SVG
    if element in _HTML:
        return True
    is_custom = _CUSTOM.fullmatch(element) is not None and not element.startswith("font-face")
    return is_custom and element not in _NOT_CUSTOM
