"""Attack texts: a small set of our own, and whole collections from the folder that SHOPWRIGHT_PAYLOADS names."""

import os
from collections.abc import Iterator
from pathlib import Path

OWN = Path(__file__).parent / "data"
FOLDER = "SHOPWRIGHT_PAYLOADS"
"""The environment variable. In its subfolders ``xss`` and ``ssti`` stand text files, one payload a line."""


def xss_payloads() -> list[str]:
    """Every payload once, our own first."""
    return list(dict.fromkeys(_lines(OWN / "xss", *_folder("xss"))))


def own_xss_payloads() -> list[str]:
    """Those that come with the tests."""
    return list(_lines(OWN / "xss"))


def ssti_payloads() -> list[str]:
    """Template injections, every payload once, our own first."""
    return list(dict.fromkeys(_lines(OWN / "ssti", *_folder("ssti"))))


def _folder(kind: str) -> list[Path]:
    folder = os.environ.get(FOLDER)
    return [Path(folder) / kind] if folder else []


def _lines(*folders: Path) -> Iterator[str]:
    for folder in folders:
        for file in sorted(folder.rglob("*.txt")):
            yield from filter(None, file.read_text("utf-8", errors="replace").split("\n"))
