"""Sample reviews."""

from typing import Any

from examples.eyewear.frames import Design


def reviews(design: Design) -> list[dict[str, Any]]:
    """None yet."""
    return []
