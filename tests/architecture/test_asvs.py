"""``docs/reference/asvs.md`` lists every requirement of levels 1 and 2, and what proves each is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/reference/asvs.md").read_text()
ROWS = re.findall(r"^\| ([\d., to]+) \| ([^|]+) \| ([a-z ]+) \| ([^|]+) \|$", TEXT, re.MULTILINE)
SHORT = {"access/": "unit/access/", "identity/": "unit/bootstrap/identity/"}

LEVELS_1_AND_2 = {
    1: {1: "1-2", 2: "1-9", 3: "1-11", 4: "1-3", 5: "1-2"},
    2: {1: "1-3", 2: "1-3", 3: "1-4", 4: "1"},
    3: {2: "1-2", 3: "1-4", 4: "1-6", 5: "1-5", 7: "1-2"},
    4: {1: "1-3", 2: "1", 3: "1-2", 4: "1-4"},
    5: {1: "1", 2: "1-3", 3: "1-2", 4: "1-3"},
    6: {1: "1-3", 2: "1-12", 3: "1-4", 4: "1-4", 5: "1-5", 6: "1-3", 8: "1-4"},
    7: {1: "1-3", 2: "1-4", 3: "1-2", 4: "1-5", 5: "1-2", 6: "1-2"},
    8: {1: "1-2", 2: "1-3", 3: "1", 4: "1"},
    9: {1: "1-3", 2: "1-4"},
    10: {1: "1-2", 2: "1-2", 3: "1-4", 4: "1-11", 5: "1-5", 6: "1-2", 7: "1-3"},
    11: {1: "1-2", 2: "1-3", 3: "1-3", 4: "1-4", 5: "1", 6: "1"},
    12: {1: "1-3", 2: "1-2", 3: "1-4"},
    13: {1: "1", 2: "1-5", 3: "1-2", 4: "1-5"},
    14: {1: "1-2", 2: "1-4", 3: "1-3"},
    15: {1: "1-3", 2: "1-3", 3: "1-7"},
    16: {1: "1", 2: "1-5", 3: "1-4", 4: "1-3", 5: "1-3"},
}
"""Chapter, section, first and last number: those of 5.0.0. WebRTC (17) is one row."""


def numbers(span):
    first, _, last = span.partition("-")
    return range(int(first), int(last or first) + 1)


def asked():
    return [
        f"{chapter}.{section}.{number}"
        for chapter, sections in LEVELS_1_AND_2.items()
        for section, span in sections.items()
        for number in numbers(span)
    ]


def listed(cell):
    """The numbers of a cell such as ``1.4.1 to 1.4.3, 1.5.1``."""
    for part in cell.strip().split(", "):
        first, _, last = part.partition(" to ")
        section, _, number = first.rpartition(".")
        yield from (f"{section}.{n}" for n in numbers(f"{number}-{(last or first).rpartition('.')[2]}"))


def test_every_requirement_is_listed_once():
    rows = [number for cell, *_ in ROWS if not cell.startswith("17") for number in listed(cell)]
    assert sorted(rows) == sorted(asked())


def test_each_is_kept_or_says_why_not():
    kinds = {kind.strip() for _, _, kind, _ in ROWS}
    assert kinds == {"yes", "part", "not yet", "operator", "does not apply"}


def test_what_proves_it_is_there():
    missing = []
    for cell, _, _, proof in ROWS:
        for path in re.findall(r"`([\w/.-]+(?:\.py|/[\w]+))`", proof):
            short = next((path.replace(old, new, 1) for old, new in SHORT.items() if path.startswith(old)), path)
            places = (ROOT / "tests" / short, ROOT / "src/shopwright" / path, ROOT / path)
            missing += [] if any(place.exists() for place in places) else [f"{cell}: {path}"]
    assert missing == []
