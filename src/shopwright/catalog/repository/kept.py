"""A store whose catalogue is kept in a tenant's database, and what everything that reads or writes it needs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from shopwright.catalog.documents import STORES, TYPE_OF, StoreDocument, StoreHandle
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.versions.growth import Room, anywhere
from shopwright.catalog.versions.revision import OPEN, Kind, Pruned, Revision
from shopwright.database.conditions import Range
from shopwright.database.document import Document, DocumentType
from shopwright.database.documents import Documents, Session
from shopwright.database.lease import PATIENCE
from shopwright.database.references.graph import ReferenceGraph
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import ChangeRefused, NotKept

T = TypeVar("T", bound=Document)

Tell = Callable[[Revision | Pruned, Session], Awaitable[None]]
"""Told of each change within the transaction that makes it: what it writes is there exactly if the change is."""


async def tell_nobody(done: Revision | Pruned, session: Session) -> None:
    """A store whose changes nobody else keeps."""
    del done, session


_HANDLE: TypeAdapter[str] = TypeAdapter(StoreHandle)


@dataclass(frozen=True, slots=True)
class Kept:
    """One store of a tenant: its database, its handle, and where the bytes of its pictures are.

    ``patience``: seconds a writer waits for others that write. ``graph``: what names its products, for a prune.
    ``room``: asked before a change begins that adds to the catalogue; raises what refuses it.
    ``tell``: told of changes.
    """

    database: TenantDatabase
    store: str
    pictures: PictureFiles
    patience: float = PATIENCE
    graph: ReferenceGraph = field(default=ReferenceGraph(()), repr=False)
    room: Room = field(default=anywhere, repr=False)
    tell: Tell = field(default=tell_nobody, repr=False)

    def __post_init__(self) -> None:
        """Refuse what no store can be called. Raises ``ChangeRefused``."""
        try:
            _HANDLE.validate_python(self.store)
        except ValidationError:
            remedy = "Use at most 150 small letters, digits and single hyphens between them."
            raise ChangeRefused("it is no handle of a store.", where=ascii(self.store[:80]), remedy=remedy) from None

    def documents(self, kind: DocumentType[T]) -> Documents[T]:
        """A collection of the tenant."""
        return self.database.documents(kind)

    def versions(self, kind: Kind) -> Documents[Any]:
        """The versions of one kind of thing, of every store of the tenant."""
        return self.documents(TYPE_OF[kind])

    async def document(self) -> StoreDocument:
        """The store with its pointer. Raises ``ChangeRefused`` if nothing was ever imported into it."""
        found = await self.documents(STORES).get(self.store)
        if found is None or not found.revision:
            raise NotKept("there is no such store.", where=self.store, remedy="Import a catalogue into it first.")
        return found

    async def at(self, revision: int | None = None) -> int:
        """The revision that is to be read: the given one, else the newest. Raises ``ChangeRefused``.

        A revision can be read if it was made and its versions were not pruned.
        """
        document = await self.document()
        if revision is None:
            return document.revision
        oldest = max(document.kept, 1)
        if not oldest <= revision <= document.revision:
            where = f"revision {revision} of {self.store}"
            remedy = f"There are the revisions {oldest} to {document.revision}."
            raise NotKept("it is not kept.", where=where, remedy=remedy)
        return revision

    def open_at(self, revision: int, **values: object) -> dict[str, object]:
        """Values of a query for the versions that were open at a revision."""
        return {"store": self.store, "since": Range(le=revision), "until": Range(gt=revision), **values}

    def any_version(self, **values: object) -> dict[str, object]:
        """Values of a query for versions whenever they were open, unless ``values`` say more."""
        return {"store": self.store, "since": Range(ge=0), "until": Range(le=OPEN), **values}

    def named(self, kind: Kind, key: str) -> str:
        """How an error names a thing."""
        return f"{kind.value} {key!r} of {self.store}"
