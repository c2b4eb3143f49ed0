"""A tenant's look and the files that belong to it: each change whole or not at all."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass

import orjson

from shopwright.database.documents import Session
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import StorageError
from shopwright.multi_tenant.customisation.documents import FILES, IN_FOLDER, LOOKS, SIZES, FileDocument, LookDocument
from shopwright.multi_tenant.customisation.files import Files, GivenFile
from shopwright.multi_tenant.customisation.look import Look, read_look

Edit = Callable[[Look], Look]
"""Makes another look of the one there is. It may be asked more than once."""

BRAND = "brand"
_LOOK = "look"


def theme_folder(name: str) -> str:
    """Where the files of an own theme are."""
    return f"theme/{name}"


@dataclass(frozen=True, slots=True)
class LookRepository:
    """The look of one tenant. Methods raise ``DatabaseError``."""

    database: TenantDatabase

    async def look(self) -> Look:
        """The look as it is now; an empty one where none was given."""
        return _read(await self.database.documents(LOOKS).get(_LOOK))

    async def change(self, edit: Edit, files: Files = ()) -> Look:
        """Give the tenant the look that ``edit`` makes of the one it has; of two at once, neither undoes the other.

        Of the brand's files those stay that the look names, ``files`` come. What ``edit`` raises leaves everything as
        it was.
        """

        async def work(session: Session) -> Look:
            looks = self.database.documents(LOOKS)
            before = await looks.get(_LOOK, session=session)
            changes = before.changes + 1 if before else 1
            look = edit(_read(before))
            await looks.put(LookDocument(id=_LOOK, changes=changes, look=look.model_dump_json()), session=session)
            kept = [file for file in await self._files(BRAND, session) if file.path in look.files]
            await self._replace(BRAND, (*kept, *files), session)
            return look

        return await self.database.transaction(work)

    async def put_theme(self, name: str, files: Files) -> None:
        """Keep the files of a theme of one's own in place of those before; none: forget it."""

        async def work(session: Session) -> None:
            await self._replace(theme_folder(name), files, session)

        await self.database.transaction(work)

    async def themes(self) -> dict[str, int]:
        """The names of own themes, and their bytes."""
        sizes: dict[str, int] = {}
        async for folder, size in self.database.documents(FILES).columns(SIZES, {}, ("folder", "bytes")):
            if folder != BRAND:
                name = folder.removeprefix("theme/")
                sizes[name] = sizes.get(name, 0) + size
        return sizes

    async def bytes(self) -> int:
        """Of all files of the brand and of own themes."""
        return await self.database.documents(FILES).sum(SIZES, {}, "bytes")

    async def brand_files(self) -> Files:
        """The files of the brand."""
        return await self._files(BRAND)

    async def theme_files(self, name: str) -> Files:
        """The files of an own theme; none if there is none of this name. Raises ``StorageError`` for damaged ones."""
        return await self._files(theme_folder(name))

    async def _files(self, folder: str, session: Session | None = None) -> Files:
        documents = self.database.documents(FILES)
        return tuple([_file(found) async for found in documents.stream(IN_FOLDER, {"folder": folder}, session=session)])

    async def _replace(self, folder: str, files: Files, session: Session) -> None:
        documents = self.database.documents(FILES)
        await documents.delete_all(IN_FOLDER, {"folder": folder}, session=session)
        unique = {file.path: file for file in files}.values()
        await documents.insert_all([_document(folder, file) for file in unique], session=session)


def _read(found: LookDocument | None) -> Look:
    return read_look(orjson.loads(found.look)) if found else Look()


def _document(folder: str, file: GivenFile) -> FileDocument:
    return FileDocument(
        id=f"{folder}/{file.path}",
        folder=folder,
        path=file.path,
        sha256=file.sha256,
        bytes=len(file.data),
        data=b64encode(file.data).decode(),
    )


def _file(document: FileDocument) -> GivenFile:
    file = GivenFile(document.path, b64decode(document.data))
    if file.sha256 != document.sha256:
        raise StorageError("the file of a tenant is damaged.", where=document.id, remedy="Give it again.")
    return file
