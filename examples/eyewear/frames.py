"""The range: 128 invented frames with true-to-life measures, drawn from distributions by a seed per name.

The distributions were read from the facts of 149 frames and 1,638 sunglasses rows that shops publish (no row of them
stands here): shape shares, lens width by shape, the bridge that narrows as the lens widens, temple lengths.
"""

import datetime as dt
import math
from dataclasses import dataclass
from random import Random

from examples.eyewear.body import Body
from examples.eyewear.colors import choose_colors
from examples.eyewear.outlines import HEIGHT, OUTLINES

SHARES = {
    "round": 26, "cat-eye": 20, "square": 18, "panto": 14, "rectangle": 13, "aviator": 10, "trapezoid": 9,
    "geometric": 7, "browline": 6, "oval": 5,
}  # fmt: skip
"""Frames per shape: the shares of 149 frames (39 round, 28 cat-eye, 25 square, …), each shape at least five times."""

LENS_WIDTH = {
    "round": (49.6, 46, 52), "oval": (52.0, 50, 55), "panto": (48.8, 46, 51), "square": (52.7, 48, 56),
    "rectangle": (54.4, 52, 57), "trapezoid": (51.0, 49, 54), "cat-eye": (53.0, 49, 58), "aviator": (56.1, 53, 59),
    "browline": (51.7, 49, 53), "geometric": (51.8, 49, 54),
}  # fmt: skip
"""Mean, least and greatest lens width in mm by shape."""

BRIDGE_MEAN, BRIDGE_SLOPE, BRIDGE_REST = 19.1, -0.52, 1.7
"""Bridge in mm: mean, change per mm of lens width (correlation -0.66), spread left over. Lens width mean: 52.3."""

TEMPLES = {135: 4, 140: 52, 142: 9, 145: 58, 148: 14, 150: 12}
"""Temple lengths in mm and how many of 149 frames have them."""

MATERIALS = {
    "round": "acetate acetate acetate titanium titanium steel wood", "oval": "titanium steel acetate",
    "panto": "acetate acetate titanium steel", "square": "acetate acetate acetate tr90 tr90 titanium wood",
    "rectangle": "tr90 tr90 acetate titanium steel", "trapezoid": "acetate acetate acetate tr90 wood",
    "cat-eye": "acetate acetate acetate acetate tr90 steel", "aviator": "steel steel titanium",
    "browline": "acetate", "geometric": "steel titanium titanium acetate",
}  # fmt: skip
SUN_SHARE = {"aviator": 0.8, "trapezoid": 0.65, "cat-eye": 0.5, "square": 0.45, "browline": 0.2, "rectangle": 0.15}
WEIGHTS = {"acetate": 23.0, "titanium": 12.0, "steel": 16.5, "tr90": 17.0, "wood": 26.0}
"""Weight in g of a frame of middle size; of 149 frames nine tenths weigh 11 to 29 g."""
PRICES = {"acetate": (119, 179), "titanium": (179, 249), "steel": (89, 139), "tr90": (59, 99), "wood": (149, 209)}
"""Price in EUR from plain to elaborate."""
HINGES = {
    "acetate": ("Five-barrel hinge", "Spring hinge"), "titanium": ("Screwless hinge", "Spring hinge"),
    "steel": ("Three-barrel hinge", "Spring hinge"), "tr90": ("Spring hinge",), "wood": ("Spring hinge",),
}  # fmt: skip
BRANDS = {
    "acetate": "Lumen & Larch",
    "wood": "Lumen & Larch",
    "titanium": "Northquill",
    "steel": "Northquill",
    "tr90": "Tidefern",
}

_NAMES = """
Alderby Anselm Ashcombe Barley Bellwether Birchall Bittern Brackley Bramble Brindle Calder Candlewick Cardoon Carrow
Catkin Chalkhill Clove Cobble Copse Corrie Cowrie Crake Curlew Dapple Dewpond Drumlin Dunlin Eddy Elmet Esker Eyebright
Fallow Fennel Fieldfare Flax Foxglove Furrow Gannet Glade Gorse Greylag Hazelby Hollin Hornbeam Hush Inkcap Kelp
Kittiwake Knapweed Knoll Larkrise Lichen Linnet Lovage Madder Mallow Marl Medlar Merle Millrace Moraine Nettle Oakum
Osier Ouzel Oxbow Pebble Pipit Plover Primrose Quillwort Ragwort Rill Rowan Rushes Saltmarsh Sandpiper Sedge Shale
Shingle Siskin Skerry Skylark Sloe Sorrel Sparling Speedwell Spindle Stipple Stonechat Tansy Tarn Teasel Thicket Thistle
Thrift Thyme Tidemark Treecreeper Turnstone Tussock Umberley Vetch Wadden Wagtail Warbler Watermint Weir Whimbrel
Whinberry Wicker Willet Windrow Withy Woad Woodruff Wren Yarrow Yewdale Bracken Campion Cinder Dogrose Goldcrest
Harebell Heath Meadowsweet Sallow
"""
NAMES = tuple(_NAMES.split())
"""Ordinary words for plants, birds and landscape; none of them names a maker of eyewear."""

FEATURED = {"Alderby", "Curlew", "Fennel", "Inkcap", "Plover", "Sloe", "Tansy", "Yarrow"}
SIZED = {"Ashcombe", "Brackley", "Copse", "Dunlin", "Foxglove", "Hazelby", "Lichen", "Osier", "Rowan", "Shale", "Wren"}
"""Frames offered in three lens widths."""
BUILDS = {
    "square": ("half", "rimless"),
    "rectangle": ("half", "rimless"),
    "oval": ("rimless",),
    "panto": ("half",),
    "round": ("rimless",),
}


