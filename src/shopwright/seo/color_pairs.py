"""Which colours of a theme stand on which, and whether each pair can be told apart: checked on the style sheet itself.

A theme names its colours as custom properties of ``:root`` (``docs/how-to/change-colours.md``), each either one colour
or ``light-dark(<light>, <dark>)``. The built-in themes give all of them; one that a style sheet lacks, or that is no
plain colour, makes no pair.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from shopwright.seo.contrast import GRAPHIC, TEXT, contrast

SCHEMES = ("light", "dark")


class Pair(NamedTuple):
    """``front`` stands on ``ground`` (names of custom properties); their contrast must be ``least``."""

    front: str
    ground: str
    least: float
    use: str


class Faint(NamedTuple):
    """A pair that is too faint in a scheme: the colours as they were written and their contrast."""

    pair: Pair
    scheme: str
    front: str
    ground: str
    ratio: float

    def __str__(self) -> str:
        ratio, least = int(self.ratio * 100) / 100, self.pair.least
        return (
            f"{self.pair.front} {self.front} on {self.pair.ground} {self.ground} ({self.pair.use}, {self.scheme}): "
            f"{ratio:g}:1, at least {least:g}:1 is needed"
        )


PAIRS = (
    Pair("--ink", "--page", TEXT, "text"),
    Pair("--ink", "--raised", TEXT, "text of panels"),
    Pair("--page", "--ink", TEXT, "buttons under the pointer"),
    Pair("--muted", "--page", TEXT, "text of second rank"),
    Pair("--muted", "--raised", TEXT, "text of second rank in panels"),
    Pair("--accent", "--page", TEXT, "links, focus, marks"),
    Pair("--accent", "--raised", TEXT, "links and focus in panels"),
    Pair("--accent-contrast", "--accent", TEXT, "main buttons"),
    Pair("--sale", "--page", TEXT, "reduced prices"),
    Pair("--tile-ink", "--tile", TEXT, "text and focus on the ground of pictures"),
    Pair("--strip-ink", "--strip", TEXT, "text of menu and footer"),
    Pair("--field", "--page", GRAPHIC, "borders of fields, choices and swatches"),
    Pair("--field", "--raised", GRAPHIC, "borders of fields in panels"),
    Pair("--good", "--page", GRAPHIC, "mark of what is in stock"),
)
"""Every pair the built-in themes make. A theme of one's own that keeps the names is held to the same."""

_HEX = r"#(?:[0-9a-f]{6}|[0-9a-f]{3})"
_COLOR = re.compile(rf"({_HEX})|light-dark\(\s*({_HEX})\s*,\s*({_HEX})\s*\)", re.IGNORECASE)
_ASSIGNED = re.compile(r"(?:^|;)\s*(--[a-z][a-z0-9-]*)\s*:\s*([^;]*)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_UP_TO_BRACE = re.compile(r"([^{}]*)([{}])")
_BLANKS = re.compile(r"\s+")
_IN_DARK = "@media(prefers-color-scheme:dark)"


def color_tokens(css: str) -> dict[str, dict[str, str]]:
    """The colours that a style sheet gives to custom properties of ``:root``, as ``#rrggbb``, in each scheme.

    The last one counts, as in a browser. Dark ones may also stand in ``@media (prefers-color-scheme: dark)``. What
    stands in other conditions, names of colours and colour functions are left out.
    """
    tokens: dict[str, dict[str, str]] = {scheme: {} for scheme in SCHEMES}
    for around, declarations in _rules(css):
        if around == [":root"]:
            for name, light, dark in _colors(declarations):
                tokens["light"][name], tokens["dark"][name] = light, dark
        elif around == [_IN_DARK, ":root"]:
            tokens["dark"] |= {name: dark for name, _, dark in _colors(declarations)}
    return tokens


def _rules(css: str) -> Iterator[tuple[list[str], str]]:
    """(what stands around, declarations) of every block: selectors and conditions without blanks, the outer first."""
    around: list[str] = []
    for text, brace in _UP_TO_BRACE.findall(_COMMENT.sub("", css)):
        if brace == "{":
            around.append(_BLANKS.sub("", text.rpartition(";")[2]))
        elif around:
            yield around, text
            around.pop()


def _colors(declarations: str) -> Iterator[tuple[str, str, str]]:
    """(name, light, dark) of declarations whose value is a colour, or two."""
    for name, value in _ASSIGNED.findall(declarations):
        found = _COLOR.fullmatch(value.strip())
        if found:
            yield name, _long(found[1] or found[2]), _long(found[1] or found[3])


def _long(color: str) -> str:
    """``#1fc`` as ``#11ffcc``."""
    digits = color[1:].lower()
    return "#" + (digits if len(digits) > len("fff") else "".join(digit * 2 for digit in digits))


def faint_pairs(tokens: Mapping[str, Mapping[str, str]]) -> Iterator[Faint]:
    """The pairs of ``PAIRS`` that cannot be told apart well enough, scheme by scheme."""
    for scheme, colors in tokens.items():
        for pair in PAIRS:
            front, ground = colors.get(pair.front), colors.get(pair.ground)
            if front and ground and (ratio := contrast(front, ground)) < pair.least:
                yield Faint(pair, scheme, front, ground, ratio)
