"""Lines over time as an SVG file."""

from collections.abc import Mapping, Sequence
from pathlib import Path

WIDTH, HEIGHT, LEFT, BOTTOM = 900, 320, 60, 40
COLORS = ("#1f6feb", "#d4581f", "#2a8a4a")

Points = Sequence[tuple[float, float]]


def draw(file: Path, title: str, lines: Mapping[str, Points]) -> None:
    """Write the lines, by name, with axes from zero to the largest value; seconds go to the right."""
    right = max((x for points in lines.values() for x, _ in points), default=1) or 1
    top = max((y for points in lines.values() for _, y in points), default=1) or 1
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"',
        ' font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/><text x="{LEFT}" y="20" font-size="15">{title}</text>',
    ]
    for step in range(5):
        y, value = _y(top * step / 4, top), top * step / 4
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - 20}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:,.0f}</text>')
        x = _x(right * step / 4, right)
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - 18}" text-anchor="middle">{right * step / 4:.0f} s</text>')
    for number, ((name, points), color) in enumerate(zip(lines.items(), COLORS, strict=False)):
        path = " ".join(f"{_x(x, right):.1f},{_y(y, top):.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="1.5"/>')
        parts.append(f'<text x="{LEFT + 10 + 220 * number}" y="{HEIGHT - 3}" fill="{color}">{name}</text>')
    file.write_text("\n".join([*parts, "</svg>\n"]))


def _x(value: float, most: float) -> float:
    return LEFT + value / most * (WIDTH - LEFT - 20)


def _y(value: float, most: float) -> float:
    return HEIGHT - BOTTOM - value / most * (HEIGHT - BOTTOM - 40)
