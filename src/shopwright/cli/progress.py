"""How far a build is: bars in a terminal, a line per stage in a log, nothing when asked for JSON."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from shopwright.generation.pipeline import Progress as Told

_EVERY = 100
_STAGES = {
    "read": "reading the catalogue",
    "compare": "comparing with what is there",
    "write": "writing new versions",
    "pictures": "preparing pictures",
    "pages": "printing pages and data files",
    "rest": "completing pictures; the store is published",
}


@contextmanager
def show_progress(*, hidden: bool) -> Iterator[Told]:
    """Something to tell progress to."""
    console = Console(stderr=True)
    if hidden:
        yield _say_nothing
    elif console.is_terminal:
        yield from _bars(console)
    else:
        yield from _lines()


def _say_nothing(stage: str, done: int) -> None:
    """For ``--json``."""
    del stage, done


def _bars(console: Console) -> Iterator[Told]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TextColumn("{task.completed}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(stage: str, done: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(_STAGES[stage], total=None)
            if done % _EVERY == 0 or done < _EVERY:
                bars.update(tasks[stage], completed=done)

        yield tell


def _lines() -> Iterator[Told]:
    last: dict[str, int] = {}

    def tell(stage: str, done: int) -> None:
        if stage not in last:
            click.echo(f"{_STAGES[stage]} …", err=True)
        last[stage] = done

    yield tell
    for stage, done in last.items():
        click.echo(f"{_STAGES[stage]}: {done}", err=True)
