"""What keeps a preview from being built, with the lines it stands in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from shopwright.errors import ShopwrightError

LINES_AROUND = 4
PLACES_SHOWN = 20

_PLACE = re.compile(r"([\w./-]+\.\w+), line (\d+)")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines of a file around one of them: ``lines`` are (number, text), ``line`` is the number of the one meant."""

    file: str
    line: int
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as the page tells it."""

    what: str
    where: str
    remedy: str
    excerpts: tuple[Excerpt, ...]


def problem_of(error: ShopwrightError, folders: Sequence[Path]) -> Problem:
    """The problem of an error; ``folders`` are those of the theme and of the themes it extends, its own first."""
    places = dict.fromkeys(_PLACE.findall(f"{error.where}\n{error.what}"))
    found = (_excerpt(name, int(line), folders) for name, line in list(places)[:PLACES_SHOWN])
    return Problem(error.what.strip(), error.where, error.remedy, tuple(each for each in found if each))


def _excerpt(name: str, line: int, folders: Sequence[Path]) -> Excerpt | None:
    """The lines around a line; none where the file or the line cannot be found."""
    for path in _paths(name, folders):
        try:
            lines = path.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            continue
        if 1 <= line <= len(lines):
            first = max(1, line - LINES_AROUND)
            shown = enumerate(lines[first - 1 : line + LINES_AROUND], start=first)
            return Excerpt(name, line, tuple(shown))
    return None


def _paths(name: str, folders: Sequence[Path]) -> Iterator[Path]:
    """Where a file that an error names may stand: a template, or ``<theme>/css/…`` in that theme's folder."""
    theme, _, rest = name.partition("/")
    for folder in folders:
        if not folder.joinpath(name).resolve().is_relative_to(folder.resolve()):
            continue
        yield folder / "templates" / name
        yield folder / name
        if theme == folder.name:
            yield folder / rest
