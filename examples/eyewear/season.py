"""The season the shop sells: the frames of the range that stand in the store, and which pictures each of them has.

The range is larger than a demonstration needs, and every picture costs half a second of encoding. Chosen are the frames
with a place of their own (on the home page, on the home page's picture, in three widths, before a collection), those
whose stock, sale or date the browser tests shop with, and enough others that each collection has at least four frames,
each shape two, and each material one.
"""

from examples.eyewear.frames import FEATURED, SIZED, Design, designs

_SHOPPED = """
Alderby Anselm Ashcombe Barley Bellwether Birchall Brackley Bramble Brindle Calder Candlewick Catkin Chalkhill Clove
Cobble Copse Dunlin Elmet Esker Eyebright Foxglove Gannet Glade Harebell Heath Hush Kelp Lichen Madder Marl Ragwort
Sandpiper
"""
"""What the browser tests buy: on sale, sold out, on pre-order, in five colours, without reviews, and so on."""
_FILLING = """
Larkrise Primrose Rill Saltmarsh Skerry Speedwell Thistle Treecreeper Vetch
"""
"""Browline, panto, oval, aviator, trapezoid and square frames, and a second one of wood: without these the collections
of their shapes would be nearly empty."""

SEASON = FEATURED | SIZED | set(_SHOPPED.split()) | set(_FILLING.split())
"""Names of the frames in the store."""

_SEEN_ASIDE = FEATURED | SIZED | {"Brindle", "Clove"}
"""Frames with a three-quarter view: the best ones, and two more that stand before the collection of their kind."""


def season() -> list[Design]:
    """The frames in the store, in catalogue order; the numbers of those left out stay free."""
    return [design for design in designs() if design.name in SEASON]


def views(design: Design, color: str) -> tuple[str, ...]:
    """The pictures of a frame in a colour. Every colour has a front view; only the first one may have more."""
    if color != design.colors[0] or design.name not in _SEEN_ASIDE:
        return ("front",)
    return ("front", "three-quarter", "detail") if design.name in FEATURED else ("front", "three-quarter")


def shown(design: Design) -> list[tuple[str, str]]:
    """Colour and view of every picture of a frame, in the order of its gallery."""
    return [(color, view) for color in design.colors for view in views(design, color)]
