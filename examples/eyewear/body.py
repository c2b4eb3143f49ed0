"""The parts of a frame in space: lenses, front, bridge, temples, nose pads, all from its measures."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from examples.eyewear.geometry import Point, Point3, fit, mirrored, offset
from examples.eyewear.outlines import BRIDGE, HINGE, OUTLINES

TILT = 0.1
"""How far the front leans (pantoscopic tilt, about 6 degrees): millimetres back per millimetre down."""
SLOPE = 0.045
"""How much lower the temples stand towards their ends, so that the frame rests on lens rims and temple tips."""


@dataclass(frozen=True)
class Body:
    """The measures (mm) and make of one frame, and its parts as control polygons.

    ``build`` is ``full``, ``half``, ``browline`` or ``rimless``; ``wire`` says the rim is metal; ``rim`` holds the rim
    thickness at brow, side, cheek and nose; ``bridge_style`` is ``saddle``, ``keyhole`` or, on wire, ``double``.
    """

    shape: str
    build: str
    wire: bool
    lens_width: float
    lens_height: float
    bridge: float
    temple: float
    frame_width: float
    rim: tuple[float, float, float, float]
    outline: int = 0
    bridge_style: str = "saddle"
    curve: float = 300.0

    @cached_property
    def lens(self) -> list[Point]:
        """The lens outline on the viewer's right, in the plane of the front."""
        centre = (self.bridge + self.lens_width) / 2
        return [(x + centre, y) for x, y in fit(OUTLINES[self.shape][self.outline], self.lens_width, self.lens_height)]

    @property
    def centre(self) -> float:
        """How far the lens centre is from the middle."""
        return (self.bridge + self.lens_width) / 2

    @property
    def hinge(self) -> float:
        """The height of the hinge."""
        return HINGE[self.shape] * self.lens_height / 2

    @property
    def ground(self) -> float:
        """The height of the table the frame stands on."""
        return self.lens_height / 2 + (0.8 if self.wire or self.build != "full" else self.rim[2])

    @cached_property
    def outer(self) -> list[Point]:
        """The outer edge of the rim."""
        brow, side, cheek, nose = self.rim

        def thickness(normal: Point) -> float:
            across = nose if normal[0] < 0 else side
            down = brow if normal[1] < 0 else cheek
            return across * normal[0] ** 2 + down * normal[1] ** 2

        return offset(self.lens, thickness)

    @property
    def bridge_top(self) -> float:
        """The height of the upper edge of the bridge."""
        return -BRIDGE[self.shape] * self.lens_height / 2

    @property
    def bridge_bottom(self) -> float:
        """The height of the lower edge of the bridge."""
        return self.bridge_top + (6.4 if self.wire else 7.2)

    def front(self) -> list[Point]:
        """The silhouette of an acetate front: rims, bridge and end pieces in one closed curve."""
        right = self._bridge_upper() + self._contour() + self._bridge_lower()
        return [(0.0, self.bridge_top), *right, (0.0, self._saddle()), *reversed(mirrored(right))]

    def _contour(self) -> list[Point]:
        """The outer edge from the bridge over brow, end piece and cheek back to the bridge."""
        top, bottom = self.bridge_top + 0.6, self.bridge_bottom + (3.0 if self.bridge_style == "keyhole" else 0.5)
        kept = [p for p in self.outer if not (p[0] < self.centre and top < p[1] < bottom)]
        start = next(i for i, p in enumerate(kept) if p[0] < self.centre and p[1] <= top and _is_first(kept, i, top))
        return self._with_end_piece(kept[start:] + kept[:start])

    def _with_end_piece(self, contour: list[Point]) -> list[Point]:
        height, edge, half = self.hinge, self.frame_width / 2, (3.4 if self.wire else 4.1)
        rim = max(p[0] for p in self.outer) - 1.0
        start = min(rim - 2.4, edge - 4)
        kept = [p for p in contour if not (p[0] > self.centre + 4 and abs(p[1] - height) < half + 1.2)]
        kept = [p for p in kept if not (p[0] > start - 1 and p[1] < height)]
        piece = [(start, height - half - 0.5), (edge - 1.2, height - half), (edge, height - half + 0.3),
                 (edge, height + half - 1.2), (edge - 1.0, height + half - 0.6),
                 (min(rim, edge - 2.2), height + half + 2.2)]  # fmt: skip
        place = next((i for i, p in enumerate(kept) if p[0] > self.centre + 4 and p[1] > height), len(kept))
        return kept[:place] + piece + kept[place:]

    def _bridge_upper(self) -> list[Point]:
        return [(self.bridge * 0.2, self.bridge_top - 0.1)]

    def _saddle(self) -> float:
        return self.bridge_bottom - (1.4 if self.bridge_style == "keyhole" else 0.0)

    def _bridge_lower(self) -> list[Point]:
        y = self.bridge_bottom
        nose = self.bridge / 2 - self.rim[3]
        if self.bridge_style == "keyhole":
            return [(nose - 0.4, y + 5.2), (nose - 2.2, y + 3.4), (2.5, y + 2.2), (2.7, y), (1.5, y - 1.3)]
        return [(nose - 0.5, y + 3.6), (nose - 2.0, y + 1.0), (nose * 0.4, y + 0.1)]

    def brow(self) -> list[Point]:
        """The closed piece over one lens of a half-rim or browline front; it tapers out beyond the hinge."""
        inner = _above(self.lens, self.lens_height * 0.24)
        return self._with_end_piece(_above(self.outer, 0.0)) + list(reversed(inner))

    def half_front(self) -> list[Point]:
        """The silhouette of an acetate half-rim front: both brows and the bridge."""
        contour = [p for p in _above(self.outer, 0.0) if p[0] > self.centre or p[1] < self.bridge_top + 0.6]
        inner = _above(self.lens, self.lens_height * 0.24)
        right = self._bridge_upper() + self._with_end_piece(contour) + list(reversed(inner)) + self._bridge_lower()[-1:]
        return [(0.0, self.bridge_top), *right, (0.0, self._saddle()), *reversed(mirrored(right))]

    def upper_rim(self) -> list[Point]:
        """The open upper part of a lens outline, from the nose to below the hinge."""
        return _above(self.lens, self.lens_height * 0.12)

    def wire_bridge(self) -> list[list[Point]]:
        """Open curves of a metal bridge, across the middle."""
        y, reach = self.bridge_top + 3.4, self._nose_at(self.bridge_top + 4.6)
        arch = [(reach, y + 1.6), (reach * 0.72, y - 0.4), (reach * 0.3, y - 1.8)]
        bars = [[*arch, *reversed(mirrored(arch))]]
        if self.bridge_style == "double":
            high = self.bridge_top - 3.6
            out = self._nose_at(high) + 1.0
            bar = [(out, high + 0.2), (out * 0.55, high - 0.5), (out * 0.2, high - 0.6)]
            bars.append([*bar, *reversed(mirrored(bar))])
        return bars

    def _nose_at(self, height: float) -> float:
        """How far from the middle the nose side of the lens is at a height."""
        near = sorted((p for p in self.lens if p[0] < self.centre), key=lambda p: abs(p[1] - height))[:2]
        return min(max(p[0] for p in near), min(p[0] for p in near) + 3) + 0.2

    def wire_end(self) -> list[Point]:
        """The open curve of a metal end piece: from the lens edge to the hinge."""
        edge = self.frame_width / 2
        near = min((p for p in self.lens if p[0] > self.centre), key=lambda p: abs(p[1] - self.hinge))
        return [(near[0] - 0.8, self.hinge + 1.2), ((near[0] + edge) / 2, self.hinge), (edge - 0.4, self.hinge)]

    def pad(self) -> tuple[list[Point3], list[Point3]]:
        """A nose pad and its arm, behind the front."""
        x, y = self.bridge / 2 - 1.0, self.bridge_bottom + 5.5
        turn = math.radians(20)
        ring = [(2.4 * math.cos(a), 4.9 * math.sin(a)) for a in (k * math.tau / 8 for k in range(8))]
        pad = [(x - 1.6 + u * math.cos(turn) + v * -math.sin(turn), y + u * math.sin(turn) + v * math.cos(turn),
                -6.0 + u * 0.9 - v * 0.15) for u, v in ring]  # fmt: skip
        arm = [(x + 2.0, y - 2.5, -1.0), (x + 2.2, y - 4.2, -4.0), (x - 0.4, y - 2.8, -6.5), (x - 1.2, y, -6.2)]
        return pad, arm

    def lift(self, points: Sequence[Point], depth: float = 0.0) -> list[Point3]:
        """Points of the front in space: the front is curved round the face and leans."""
        return [(x, y, -(x * x) / (2 * self.curve) - TILT * y - depth) for x, y in points]

    def side(self, share: float) -> Point3:
        """The middle of the temple at a share of its length, right side: straight, then bent behind the ear."""
        bend, length = 0.7, self.temple
        start = self.frame_width / 2 - 1.0
        straight = min(share, bend) * length
        beyond = max(share - bend, 0.0) * length
        angle = math.radians(46) * min(beyond / 14, 1.0)
        y = self.hinge + beyond * math.sin(angle) * 0.95
        z = -straight - beyond * math.cos(angle)
        x = start + 2.5 * math.sin(math.pi * min(share / bend, 1.0)) - 9.0 * max(share - 0.35, 0) ** 2 / 0.42
        return x, y - SLOPE * z, z + self.lift([(start, self.hinge)])[0][2] - 1.0

    def temple_face(self, heights: Sequence[tuple[float, float]], shift: float = 0.0) -> list[Point3]:
        """The closed outline of a temple side; ``heights`` are (share of length, height in mm), from hinge to tip."""
        upper: list[Point3] = []
        lower: list[Point3] = []
        for share, height in heights:
            x, y, z = self.side(share)
            before, after = self.side(max(share - 0.02, 0)), self.side(min(share + 0.02, 1))
            length = math.hypot(after[1] - before[1], after[2] - before[2])
            up, back = (before[2] - after[2]) / length, (after[1] - before[1]) / length
            upper.append((x - shift, y - up * height / 2, z - back * height / 2))
            lower.append((x - shift, y + up * height / 2, z + back * height / 2))
        return upper + list(reversed(lower))


def _above(ring: Sequence[Point], height: float) -> list[Point]:
    """The run of a clockwise ring above a height, from the nose to the temple."""
    start = next(i for i, p in enumerate(ring) if p[1] < height <= ring[i - 1][1])
    turned = [*ring[start:], *ring[:start]]
    return turned[: next(i for i, p in enumerate(turned) if p[1] >= height)]


def _is_first(contour: Sequence[Point], index: int, top: float) -> bool:
    return contour[index - 1][1] > top
