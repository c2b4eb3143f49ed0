"""The line, in one function: source → catalogue → pictures → pages → audited → the site, replaced as a whole."""

import datetime as dt
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from shopwright.asset_pipeline.recipe import FORMATS
from shopwright.asset_pipeline.tally import Tally
from shopwright.asset_pipeline.tenant_cache import LOCAL_TENANT, TenantCache
from shopwright.asset_pipeline.workshop import PictureOrder, PictureWorkshop
from shopwright.audit.record import RecordSink
from shopwright.catalog.assessment import Assessment, read_assessment
from shopwright.catalog.faults import Report
from shopwright.catalog.source import open_source
from shopwright.catalog.store import Store
from shopwright.errors import BuildError, StorageError
from shopwright.generation.audit import audit, warnings
from shopwright.generation.built import Built, theme_report
from shopwright.generation.completion import NOTHING, complete_pictures
from shopwright.generation.directory import Directory
from shopwright.generation.gather import ask_store_pictures, make_cards, prepare_pictures, spool_catalog
from shopwright.generation.headers import header_files
from shopwright.generation.ledger import NAME as LEDGER
from shopwright.generation.ledger import ledger_lines, read_ledger
from shopwright.generation.plan import Plan
from shopwright.generation.printing import Printing, published
from shopwright.generation.publishing import theme_files
from shopwright.generation.redirects import redirect, redirect_files
from shopwright.generation.setup import draw_site, editions_of, logo_bytes
from shopwright.generation.share_pictures import share_pictures
from shopwright.generation.site import Site
from shopwright.generation.spool import Spool
from shopwright.generation.store_faults import store_faults, store_folder
from shopwright.generation.theme_records import ThemeRecords
from shopwright.generation.trade.files import trade_files
from shopwright.generation.web_app import web_app_files
from shopwright.performance.line_metrics import stage
from shopwright.storage.exchange import NewFolder, new_folder
from shopwright.template_engine.inspection import refuse_unsafe
from shopwright.template_engine.theme import Theme, load_theme


class Progress(Protocol):
    """Where a build tells how far it is: called with the stage's name once per piece of work done."""

    def __call__(self, stage: str, done: int) -> None:
        """``done`` pieces of ``stage`` are finished."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to build. ``date`` is the only clock; ``pictures`` is ``fetch``, ``link`` or ``skip``.

    ``formats`` are those pictures are made into. ``rest_seconds`` is how long, once the site is published, the second
    tier of pictures may take (``generation/completion.py``); with ``retry_pictures``, pictures found unusable before
    are tried again. ``cache`` holds the folders of all tenants, of which the build uses that of its ``tenant``.
    ``record`` is told what is done with the theme.
    """

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
    formats: tuple[str, ...] = FORMATS
    rest_seconds: float = NOTHING
    retry_pictures: bool = False
    tenant: str = LOCAL_TENANT
    record: RecordSink | None = None

    @property
    def tenant_cache(self) -> TenantCache:
        """The cache of the tenant this build is for."""
        return TenantCache.of(self.cache, self.tenant)


def build_store(order: Order, progress: Progress) -> Built:
    """Build a store. Raises a ShopwrightError, and leaves the previous site as it was, if it cannot be built whole."""
    started = time.perf_counter()
    report = Report()
    with new_folder(order.out) as new, _scratch() as scratch, closing(Spool(scratch)) as spool:
        source = open_source(
            order.source, store_file=order.store_file, picture_folders=order.picture_folders, workspace=scratch
        )
        theme = load_theme(order.theme or source.store.theme)
        records = ThemeRecords(theme, order.tenant, order.record)
        _admit(theme, records)
        assessment = read_assessment(store_folder(order.source, order.store_file))
        report.faults.extend(store_faults(source.store, assessment))
        with stage("read"):
            spool_catalog(source, spool, report, _ticking(progress, "read"))
        if not spool.products:
            raise BuildError(
                "no product of the catalogue can be shown.", where=str(order.source), remedy="Run shopwright check."
            )
        ask_store_pictures(source.store, spool)
        with _workshop(order, source.picture_folders) as workshop:
            line = _Line(order, source.store, assessment, theme, records, spool, workshop, new, progress)
            built = line.run(report)
            rest = Report()
            if complete_pictures(spool, workshop, order.rest_seconds, rest, _ticking(progress, "rest")):
                built = built.followed_by(line.run(report))
            built.faults += rest.faults
    built.theme = theme_report(theme)
    built.seconds = time.perf_counter() - started
    built.count()
    return built


