"""The line, in one function: source → catalogue → pictures → pages → audited → the site, replaced as a whole."""

import datetime as dt
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from shopwright.asset_pipeline.workshop import PictureWorkshop
from shopwright.catalog.faults import Report
from shopwright.catalog.source import open_source
from shopwright.errors import BuildError, StorageError
from shopwright.generation.audit import audit
from shopwright.generation.built import Built
from shopwright.generation.gather import ask_store_pictures, make_cards, prepare_pictures, spool_catalog
from shopwright.generation.plan import Plan
from shopwright.generation.printing import Printing, published
from shopwright.generation.publishing import theme_files
from shopwright.generation.setup import draw_site, editions_of
from shopwright.generation.spool import Spool
from shopwright.generation.trade_files import search_engine_files
from shopwright.storage.exchange import new_folder
from shopwright.template_engine.theme import load_theme


class Progress(Protocol):
    """Where a build tells how far it is: called with the stage's name once per piece of work done."""

    def __call__(self, stage: str, done: int) -> None:
        """``done`` pieces of ``stage`` are finished."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to build. ``date`` is the only clock; ``pictures`` is ``fetch``, ``link`` or ``skip``."""

    source: Path
    out: Path
    date: dt.datetime
    cache: Path
    workers: int
    store_file: Path | None = None
    picture_folders: tuple[Path, ...] = ()
    theme: str | None = None
    site_url: str | None = None
    pictures: str = "fetch"
    allow_private: bool = False


def build_store(order: Order, progress: Progress) -> Built:
    """Build a store. Raises a ShopwrightError, and leaves the previous site as it was, if it cannot be built whole."""
    started = time.perf_counter()
    report = Report()
    with new_folder(order.out) as new, _scratch() as scratch, closing(Spool(scratch)) as spool:
        source = open_source(
            order.source, store_file=order.store_file, picture_folders=order.picture_folders, workspace=scratch
        )
        theme_name = order.theme or source.store.theme
        theme = load_theme(theme_name)
        spool_catalog(source, spool, report, _ticking(progress, "read"))
        if not spool.products:
            raise BuildError(
                "no product of the catalogue can be shown.", where=str(order.source), remedy="Run shopwright check."
            )
        ask_store_pictures(source.store, spool)
        with _workshop(order, source.picture_folders) as workshop:
            prepare_pictures(spool, workshop, order.pictures, report, _ticking(progress, "pictures"))
        made = theme_files(theme, source.store, order.cache)
        site = draw_site(
            source.store, spool, made, theme=theme, theme_name=theme_name, url=order.site_url, date=order.date
        )
        editions = editions_of(site)
        overview = make_cards(spool, editions, report)
        printing = Printing(site, theme, new, order.workers)
        printing.add_files(published(made.files))
        printing.keep_maps(made.maps)
        printing.add_pictures(spool.picture_files())
        printing.print(Plan(spool, site, editions, overview), _ticking(progress, "pages"))
        printing.add_files(search_engine_files(printing.pages(), site))
        report.faults.extend(audit(printing.pages(), printing.addresses(), site))
        built = printing.finish()
    built.faults = report.faults
    built.seconds = time.perf_counter() - started
    return built


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder for what only the build needs, on the disk of temporary files."""
    try:
        with tempfile.TemporaryDirectory(prefix="shopwright-") as folder:
            yield Path(folder)
    except sqlite3.OperationalError as error:
        remedy = "Free some space, or let TMPDIR name a folder on a larger disk. The old site is untouched."
        place = tempfile.gettempdir()
        raise StorageError(f"temporary files cannot be written: {error}.", where=place, remedy=remedy) from error


def _workshop(order: Order, folders: tuple[Path, ...]) -> PictureWorkshop:
    return PictureWorkshop(
        order.cache,
        folders=folders,
        policy=order.pictures,
        workers=order.workers,
        allow_private=order.allow_private,
    )


def _ticking(progress: Progress, stage: str) -> Callable[[], None]:
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        progress(stage, done)

    return tick
