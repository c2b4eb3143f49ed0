"""What of a product's frame matters to a face, read from its record in the line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shopwright.ml_integration.frame_names import frame_shape, is_rimless

END_PIECES = 12.0
"""Millimetres that a front is wider than its two lenses and its bridge, where its width is not told: hinges and rims.

Sellers' guides say 4 to 12, the frames of the example 12 to 14.
"""


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """One frame. ``styles`` are its words in guidance; measures in mm (ISO 8624), none where the catalogue has none.

    ``width`` is that of the whole front; ``width_estimated`` if it was worked out from lens and bridge.
    """

    handle: str
    styles: tuple[str, ...] = ()
    lens: float | None = None
    bridge: float | None = None
    temple: float | None = None
    width: float | None = None
    width_estimated: bool = False
    material: str = ""
    rim: str = ""
    brand: str = ""
    price: int | None = None
    in_stock: bool = True
    popularity: float = 0.0

    @property
    def measured(self) -> bool:
        """Whether any measure is known."""
        return any(value is not None for value in (self.lens, self.bridge, self.temple, self.width))

    @property
    def centres(self) -> float | None:
        """Millimetres between the centres of the lenses: lens and bridge."""
        return None if self.lens is None or self.bridge is None else self.lens + self.bridge


def frame_styles(frame: Mapping[str, Any]) -> tuple[str, ...]:
    """The words guidance has for a frame record: of its shape, and ``rimless``."""
    shape = frame_shape(frame.get("shape") or "")
    return ((shape,) if shape else ()) + (("rimless",) if is_rimless(frame.get("rim") or "") else ())


def frame_facts(
    record: Mapping[str, Any], *, price: int | None = None, in_stock: bool = True, popularity: float = 0.0
) -> FrameFacts | None:
    """The facts of a product record; none for a product that is no frame.

    ``price`` (minor units) and ``in_stock`` are those of the market, ``popularity`` is 0 or more: how often it is
    wanted, in any unit that is the same for all frames.
    """
    frame = record.get("frame")
    if not frame:
        return None
    lens, bridge, width = frame.get("lens_width_mm"), frame.get("bridge_mm"), frame.get("frame_width_mm")
    estimated = width is None and lens is not None and bridge is not None
    return FrameFacts(
        handle=record["handle"],
        styles=frame_styles(frame),
        lens=lens,
        bridge=bridge,
        temple=frame.get("temple_mm"),
        width=2 * lens + bridge + END_PIECES if estimated else width,
        width_estimated=estimated,
        material=(frame.get("material") or "").casefold(),
        rim=(frame.get("rim") or "").casefold(),
        brand=(record.get("brand") or "").casefold(),
        price=price,
        in_stock=in_stock,
        popularity=popularity,
    )
