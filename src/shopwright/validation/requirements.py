"""The requirements, read from the table in ``docs/requirements.md``."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from shopwright.errors import CheckoutError

Batch = Literal["security", "performance", "testing"]
BATCHES: tuple[Batch, ...] = get_args(Batch)

_COLUMNS = ("id", "requirement", "bound", "batch", "first names", "module", "test", "check")
_ID = re.compile(r"[A-Z]\d{1,3}")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row of the table."""

    id: str
    text: str
    bound: str
    batches: tuple[Batch, ...]
    first_names: tuple[str, ...]
    """The names under which the part was first asked for."""

    module: str
    test: str
    check: str
    """Where the answer stands; "–" where nothing does yet."""


def read_requirements(file: Path) -> tuple[Requirement, ...]:
    """Every requirement in the order of the table. Raises ``CheckoutError`` that names the line."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CheckoutError(f"The table of requirements cannot be read: {error}.", where=str(file)) from error
    rows = [_row(line, f"{file.name}, line {number}") for number, line in enumerate(lines, 1) if _is_row(line)]
    ids = [row.id for row in rows]
    if not rows or len(set(ids)) != len(ids):
        raise CheckoutError("The table of requirements is empty or names an id twice.", where=str(file))
    return tuple(rows)


def _is_row(line: str) -> bool:
    return bool(re.match(r"\| *[A-Z]\d+ *\|", line))


def _row(line: str, where: str) -> Requirement:
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    if len(cells) != len(_COLUMNS) or not _ID.fullmatch(cells[0]):
        raise CheckoutError(f"A row has the columns {', '.join(_COLUMNS)}.", where=where)
    batches = tuple(batch for batch in BATCHES if batch in cells[3].split())
    if len(batches) != len(cells[3].split()):
        raise CheckoutError(f"{cells[3]!r} names no batch.", where=where, remedy=f"Use {', '.join(BATCHES)}.")
    return Requirement(
        id=cells[0],
        text=cells[1],
        bound=cells[2],
        batches=batches,
        first_names=tuple(re.findall(r"`([^`]+)`", cells[4])),
        module=cells[5],
        test=cells[6],
        check=cells[7],
    )