def _admit(theme: Theme, records: ThemeRecords) -> None:
    """Check a theme that does not come with Shopwright before any work is done with it. Raises ``TemplateRefused``."""
    if not theme.builtin:
        with records.checking():
            refuse_unsafe(theme)


@dataclass(frozen=True, slots=True)
class _Line:
    """From a spooled catalogue to its site. Run again, it rewrites the pages whose pictures have become more."""

    order: Order
    store: Store
    assessment: Assessment | None
    theme: Theme
    records: ThemeRecords
    spool: Spool
    workshop: PictureWorkshop
    new: NewFolder
    progress: Progress

    def run(self, read: Report) -> Built:
        """Make the site; the faults are those of ``read`` and what was found since."""
        order, spool, report, tally = self.order, self.spool, replace(read, faults=[*read.faults]), Tally()
        with stage("pictures"):
            self._prepare_pictures(report, tally)
        with stage("theme"):
            logo = logo_bytes(self.store, spool)
            made = theme_files(self.theme, self.store, order.tenant_cache.folder, logo)
        site = draw_site(
            self.store,
            spool,
            made,
            theme=self.theme,
            theme_name=order.theme or self.store.theme,
            url=order.site_url,
            date=order.date,
            assessment=self.assessment,
        )
        editions = editions_of(site)
        with stage("cards"):
            overview = make_cards(spool, editions, report)
        printing = Printing(site, self.theme, self.new, order.workers, self.records)
        printing.add_files(published(made.files))
        printing.keep_maps(made.maps)
        printing.add_pictures(spool.picture_files())
        plan = Plan(spool, site, editions, overview)
        with stage("pages"):
            printing.print(plan, _ticking(self.progress, "pages"))
        with stage("trade"):
            self._redirect(printing, Directory(spool, plan.things()), site, report)
            report.faults.extend(trade_files(printing, site, editions))
            printing.add_files(header_files(site))
            printing.add_files(web_app_files(site, editions, printing.digests()))
        with stage("audit"):
            verdict = audit(printing, site, self.store.waivers)
        report.faults.extend(warnings(verdict))
        self.records.activated()
        with stage("write"):
            built = printing.finish()
        built.faults, built.pictures, built.audit = report.faults, tally.as_json(), verdict.counted()
        return built

    def _prepare_pictures(self, report: Report, tally: Tally) -> None:
        progress = _ticking(self.progress, "pictures")
        prepare_pictures(self.spool, self.workshop, self.order.pictures, report, tally, progress)
        share_pictures(self.spool, self.workshop, self.store)
        self.workshop.rest()

    def _redirect(self, printing: Printing, today: Directory, site: Site, report: Report) -> None:
        """Say where former addresses lead, and keep the ledger for the next build."""
        redirected = redirect(read_ledger(self.new.target), today, printing.addresses(), site)
        report.faults.extend(redirected.faults)
        printing.add_files(redirect_files(redirected))
        printing.keep(LEDGER, ledger_lines(redirected.things(today)))


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
    wanted = PictureOrder(
        folders,
        order.workers,
        order.pictures,
        order.formats,
        allow_private=order.allow_private,
        retry=order.retry_pictures,
    )
    return PictureWorkshop(order.tenant_cache, wanted)


def _ticking(progress: Progress, stage: str) -> Callable[[], None]:
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        progress(stage, done)

    return tick
