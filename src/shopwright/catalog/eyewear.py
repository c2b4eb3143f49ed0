"""Spectacle measures by the names that shops give them, English and German."""

import re
from collections.abc import Mapping
from typing import Any

_LABELS = {
    "lens_width_mm": "lens width|lens size|eye size|eyesize|glasbreite|scheibenbreite|glasweite",
    "bridge_mm": "bridge|bridge width|bridge size|nose bridge|dbl|steg|stegbreite|stegweite|nasensteg|brückenbreite",
    "temple_mm": "temple|temple length|temple size|arm length|temple arm length|bügel|bügellänge",
    "lens_height_mm": "lens height|lens depth|glashöhe|scheibenhöhe",
    "frame_width_mm": "frame width|total width|total frame width|gesamtbreite|fassungsbreite|rahmenbreite",
    "shape": "frame shape|shape|fassungsform|rahmenform|brillenform|form",
    "rim": "rim|rim type|frame type|frame rim|rahmenart|fassungsart|randart|randtyp",
    "material": "frame material|material|rahmenmaterial|fassungsmaterial",
    "weight_g": "frame weight|weight|gewicht|fassungsgewicht|rahmengewicht",
}
_FIELD_OF = {label.casefold(): field for field, labels in _LABELS.items() for label in labels.split("|")}
_COLORS = frozenset(
    ["frame color", "frame colour", "color", "colour", "farbe", "rahmenfarbe", "fassungsfarbe", "brillenfarbe"]
)
_SIZES = frozenset(
    name.casefold()
    for name in ("frame size", "size", "measurements", "frame measurements", "größe", "brillengröße", "maße")
)
_SIGNS = frozenset({"lens_width_mm", "bridge_mm", "temple_mm", "lens_height_mm", "frame_width_mm", "rim"})
_UNIT = re.compile(r"[ (\[]+(mm|millimeters?|millimetres?|millimeter|g|grams?|gramm)[)\]]*$")
_MEASURE = re.compile(r"([0-9]{1,4}(?:[.,][0-9]{1,3})?)\s*(mm|cm|g|millimeters?|millimetres?|grams?|gramm)?\.?")
_PACKED = re.compile(r"([2-9][0-9])\s*[-–x×□/ ]\s*([0-9]{2})\s*[-–x×/ ]\s*(1[0-9]{2})(?:\s*mm)?")


def label_of(name: str) -> str:
    """A name without unit, underscores and metafield address: ``lens_width_mm`` becomes ``lens width``."""
    label = name.split("(product.metafields.", maxsplit=1)[0].split("(variant.metafields.", maxsplit=1)[0]
    label = " ".join(re.sub(r"[_.:\-]+", " ", label.casefold().removeprefix("meta:")).split())
    return _UNIT.sub("", label).strip() or label


def is_color(name: str) -> bool:
    """Whether a column, attribute or option names the colour of the frame."""
    return label_of(name) in _COLORS


def read_frame(values: Mapping[str, str]) -> tuple[dict[str, Any] | None, set[str], set[str]]:
    """The frame among named values, the names used for it, and the names whose measure cannot be read.

    ``material``, ``shape`` or ``weight`` alone do not make a frame: a shirt has them too.
    """
    frame: dict[str, Any] = {}
    used: set[str] = set()
    unread: set[str] = set()
    for name, text in values.items():
        label = label_of(name)
        field = _FIELD_OF.get(label)
        packed = _PACKED.fullmatch(text) if label in _SIZES else None
        if packed:
            sizes = zip(("lens_width_mm", "bridge_mm", "temple_mm"), packed.groups(), strict=True)
            frame = {**{key: float(size) for key, size in sizes}, **frame}
            used.add(name)
        elif field:
            value = text[:300] if field in ("shape", "rim", "material") else _measure(text, field)
            if value is None:
                unread.add(name)
            elif field not in frame or name not in used:
                frame[field] = value
                used.add(name)
    if not frame.keys() & _SIGNS:
        return None, set(), set()
    return frame, used, unread


def _measure(text: str, field: str) -> float | None:
    found = _MEASURE.fullmatch(text.strip().casefold())
    if not found:
        return None
    value = float(found.group(1).replace(",", ".")) * (10 if found.group(2) == "cm" else 1)
    return value if 0 < value <= (1_000 if field == "weight_g" else 400) else None
