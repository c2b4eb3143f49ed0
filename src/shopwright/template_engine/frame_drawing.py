"""A spectacle frame drawn to scale from its measures, with dimension lines (boxing system, ISO 8624)."""

from collections.abc import Mapping

from markupsafe import Markup, escape

from shopwright.template_engine.arguments import a_mapping, a_text

Frame = Mapping[str, float | str | None]

LARGEST_MEASURE = 1_000.0
"""Millimetres; a frame that claims more is drawn without that measure."""

_MARGIN = 6.0
_ROUNDNESS = {
    "round": 0.5,
    "panto": 0.46,
    "oval": 0.5,
    "aviator": 0.4,
    "cat-eye": 0.34,
    "browline": 0.34,
    "geometric": 0.12,
    "square": 0.2,
    "rectangle": 0.18,
}
_DEFAULT_ROUNDNESS = 0.3
_HEIGHT_RATIO = 0.78
"""Lens height to width where the catalogue gives no height: drawn, but not labelled."""


def frame_drawing(frame: Frame) -> Markup:
    """The front of a frame in millimetres as an SVG; empty without lens width and bridge.

    ``frame`` holds ``lens_width``, ``bridge``, ``lens_height``, ``frame_width`` and ``temple`` (mm or none), ``shape``
    (a handle), ``label`` (what the drawing says, for readers who cannot see it) and ``unit`` (such as ``mm``).
    """
    frame = a_mapping(frame, "frame_drawing", "frame")
    lens, bridge = _number(frame, "lens_width"), _number(frame, "bridge")
    if not lens or not bridge:
        return Markup("")
    height = _number(frame, "lens_height") or lens * _HEIGHT_RATIO
    total = max(_number(frame, "frame_width") or 0, 2 * lens + bridge + 4)
    left, top = (total - 2 * lens - bridge) / 2 + _MARGIN, 14.0
    right = left + lens + bridge
    width, bottom = total + 2 * _MARGIN, top + height
    unit = _text(frame, "unit") or "mm"
    shape = _text(frame, "shape")
    parts = [
        _rim(left, top, lens, height, shape),
        _rim(right, top, lens, height, shape),
        _bridge_and_ends(left, right, top, lens, height, width),
        _dimension(left, left + lens, bottom + 6, f"{lens:g}"),
        _dimension(left + lens, right, bottom + 6, f"{bridge:g}"),
    ]
    if _number(frame, "frame_width"):
        parts.append(_dimension(_MARGIN, width - _MARGIN, 5, f"{frame['frame_width']:g} {unit}"))
    if _number(frame, "lens_height"):
        parts.append(
            _rise(right + lens + 4 if total - 2 * lens - bridge > 14 else right + lens / 2, top, bottom, height)
        )
    return Markup(
        f'<svg class="frame-drawing" viewBox="0 0 {width:.1f} {bottom + 15:.1f}" role="img" '
        f'aria-label="{escape(_text(frame, "label"))}">{"".join(parts)}</svg>'
    )


def _number(frame: Frame, key: str) -> float | None:
    value = frame.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= LARGEST_MEASURE:
        return float(value)
    return None


def _text(frame: Frame, key: str) -> str:
    value = frame.get(key)
    return "" if value is None else a_text(value, "frame_drawing", key)


def _rim(x: float, y: float, width: float, height: float, shape: str) -> str:
    round_x = width * _ROUNDNESS.get(shape, _DEFAULT_ROUNDNESS)
    round_y = height * _ROUNDNESS.get(shape, _DEFAULT_ROUNDNESS)
    return (
        f'<rect class="frame-glass frame-line" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'rx="{round_x:.1f}" ry="{round_y:.1f}"/>'
    )


def _bridge_and_ends(left: float, right: float, top: float, lens: float, height: float, width: float) -> str:
    bridge = right - left - lens
    end = f"{top + height * 0.2:.1f}"
    return (
        f'<path class="frame-line" d="M{left + lens:.1f} {top + height * 0.38:.1f}'
        f"q{bridge / 2:.1f} -{bridge * 0.35:.1f} {bridge:.1f} 0"
        f"M{left:.1f} {top + height * 0.25:.1f}L{_MARGIN:.1f} {end}"
        f'M{right + lens:.1f} {top + height * 0.25:.1f}L{width - _MARGIN:.1f} {end}"/>'
    )


def _dimension(start: float, end: float, y: float, text: str) -> str:
    tick = f"{y - 1.5:.1f}v3"
    return (
        f'<path class="frame-dimension" d="M{start:.1f} {tick}M{start:.1f} {y:.1f}H{end:.1f}M{end:.1f} {tick}"/>'
        f'<text class="frame-number" x="{(start + end) / 2:.1f}" y="{y + 5.5:.1f}" font-size="4.5" '
        f'text-anchor="middle">{escape(text)}</text>'
    )


def _rise(x: float, top: float, bottom: float, height: float) -> str:
    left, middle = f"{x - 1.5:.1f}", (top + bottom) / 2 + 1.5
    return (
        f'<path class="frame-dimension" d="M{left} {top:.1f}h3M{x:.1f} {top:.1f}V{bottom:.1f}M{left} {bottom:.1f}h3"/>'
        f'<text class="frame-number" x="{x + 2:.1f}" y="{middle:.1f}" font-size="4.5">{height:g}</text>'
    )
