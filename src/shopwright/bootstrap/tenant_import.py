"""An archive becomes a tenant: made as any other, within its quotas, and active only when everything is in.

The archive may have been made by anybody: it is unpacked under bounds and compared with its hashes, stores are imported
as any catalogue is, documents are checked as if they had been typed.
"""

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shopwright.access.email_address import folded_email
from shopwright.bootstrap.catalog import catalog_of, picture_folder
from shopwright.bootstrap.identity.passwords import Letter
from shopwright.bootstrap.tenant_contents import LINES, USERS_FILE, Lines
from shopwright.bootstrap.tenant_life import Order, TenantLife, utc_now
from shopwright.bootstrap.tenant_people import Invitations, owner, read_people
from shopwright.catalog.faults import Report
from shopwright.catalog.repository.importing import Bringing
from shopwright.catalog.source import open_source
from shopwright.catalog.versions.revision import Author
from shopwright.database.document import Document
from shopwright.database.documents import Session
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import TenantError
from shopwright.multi_tenant.archive.manifest import TENANT, Manifest, reaching
from shopwright.multi_tenant.archive.unpacking import look_at, unpack
from shopwright.multi_tenant.documents import TenantDocument
from shopwright.multi_tenant.repository.held import Work

MOST_LINE = 16 << 20
"""Bytes of one document: more than the server takes."""

_MOST_SAID = 100_000
"""Bytes of what the archive says of the tenant itself."""

_TOGETHER = 100
"""Documents of one transaction."""


class _Said(BaseModel):
    """What of ``tenant.json`` counts for the new tenant."""

    model_config = ConfigDict(extra="ignore")
    title: Annotated[str, Field(max_length=200)] = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made. ``left_out`` names stores without a product, which cannot be imported.

    ``letters`` are the invitations of those who were in the archive, and of the owner who was named.
    """

    tenant: TenantDocument
    stores: tuple[str, ...]
    left_out: tuple[str, ...]
    documents: int
    letters: tuple[Letter, ...] = field(repr=False)


class TenantImport:
    """The import of one ``archive`` as the tenant that ``order`` names; what that leaves open, the archive says."""

    def __init__(self, life: TenantLife, archive: Path, order: Order, owner: str = "") -> None:
        self._life = life
        self._archive = archive
        self._order = order
        self._owner = owner
        self._folder = picture_folder(life.state, order.handle) / "import"
        self._stores: list[str] = []
        self._left_out: list[str] = []
        self._documents = 0

    async def run(self) -> Imported:
        """Make the tenant, or go on with the same import of it. Raises ``TenantError`` for an archive that is damaged.

        Raises as ``TenantLife.create`` too, and what an import of a catalogue raises.
        """
        manifest, handle = await asyncio.to_thread(look_at, self._archive), self._order.handle
        async with (
            self._life.failures_told(handle, "tenant.import"),
            self._life.tenants.hold(handle, self._life.by) as held,
        ):
            await held.refuse_taken(manifest.sha256)
            try:
                said = await asyncio.to_thread(self._unpacked)
                new = await self._life.new_tenant(
                    replace(self._order, title=self._order.title or said.title), manifest.sha256
                )
                tenant = await held.create(new)
                await held.steps([*self._life.creation_steps(tenant), *self._steps(manifest)])
                letters = await self._invite()
                done = await held.finish("active")
            finally:
                await asyncio.to_thread(shutil.rmtree, self._folder, ignore_errors=True)
        return Imported(done, tuple(self._stores), tuple(self._left_out), self._documents, tuple(letters))

    async def _invite(self) -> list[Letter]:
        """The owner who was named is one, whatever they are in the archive."""
        people = await asyncio.to_thread(read_people, self._folder / USERS_FILE)
        named = {folded_email(self._owner)}
        others = [person for person in people if folded_email(person.email) not in named]
        return await Invitations(self._life).send(self._order.handle, [*owner(self._owner), *others])

    def _unpacked(self) -> _Said:
        shutil.rmtree(self._folder, ignore_errors=True)
        with reaching(self._folder):
            self._folder.mkdir(parents=True, mode=0o700)
        unpack(self._archive, self._folder)
        with reaching(self._folder):
            try:
                with (self._folder / TENANT).open("rb") as file:
                    return _Said.model_validate_json(file.read(_MOST_SAID))
            except ValidationError:
                raise TenantError(f"its {TENANT} cannot be read.", where=str(self._archive)) from None

    def _steps(self, manifest: Manifest) -> list[Work]:
        digest = {"file.hash.sha256": manifest.sha256}
        return [
            Work("stores", self._bring_in_stores),
            Work("documents", self._bring_in_documents),
            Work("record", lambda: self._life.record(self._order.handle, "tenant.import", digest)),
        ]

    async def _bring_in_stores(self) -> None:
        """A store that is there as the archive has it is not written again."""
        stores = self._folder / "stores"
        folders = sorted(path for path in stores.iterdir() if path.is_dir()) if stores.is_dir() else []
        async with self._life.platform.tenants.tenant(self._order.handle) as database:
            for folder in folders:
                if (folder / "products.jsonl").exists():
                    await self._bring_in(database, folder)
                    self._stores.append(folder.name)
                else:
                    self._left_out.append(folder.name)

    async def _bring_in(self, database: TenantDatabase, folder: Path) -> None:
        catalog = catalog_of(self._life.platform, database, self._life.state, folder.name)
        author = Author(self._life.by, utc_now())
        await catalog.bring_in(open_source(folder), author, Report(), bringing=Bringing(folder=folder))

    async def _bring_in_documents(self) -> None:
        async with self._life.platform.tenants.tenant(self._order.handle) as database:
            for lines in LINES:
                file = self._folder / lines.file
                if lines.returns and file.exists():
                    self._documents += await _put(database, lines, file)


async def _put(database: TenantDatabase, lines: Lines, file: Path) -> int:
    """Put every document of a file; how many. Done twice, it is as if done once."""
    documents, count = read_documents(lines, file), 0
    while batch := await asyncio.to_thread(lambda: list(islice(documents, _TOGETHER))):

        async def put(session: Session, batch: list[Document] = batch) -> None:
            for document in batch:
                await database.documents(lines.kind).put(document, session=session)

        await database.transaction(put)
        count += len(batch)
    return count


def read_documents(lines: Lines, file: Path) -> Iterator[Document]:
    """The documents in a file of lines, each checked by its model. Raises ``TenantError`` that names the line."""
    with reaching(file), file.open("rb") as stream:
        number = 0
        while line := stream.readline(MOST_LINE + 1):
            number += 1
            where = f"{lines.file}, line {number}"
            if len(line) > MOST_LINE:
                raise TenantError(f"it is longer than {MOST_LINE:,} bytes.", where=where)
            try:
                yield lines.kind.model.model_validate_json(line)
            except ValidationError as error:
                first = error.errors(include_input=False, include_url=False)[0]
                field = ".".join(map(str, first["loc"]))[:200]
                raise TenantError(f"{field}: {first['msg']}.", where=where) from None
