"""Imports of catalogues: one streamed request, answered with the report of every row; or only looked at."""

import asyncio
import tempfile
from pathlib import Path
from typing import Annotated, Any

import orjson
from fastapi import Depends, Query, Request
from pydantic import Field

from shopwright.access.actions import Action
from shopwright.api.authoring import author_of
from shopwright.api.bounds import Bounds, bounded, media_type
from shopwright.api.entering import Enter
from shopwright.api.revision import ShownRevision, shown
from shopwright.api.route import router
from shopwright.api.routes.products import Store
from shopwright.api.uploads import CSV, LINES, MOST_UPLOAD, NAMES, ZIP, unpack_store, write_upload
from shopwright.api.wire import Wire, example
from shopwright.bootstrap.catalog import Manner
from shopwright.bootstrap.inside import Inside
from shopwright.catalog.faults import Report, Severity
from shopwright.catalog.source import CatalogSource, open_source
from shopwright.catalog.versions.reading import SETTINGS
from shopwright.catalog.versions.revision import Kind
from shopwright.errors import NotKept

routes = router("catalogue")
MOST_FAULTS = 1_000
"""Of a report that are told one by one."""

_BODY = {
    "requestBody": {
        "required": True,
        "description": "A catalogue file, or the ZIP of a store folder with store.yaml, products.jsonl and pictures.",
        "content": {name: {"schema": {"type": "string", "format": "binary"}} for name in NAMES},
    }
}

Changes = Annotated[Inside, Depends(Enter(Action.CATALOG_CHANGE), scope="function")]


class RowFault(Wire):
    """One thing wrong with the source; ``row`` is the number a spreadsheet shows, null for the file as a whole."""

    row: int | None
    column: str | None
    code: str
    severity: Severity
    message: str


class RowReport(Wire):
    """What became of every row: rows = rows_used + rows_merged + rows_refused. ``faults`` are the first thousand."""

    dialect: str
    rows: int
    rows_used: int
    rows_merged: int
    rows_refused: int
    products: int
    variants: int
    pictures: int
    faults: list[RowFault]
    faults_not_told: Annotated[int, Field(ge=0)]


class Imported(Wire):
    """What an import came to. ``revision`` is null for a dry run, and where nothing differs."""

    model_config = Wire.model_config | example(
        dry_run=True,
        revision=None,
        report={
            "dialect": "shopify",
            "rows": 3,
            "rows_used": 2,
            "rows_merged": 0,
            "rows_refused": 1,
            "products": 1,
            "variants": 1,
            "pictures": 1,
            "faults": [
                {
                    "row": 4,
                    "column": "Variant Price",
                    "code": "price-invalid",
                    "severity": "error",
                    "message": "This is no price.",
                }
            ],
            "faults_not_told": 0,
        },
    )

    dry_run: bool
    revision: ShownRevision | None
    report: RowReport


@routes.post("/tenants/{tenant}/stores/{store}/imports", status_code=201, openapi_extra=_BODY)
@bounded(Bounds(body=MOST_UPLOAD, seconds=1_800.0, takes=(CSV, LINES, ZIP)))
async def import_catalogue(
    request: Request,
    store: Store,
    inside: Changes,
    dry_run: Annotated[bool, Query(description="Only read the source and report.")] = False,
    partial: Annotated[bool, Query(description="What the source does not name stays.")] = False,
    name: Annotated[str, Query(max_length=300, description="Name of a new store.")] = "",
    currency: Annotated[str, Query(pattern="^([A-Z]{3})?$", description="Currency of a new store.")] = "",
) -> Imported:
    """Bring a catalogue in as one revision: all of it or nothing. What a store file says of a kept store stays."""
    with tempfile.TemporaryDirectory(prefix="shopwright-") as folder:
        source = await _source(request, Path(folder), await _settings(inside, store, name, currency))
        report = Report()
        if dry_run:
            await asyncio.to_thread(_read, source, report)
            return Imported(dry_run=True, revision=None, report=_told(report))
        whole = source.path if source.path.is_dir() else None
        manner = Manner(partial=partial, folder=whole)
        revision = await inside.catalog(store).bring_in(source, author_of(inside), report, bringing=manner)
        return Imported(dry_run=False, revision=shown(revision) if revision else None, report=_told(report))


async def _settings(inside: Inside, store: str, name: str, currency: str) -> dict[str, Any]:
    """What a catalogue file alone does not say of its store: as it is kept, else as the request says."""
    given = {"name": name or store, **({"currency": currency} if currency else {})}
    try:
        kept: dict[str, Any] = orjson.loads(await inside.catalog(store).line(Kind.SETTINGS, SETTINGS))
    except NotKept:
        return given
    return kept | ({"name": name} if name else {}) | ({"currency": currency} if currency else {})


async def _source(request: Request, folder: Path, settings: dict[str, Any]) -> CatalogSource:
    uploaded = await write_upload(request, folder)
    if media_type(request) == ZIP:
        unpacked = folder / "store"
        unpacked.mkdir()
        return open_source(await asyncio.to_thread(unpack_store, uploaded, unpacked), workspace=folder)
    described = folder / "store.yaml"
    described.write_bytes(orjson.dumps(settings))
    return await asyncio.to_thread(open_source, uploaded, store_file=described, workspace=folder)


def _read(source: CatalogSource, report: Report) -> None:
    for _ in source.read(report):
        pass


def _told(report: Report) -> RowReport:
    told = report.as_json()
    faults = told.pop("faults")
    more = len(faults) - MOST_FAULTS + report.faults_not_kept
    return RowReport(**told, faults=faults[:MOST_FAULTS], faults_not_told=max(0, more))
