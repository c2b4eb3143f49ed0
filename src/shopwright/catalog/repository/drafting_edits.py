"""From a patched product or collection to the version that is to replace the present one."""

from dataclasses import dataclass, field
from typing import Any

import orjson

from shopwright.catalog.documents import VersionDocument
from shopwright.catalog.product import Collection, Product
from shopwright.catalog.repository.reading import CatalogReader
from shopwright.catalog.versions.edit import Json, checked, edited, refuse_other_currency
from shopwright.catalog.versions.facts import Facts, collection_facts, product_facts
from shopwright.catalog.versions.line import digest_of, line_of
from shopwright.catalog.versions.reading import SETTINGS
from shopwright.catalog.versions.revision import Kind
from shopwright.errors import ChangeRefused


@dataclass(slots=True)
class EditDrafting:
    """Edits on top of what a reader sees. All methods raise ``ChangeRefused`` that names what is wrong."""

    reader: CatalogReader
    _currency: str | None = field(default=None, repr=False)

    async def patched(self, kind: Kind, version: VersionDocument, patch: Json) -> VersionDocument:
        """The version with a merge patch applied to its content."""
        where, line = self.reader.kept.named(kind, version.handle), version.content.encode()
        if kind is Kind.PRODUCT:
            return await self._version(version, edited(Product, line, patch, where), where)
        return await self._version(version, edited(Collection, line, patch, where), where)

    async def replaced(self, kind: Kind, version: VersionDocument, whole: Json) -> VersionDocument:
        """The version with other content."""
        where = self.reader.kept.named(kind, version.handle)
        if kind is Kind.PRODUCT:
            return await self._version(version, checked(Product, whole, where), where)
        return await self._version(version, checked(Collection, whole, where), where)

    async def _version(self, version: VersionDocument, thing: Product | Collection, where: str) -> VersionDocument:
        facts = product_facts(thing) if isinstance(thing, Product) else collection_facts(thing)
        if isinstance(thing, Product):
            refuse_other_currency(thing, await self._store_currency(), where)
            await self._refuse_unknown(facts["collections"], version, where)
        facts["pictures"] = [source for source in facts["pictures"] if await self._is_kept(source, version)]
        return _with(version, line_of(thing), facts)

    async def _store_currency(self) -> str:
        if self._currency is None:
            settings = orjson.loads(await self.reader.line(Kind.SETTINGS, SETTINGS))
            self._currency = str(settings.get("currency", "USD"))
        return self._currency

    async def _refuse_unknown(self, collections: list[str], version: VersionDocument, where: str) -> None:
        for handle in set(collections) - set(getattr(version, "collections", ())):
            if await self.reader.version(Kind.COLLECTION, handle) is None:
                raise ChangeRefused(
                    f"there is no collection {handle!r}.", where=where, remedy="Import it first, with --partial."
                )

    async def _is_kept(self, picture: str, version: VersionDocument) -> bool:
        if picture in getattr(version, "pictures", ()):
            return True
        return await self.reader.version(Kind.PICTURE, picture) is not None


def _with(version: VersionDocument, line: bytes, facts: Facts) -> VersionDocument:
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
    digest = digest_of(line, facts["pictures"])
    whole = {**version.model_dump(), **fields, "content": line.decode(), "digest": digest}
    return type(version).model_validate(whole)
