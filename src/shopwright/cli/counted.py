"""Numbers with what they count, in what commands print."""


def counted(number: int, one: str, several: str = "") -> str:
    """``1 page``, ``0 pages``, ``1,200 pages``; ``several`` where it is not formed with an s."""
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
