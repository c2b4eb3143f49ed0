"""Compact SVG text: whole picture units, relative commands, no needless separators."""

from collections.abc import Sequence
from itertools import pairwise

from examples.eyewear.geometry import Point, nodes


def closed(control: Sequence[Point]) -> str:
    """Path data of a closed B-spline. Its Bézier handles mirror each other at every node, so ``s`` is exact."""
    ring = [_whole(point) for point in nodes(control)]
    data = f"M{_joined(ring[0])}"
    for index in range(len(control)):
        here, after = control[index], control[(index + 1) % len(control)]
        start, end = ring[index], ring[(index + 1) % len(ring)]
        second = _whole(_part(here, after, 2 / 3))
        if index == 0:
            first = _whole(_part(here, after, 1 / 3))
            data += "c" + _joined((*_from(start, first), *_from(start, second), *_from(start, end)))
        else:
            data += ("s" if index == 1 else " ") + _joined((*_from(start, second), *_from(start, end)))
    return data.replace(" -", "-") + "z"


def opened(control: Sequence[Point]) -> str:
    """Path data of an open B-spline that starts and ends in its end points."""
    first, last = control[0], control[-1]
    padded = [first, first, *control, last, last]
    triples = zip(padded, padded[1:], padded[2:], strict=False)
    ring = [_whole(((a[0] + 4 * b[0] + c[0]) / 6, (a[1] + 4 * b[1] + c[1]) / 6)) for a, b, c in triples]
    data = f"M{_joined(ring[0])}"
    for index, (start, end) in enumerate(pairwise(ring)):
        here, after = padded[index + 1], padded[index + 2]
        handles = [_whole(_part(here, after, 1 / 3))] if index == 0 else []
        handles.append(_whole(_part(here, after, 2 / 3)))
        numbers = [number for point in (*handles, end) for number in _from(start, point)]
        data += ("c", "s")[index] + _joined(numbers) if index < 2 else " " + _joined(numbers)
    return data.replace(" -", "-")


def polygon(points: Sequence[Point]) -> str:
    """Path data of a closed polygon."""
    whole = [_whole(point) for point in points]
    steps = [_joined(_from(a, b)) for a, b in pairwise(whole)]
    return f"M{_joined(whole[0])}l{' '.join(steps)}z".replace(" -", "-")


def document(body: str, width: int = 1600, height: int = 1200) -> str:
    """A whole SVG file."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{body}</svg>\n'


def _part(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _whole(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _from(origin: tuple[int, int], point: tuple[int, int]) -> tuple[int, int]:
    return point[0] - origin[0], point[1] - origin[1]


def _joined(numbers: Sequence[int]) -> str:
    return " ".join(str(number) for number in numbers)


def number(value: float) -> str:
    """A number with at most two decimals and no leading zero: ``.5``."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text[1:] if text.startswith("0.") else text
