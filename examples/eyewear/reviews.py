"""Sample reviews: made up, marked as such, and not all of them friendly."""

import datetime as dt
from pathlib import Path
from random import Random
from typing import Any

import yaml
from examples.eyewear.frames import Design

PARTS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "language" / "reviews.yaml").read_text(encoding="utf-8")
)
KINDS = {5: "good", 4: "good", 3: "fair", 2: "poor", 1: "poor"}
FIRST_DAY = dt.date(2026, 1, 1)
DAYS = 304
"""Reviews are dated from 1 January to 31 October 2026."""


def reviews(design: Design) -> list[dict[str, Any]]:
    """None to nine reviews, newest first; no sentence stands twice under one frame."""
    random = Random(f"{design.name} reviews")
    count = random.choices(range(10), (14, 10, 14, 14, 13, 11, 9, 7, 5, 3))[0]
    used: set[str] = set()
    written = [_review(random, design, used) for _ in range(count)]
    return sorted(filter(None, written), key=lambda review: review["date"], reverse=True)


def _review(random: Random, design: Design, used: set[str]) -> dict[str, Any] | None:
    locale = random.choices(("en", "de", "ar"), (55, 30, 15))[0]
    rating = random.choices((5, 4, 3, 2, 1), (46, 28, 13, 8, 5))[0]
    parts = PARTS[locale][KINDS[rating]]
    choices = (PARTS[locale]["authors"], parts["titles"], parts["first"], parts["second"])
    picked = [_fresh(random, choice, used) for choice in choices]
    if not (picked[0] and picked[2]):
        return None
    author, title, first, second = picked
    body = f"{first} {second}" if random.random() < 0.7 else first
    return {
        "author": author,
        "rating": rating,
        **({"title": title} if title else {}),
        "body": body.strip().format(color=random.choice(design.colors).lower(), weight=design.weight,
                                    frame_width=design.body.frame_width),
        "date": (FIRST_DAY + dt.timedelta(days=random.randrange(DAYS))).isoformat(),
        "locale": locale,
        "sample": True,
    }  # fmt: skip


def _fresh(random: Random, choices: list[str], used: set[str]) -> str:
    """One that was not used yet under this frame, or nothing."""
    left = [choice for choice in choices if choice not in used]
    chosen = random.choice(left) if left else ""
    used.add(chosen)
    return chosen
