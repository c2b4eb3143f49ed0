"""``shopwright showcase``: every theme, template, component and state, with sample data, to look at."""

from pathlib import Path

import click

from shopwright.cli.counted import counted
from shopwright.generation.setup import LOCAL_URL
from shopwright.generation.showcase.build import Showcase, ShowcaseOrder, build_showcase
from shopwright.settings import current_settings

FAULTS_SHOWN = 12


@click.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder of the finished showcase.")
@click.option("--theme", "themes", multiple=True, help="A built-in theme or a theme folder; repeatable (default: all).")
@click.option("--site-url", default=LOCAL_URL, help=f"Address the showcase will have (default: {LOCAL_URL}).")
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Processes that prepare pictures (default: usable processors)."
)
def showcase(out: Path, themes: tuple[str, ...], site_url: str, workers: int | None) -> None:
    """Show every theme, template, component and state with sample data, as one set of pages.

    It shows them on a phone, a tablet and a desktop, light and dark, from left to right and from right to left, with
    the values each template takes, the sample data it was given, and its source.
    """
    settings = current_settings()
    order = ShowcaseOrder(out, settings.cache, workers or settings.workers, themes, site_url)
    made = build_showcase(order, lambda name: click.echo(f"Showing {name}.", err=True))
    _summarise(made, out)


def _summarise(made: Showcase, out: Path) -> None:
    faults = made.faults
    for fault in faults[:FAULTS_SHOWN]:
        click.echo(f"fault: {fault}", err=True)
    if len(faults) > FAULTS_SHOWN:
        click.echo(f"… and {len(faults) - FAULTS_SHOWN} more; they stand on the pages of their templates.", err=True)
    templates = sum(len(chapter.entries) for chapter in made.chapters)
    click.echo(
        f"{counted(len(made.chapters), 'theme')}, {counted(templates, 'template')}, "
        f"{counted(made.states, 'state')}, {counted(len(faults), 'fault')}: "
        f"{made.files} files, {made.bytes / 1e6:.1f} MB."
    )
    click.echo(f"The showcase is in {out}. To look at it: shopwright serve {out}")
