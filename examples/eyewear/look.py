"""What is to be drawn, and how lengths and points of the frame get into the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from examples.eyewear.body import Body
from examples.eyewear.finishes import Finish, Tint
from examples.eyewear.geometry import Camera, Point, Point3, mirrored
from examples.eyewear.svg import closed, number


@dataclass(frozen=True)
class Look:
    """A body, its finish, its lens tint, and the camera.

    ``close`` leaves out the far half of the front; ``riveted`` shows the heads of the hinge rivets.
    """

    body: Body
    finish: Finish
    tint: Tint
    camera: Camera
    close: bool = False
    riveted: bool = False

    def flat(self, points: Sequence[Point], depth: float = 0.0) -> list[Point]:
        """Points of the front, projected."""
        return self.seen(self.body.lift(points, depth))

    def seen(self, points: Sequence[Point3]) -> list[Point]:
        """Points in space, projected."""
        return [self.camera.project(point) for point in points]

    @property
    def sides(self) -> tuple[int, ...]:
        """Which lenses are in the picture: -1 is the far one."""
        return (1,) if self.close else (-1, 1)

    def sided(self, points: list[Point], side: int) -> list[Point]:
        """Points of the right half, or of the left; a closed curve stays clockwise."""
        return points if side > 0 else mirrored(points)[::-1]

    def shift(self, depth: float) -> Point:
        """How far the front's back face is from its front face in the picture, at the near lens."""
        (x, y), (u, v) = self.flat([(self.body.centre, 0.0)])[0], self.flat([(self.body.centre, 0.0)], depth)[0]
        return u - x, v - y

    def mm(self, millimetres: float) -> str:
        """A length in picture units, for stroke widths."""
        return number(millimetres * self.camera.scale)

    @cached_property
    def glass(self) -> str:
        """The lens outlines as path data."""
        return "".join(closed(self.flat(self.sided(self.body.lens, side))) for side in self.sides)

    @property
    def milled(self) -> bool:
        """Whether the front is one opaque plate, so that its outline, filled, can stand for the lenses."""
        return self.body.build == "full" and not self.body.wire and self.finish.opacity == 1

    @property
    def see(self) -> str:
        """The attribute that makes a see-through finish so."""
        return f' fill-opacity="{number(self.finish.opacity)}"' if self.finish.opacity < 1 else ""