@dataclass(frozen=True)
class Design:
    """One frame of the range, with everything that is told and drawn of it."""

    number: int
    name: str
    sun: bool
    material: str
    body: Body
    colors: tuple[str, ...]
    tint: str
    price: int
    weight: int
    hinge: str
    created: dt.date | None
    sizes: tuple[int, ...]

    @property
    def handle(self) -> str:
        """The last part of the product's address."""
        return self.name.lower()

    @property
    def brand(self) -> str:
        """The house line, by material."""
        return BRANDS[self.material]

    @property
    def fit(self) -> str:
        """Narrow, medium or wide, by frame width in mm."""
        width = self.body.frame_width
        return "narrow" if width <= 129 else "wide" if width >= 140 else "medium"


def designs() -> list[Design]:
    """The whole range, in catalogue order."""
    shapes = [shape for shape, count in SHARES.items() for _ in range(count)]
    Random("shapes").shuffle(shapes)
    return [design(number, name, shape) for number, (name, shape) in enumerate(zip(NAMES, shapes, strict=True), 1)]


def design(number: int, name: str, shape: str) -> Design:
    """One frame; the same name always gives the same frame."""
    random = Random(name)
    material = random.choice(MATERIALS[shape].split())
    sun = random.random() < SUN_SHARE.get(shape, 0.33)
    body = _body(random, shape, material, sun)
    extra = 20 if sun else 0
    return Design(
        number=number,
        name=name,
        sun=sun,
        material=material,
        body=body,
        colors=choose_colors(random, material),
        tint=random.choice(("Grey", "Green", "Brown", "Brown gradient", "Grey gradient", "Blue gradient"))
        if sun
        else "",
        price=_price(random, material) + extra * 100,
        weight=_weight(random, material, body),
        hinge=random.choice(HINGES[material]),
        created=_created(random),
        sizes=(-2, 0, 2) if name in SIZED else (),
    )


def _body(random: Random, shape: str, material: str, sun: bool) -> Body:
    wire = material in ("titanium", "steel")
    build = _build(random, shape, wire, sun, material)
    mean, least, most = LENS_WIDTH[shape]
    lens = min(max(round(random.gauss(mean, (most - least) / 4)), least), most)
    bridge = min(max(round(random.gauss(BRIDGE_MEAN + BRIDGE_SLOPE * (lens - 52.3), BRIDGE_REST)), 15), 23)
    end = random.uniform(4.6, 5.6) if wire else random.uniform(5.4, 6.8)
    return Body(
        shape=shape,
        build=build,
        wire=wire,
        lens_width=lens,
        lens_height=round(lens * random.uniform(*HEIGHT[shape])),
        bridge=bridge,
        temple=random.choices(tuple(TEMPLES), tuple(TEMPLES.values()))[0],
        frame_width=round(2 * lens + bridge + 2 * end),
        rim=_rim(random, material, build),
        outline=random.randrange(len(OUTLINES[shape])),
        bridge_style=_bridge_style(random, shape, wire),
        curve=210.0 if sun else 300.0,
    )


def _build(random: Random, shape: str, wire: bool, sun: bool, material: str) -> str:
    if shape == "browline":
        return "browline"
    choices = BUILDS.get(shape, ()) if wire else ("half",) if shape == "square" and material == "acetate" else ()
    return random.choice(choices) if choices and not sun and random.random() < 0.55 else "full"


def _rim(random: Random, material: str, build: str) -> tuple[float, float, float, float]:
    if material in ("titanium", "steel"):
        width = random.choice((1.3, 1.5)) if material == "titanium" else random.choice((1.6, 1.9))
        return width, width, width, width
    bold = {"tr90": 0.8, "wood": 1.12}.get(material, random.choice((0.78, 0.9, 1.0, 1.2)))
    brow, side, cheek, nose = (round(part * bold, 2) for part in (4.7, 4.2, 3.2, 2.7))
    return (brow, side, 1.2, 1.2) if build != "full" else (brow, side, cheek, nose)


def _bridge_style(random: Random, shape: str, wire: bool) -> str:
    if wire:
        return "double" if shape == "aviator" or (shape in ("square", "round") and random.random() < 0.25) else "saddle"
    return "keyhole" if shape in ("round", "panto", "trapezoid") and random.random() < 0.65 else "saddle"


def _price(random: Random, material: str) -> int:
    """Cents; a price ends in .00 or .90."""
    least, most = PRICES[material]
    euros = random.randrange(least, most + 1, 10)
    return euros * 100 if random.random() < 0.7 else euros * 100 - 10


def _weight(random: Random, material: str, body: Body) -> int:
    """Grams: a rimless or half-rim frame is lighter, a large one heavier."""
    size = (body.lens_width * body.lens_height) / (52 * 42)
    part = {"rimless": 0.75, "half": 0.85}.get(body.build, 1.0)
    bold = 1.0 if body.wire else math.sqrt(body.rim[0] / 4.7)
    grams = WEIGHTS[material] * part * bold * (0.55 + 0.45 * size) * random.uniform(0.94, 1.06)
    return max(round(grams), 9)


def _created(random: Random) -> dt.date | None:
    """Half of the range has always been there; the rest came since spring 2025, more of it in autumn 2026."""
    if random.random() < 0.5:
        return None
    if random.random() < 0.3:
        return dt.date(2026, 9, 1) + dt.timedelta(days=random.randrange(75))
    return dt.date(2025, 3, 1) + dt.timedelta(days=random.randrange(549))
